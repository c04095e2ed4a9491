import { expect, test } from 'vitest';
import { recordAbsents } from './record-absents.ts';
import { commandContext, idOf, recordOf } from './records.test-support.ts';

const households = [1, 2, 3, 4, 5].map((no) => recordOf('household', idOf(no), { no }));
const round = { date: '2026-11-21', purpose: 'tet', companions: ['women'] } as const;

test('nobody at five doors: five visits, each an entry of its own', () => {
  const made = recordAbsents(households, { ...round, companions: ['women'] }, commandContext());
  if (!made.ok) throw new Error(made.error.code);
  expect(made.value.entries.map(({ changes }) => changes)).toEqual(
    households.map(({ recordId }, index) => [
      expect.objectContaining({ recordId: made.value.visitIds[index], kind: 'visit', base: 0, set: { householdId: recordId, date: '2026-11-21', purpose: 'tet', met: 'absent', companions: ['women'] } }),
    ]),
  );
  expect(new Set(made.value.entries.map(({ entryId }) => entryId)).size).toBe(5);
});

test('a household that was chosen twice was visited once', () => {
  const made = recordAbsents([...households, households[0]!], { ...round, companions: undefined }, commandContext());
  expect(made.ok && made.value.entries).toHaveLength(5);
});
