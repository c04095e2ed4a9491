/** `npm run simulate -- --seeds 30 --from 1 [--trace]`: exits with 1 when an invariant is broken. */
import { parseArgs } from 'node:util';
import { runSeed } from './run-seed.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '30' }, from: { type: 'string', default: '1' }, trace: { type: 'boolean', default: false } },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) throw new Error('--seeds takes a count, --from a whole number');

const begun = performance.now();
let failed = 0;
let saved = 0;
for (let seed = from; seed < from + seeds; seed++) {
  const run = await runSeed(seed);
  saved += run.saved;
  if (values.trace) console.log(run.trace.join('\n'));
  if (run.broken.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed}:\n${run.broken.map((line) => `  ${line}`).join('\n')}`);
}
const perSeed = Math.round((performance.now() - begun) / seeds);
console.log(`${seeds} seeds from ${from}: ${saved} entries saved, ${failed} seeds with broken invariants, ${perSeed} ms a seed`);
process.exitCode = failed > 0 ? 1 : 0;
