import { describe, expect, it } from 'vitest';
import type { FieldStore } from '#client/store/field-store.ts';
import { consentWording } from '#domain/consent.ts';
import { commandContext, hamlet, householdId, idOf, memberWith, otherHamlet, recordOf, recordsOf } from '#domain/records.test-support.ts';
import { answerEntry } from './household-answer.ts';
import type { HouseholdAnswer } from './household-answer.ts';

const household = recordOf('household', householdId);
const double = recordOf('household', idOf(31), { no: 31, phone: '0987654321', mergedInto: householdId }, { version: 3 });
const ofDouble = recordOf('household', idOf(32), { no: 32, mergedInto: double.recordId });
/** A hamlet that this member does not write in. */
const elsewhere = recordOf('household', idOf(33), { no: 33, mergedInto: householdId }, { areaId: otherHamlet });
const deleted = recordOf('household', idOf(34), { no: 34, mergedInto: householdId }, { deleted: true });

const store = {
  ...recordsOf(household, double, ofDouble, elsewhere, deleted),
  householdsOf: () => [household, double, ofDouble, elsewhere, deleted].map(({ recordId }) => recordId),
  account: () => memberWith({ role: 'team_member', hamletId: hamlet }),
  commandContext,
} as unknown as FieldStore;

const changesOf = (answer: HouseholdAnswer, of = household) => {
  const entry = answerEntry(store, of, answer);
  if (!entry.ok) throw new Error(entry.error.code);
  return entry.value.changes;
};

describe('what a household answers on its page of consent', () => {
  it.each(['refused', 'withdrawn'] as const)('is %s of its doubles and of theirs by the same entry, as far as this member may write on them', (decision) => {
    const changes = changesOf({ decision, way: 'written' });
    expect(changes[0]).toMatchObject({ kind: 'consent', set: { householdId, purpose: 'visits', decision, way: 'written', wording: consentWording, on: '2026-11-21' } });
    expect(changes.slice(1)).toMatchObject([
      { recordId: householdId, set: { contact: 'no', headName: null, phone: null } },
      { recordId: double.recordId, base: 3, set: { contact: 'no', headName: null, phone: null } },
      { recordId: ofDouble.recordId, set: { contact: 'no', headName: null, phone: null } },
    ]);
    expect(changes).toHaveLength(4);
  });

  it('is given with the name that it gives again, and touches no double', () => {
    const declined = { ...household, fields: { no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' as const } };
    const changes = changesOf({ decision: 'given', way: 'spoken', headName: ' Nông Văn Sơn ' }, declined);
    expect(changes).toMatchObject([{ kind: 'consent', set: { decision: 'given', way: 'spoken' } }, { recordId: householdId, set: { contact: 'yes', headName: 'Nông Văn Sơn' } }]);
    expect(changes).toHaveLength(2);
  });
});
