/** Whatever several devices send in whatever order: reading from 0 gives what reading step by step gave. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '#domain/change.ts';
import { addDigest, digestToHex, emptyDigest, rowDigest } from '#sync/digest.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, namedFeedback, north, office, ownDraft, roles, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

const phones = 3;
const step = fc.record({
  phone: fc.nat(phones - 1),
  act: fc.constantFrom('household', 'edit', 'phone', 'visit', 'feedback', 'name', 'triage', 'staff', 'assign', 'delete', 'sync', 'doubled'),
  pick: fc.nat(6),
});

interface World {
  readonly test: TestEndpoint;
  readonly devices: readonly TestPhone[];
  readonly households: string[];
  readonly feedback: string[];
  /** Feedback steps taken, by feedback. */
  readonly steps: Map<string, number>;
}

function changeFor(world: World, act: string, pick: number): Change | undefined {
  const { test: t, households, feedback } = world;
  const house = households[pick % (households.length || 1)];
  const said = feedback[pick % (feedback.length || 1)];
  const event = (over: object) => {
    if (said === undefined) return undefined;
    const at = world.steps.get(said) ?? 0;
    world.steps.set(said, at + 1);
    return change('feedback_event', north, t.newId(), { feedbackId: said, step: at, on: '2026-11-22', ...over });
  };
  switch (act) {
    case 'household':
      households.push(t.newId());
      return change('household', north, households.at(-1) ?? '', household(households.length));
    case 'edit':
      return house === undefined ? undefined : change('household', north, house, { houseLabel: `nhãn ${pick}` }, 1);
    case 'phone':
      return house === undefined ? undefined : change('household', north, house, { phone: `091111111${pick}` }, 1);
    case 'visit':
      return house === undefined ? undefined : change('visit', north, t.newId(), visit(house));
    case 'feedback':
      feedback.push(t.newId());
      return change('feedback', north, feedback.at(-1) ?? '', namedFeedback());
    case 'name':
      return said === undefined ? undefined : change('feedback', north, said, pick % 2 ? { citizenPhone: `092222222${pick}` } : { nameToResponder: true }, 1);
    case 'triage':
      return event({ type: 'triage' });
    case 'staff':
      return event({ type: 'triage', topic: 'staff_attitude' });
    case 'assign':
      return event({ type: 'assign', unitId: office, dueOn: '2026-12-04' });
    default:
      return undefined;
  }
}

test('replaying the pages from 0 equals pulling them one after another, digests too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const t = await createTestEndpoint();
      const devices = [await enrolPhone(t, roles.lead), await enrolPhone(t, roles.officer), await enrolPhone(t, roles.responder)];
      const world: World = { test: t, devices, households: [], feedback: [], steps: new Map() };
      for (const { phone, act, pick } of steps) {
        const device = devices[phone] as TestPhone;
        const house = world.households[0];
        const made = changeFor(world, act, pick);
        if (made !== undefined) await device.save([made]);
        else if (act === 'sync') await device.sync();
        else if (act === 'doubled') await device.request(undefined, device.pushBody());
        else if (act === 'delete' && house !== undefined) {
          await t.endpoint.applyOwnEntries(commune, [ownDraft(t, [{ recordId: house, kind: 'household', areaId: north, base: 1, delete: true }])]);
        }
      }
      for (const device of [...devices, ...devices]) await device.sync();
      for (const device of devices) {
        const step_by_step = structuredClone(device.channels);
        for (const [channelId, { rows, digest }] of step_by_step) {
          const sum = [...rows.values()].reduce((total, row) => addDigest(total, rowDigest(row.recordId, row.sequence)), emptyDigest);
          expect([channelId, digest]).toEqual([channelId, digestToHex(sum)]);
        }
        device.forget();
        await device.sync();
        expect(sorted(device)).toEqual(sorted({ channels: step_by_step }));
      }
      await t.db.destroy();
    }),
    { numRuns: 40 },
  );
}, 120_000);

function sorted({ channels }: Pick<TestPhone, 'channels'>) {
  return [...channels]
    .map(([id, { cursor, digest, rows }]) => [id, cursor, digest, [...rows.values()].toSorted((a, b) => a.sequence - b.sequence)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
