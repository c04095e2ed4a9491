import { describe, expect, it } from 'vitest';
import { applyChange } from './change.ts';
import type { EntryDraft } from './change.ts';
import type { CommandError } from './command.ts';
import { differingFields, mergeHouseholds, unmergeHousehold, usuallyTaken } from './merge-households.ts';
import type { MergeableField } from './merge-households.ts';
import type { RecordState } from './record.ts';
import type { Result } from './result.ts';
import { commandContext, endpointContext, idOf, recordOf, recordsOf } from './records.test-support.ts';

const listId = idOf(70);
const kept = recordOf('household', idOf(1), { no: 12, headName: 'Nông Văn Sơn', contact: 'yes' });
const double = recordOf('household', idOf(2), { no: 31, headName: 'Nông Văn Sơn', houseLabel: 'nhà văn hóa', phone: '0987654321', members: 4, needs: ['poor'], sourceListId: listId, contact: 'not_asked' });
const declined = (n: number) => ({ ...recordOf('household', idOf(n)), fields: { no: n, houseLabel: 'ven suối', contact: 'no' as const } });

function setsOf(made: Result<EntryDraft | undefined, CommandError>) {
  if (!made.ok) return made.error;
  return Object.fromEntries((made.value?.changes ?? []).map((change) => [change.recordId, 'set' in change ? change.set : undefined]));
}
const merged = (a: RecordState<'household'>, b: RecordState<'household'>, fromDouble: readonly MergeableField[] = []) => setsOf(mergeHouseholds(a, b, fromDouble, commandContext()));

describe('two records of one household', () => {
  it('differ in what a person has to choose; what only one of them has is taken from there', () => {
    expect(differingFields(kept, double)).toEqual(['no', 'houseLabel', 'phone', 'members', 'needs']);
    expect(usuallyTaken(kept, double)).toEqual(['members', 'needs']);
    expect(differingFields(declined(1), double)).toEqual(['no', 'houseLabel', 'members']);
  });

  it('become one that goes on, with what was picked from the other; needs bring their list', () => {
    expect(merged(kept, double)).toEqual({ [idOf(2)]: { mergedInto: idOf(1) } });
    expect(merged(kept, double, ['phone', 'needs'])).toEqual({
      [idOf(1)]: { phone: '0987654321', needs: ['poor'], sourceListId: listId },
      [idOf(2)]: { mergedInto: idOf(1) },
    });
  });

  it('keep the yes that one of them has, for that consent is its own', () => {
    expect(merged({ ...kept, fields: { ...kept.fields, contact: 'not_asked' } }, { ...double, fields: { ...double.fields, contact: 'yes' } })).toMatchObject({ [idOf(1)]: { contact: 'yes' } });
  });

  it('give no details back to a household that declined: it goes on itself, and the other one loses them too', () => {
    expect(merged(kept, declined(2))).toEqual({ kind: 'household', code: 'declined', field: 'mergedInto' });
    const asked = merged(declined(1), double, ['headName', 'phone', 'members']);
    expect(asked).toEqual({
      [idOf(1)]: { members: 4 },
      [idOf(2)]: { contact: 'no', headName: null, phone: null, needs: null, sourceListId: null, mergedInto: idOf(1) },
    });
    expect(merged(declined(1), declined(2))).toEqual({ [idOf(2)]: { mergedInto: idOf(1) } });
  });

  it('and the endpoint refuses it as well, of a household that declined while the lead had no signal', () => {
    const change = { recordId: idOf(2), kind: 'household' as const, areaId: kept.areaId, base: 1, set: { mergedInto: idOf(1) } };
    const into = (state: RecordState) => applyChange(declined(2), change, endpointContext([], recordsOf(state)));
    expect(into(kept)).toEqual({ ok: false, error: { code: 'declined', field: 'mergedInto' } });
    expect(into(declined(1)).ok).toBe(true);
  });
});

describe('undone', () => {
  const fromDouble = ['phone', 'members'] as const;
  const after = { ...kept.fields, phone: '0987654321', members: 4 };
  const gone = { ...double, fields: { ...double.fields, mergedInto: kept.recordId } };

  it('each stands for itself, and what was picked is set back where nobody has changed it since', () => {
    expect(merged(kept, double, fromDouble)).toMatchObject({ [idOf(1)]: { phone: '0987654321', members: 4 } });
    const now = { ...kept, fields: { ...after, members: 6 } };
    expect(setsOf(unmergeHousehold(gone, commandContext(), { now, before: kept.fields, after }))).toEqual({
      [idOf(2)]: { mergedInto: null },
      [idOf(1)]: { phone: '0912345678' },
    });
  });

  it('later, what was picked stays; of what is no double nothing is to be saved', () => {
    expect(setsOf(unmergeHousehold(gone, commandContext()))).toEqual({ [idOf(2)]: { mergedInto: null } });
    expect(unmergeHousehold(double, commandContext())).toEqual({ ok: true, value: undefined });
  });
});
