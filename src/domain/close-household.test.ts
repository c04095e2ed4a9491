import { expect, it } from 'vitest';
import { closeHousehold, reopenHousehold } from './close-household.ts';
import { isStanding } from './household.ts';
import { commandContext, householdId, otherHamlet, recordOf } from './records.test-support.ts';

const household = recordOf('household', householdId);
const setOf = (made: ReturnType<typeof reopenHousehold>) => {
  const change = made.ok ? made.value?.changes[0] : undefined;
  return change !== undefined && 'set' in change ? change.set : made;
};

it('a household is closed with a reason and a day, and stands in no list any more', () => {
  const set = setOf(closeHousehold(household, { reason: 'nobody_left', on: '2026-11-20' }, commandContext()));
  expect(set).toEqual({ closedOn: '2026-11-20', closedReason: 'nobody_left' });
  expect(isStanding({ ...household.fields, ...(set as object) })).toBe(false);
});

it('closed so already, nothing is to be saved; for another reason, where it had gone is known no longer', () => {
  const closed = recordOf('household', householdId, { closedOn: '2026-11-20', closedReason: 'moved_hamlet', closedTo: otherHamlet });
  expect(setOf(closeHousehold(closed, { reason: 'moved_away', on: '2026-11-20' }, commandContext()))).toEqual({ closedReason: 'moved_away', closedTo: null });
  const away = recordOf('household', householdId, { closedOn: '2026-11-20', closedReason: 'moved_away' });
  expect(closeHousehold(away, { reason: 'moved_away', on: '2026-11-20' }, commandContext())).toEqual({ ok: true, value: undefined });
});

it('is opened again with all of it taken out', () => {
  const closed = recordOf('household', householdId, { closedOn: '2026-11-20', closedReason: 'moved_hamlet', closedTo: otherHamlet });
  expect(setOf(reopenHousehold(closed, commandContext()))).toEqual({ closedOn: null, closedReason: null, closedTo: null });
  expect(reopenHousehold(household, commandContext())).toEqual({ ok: true, value: undefined });
});
