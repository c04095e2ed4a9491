/** Loaded before an endpoint or one of its commands (`--import`): its clock shows the instant `CLOCK_STARTS_AT` when it starts, and goes on from there. */
const by = Date.parse(process.env['CLOCK_STARTS_AT'] ?? '') - Date.now();
const Real = Date;
globalThis.Date = new Proxy(Real, {
  construct: (target, given: unknown[]) => (given.length === 0 ? new target(Real.now() + by) : Reflect.construct(target, given)),
  get: (target, key) => (key === 'now' ? () => target.now() + by : Reflect.get(target, key)),
});
