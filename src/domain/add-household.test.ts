import { describe, expect, it } from 'vitest';
import { addHousehold, nextNumber } from './add-household.ts';
import type { NewHousehold } from './add-household.ts';
import { applyChange } from './change.ts';
import { commandContext, endpointContext, hamlet, idOf, recordOf } from './records.test-support.ts';

const typed: NewHousehold = { no: 13, headName: ' Lý Thị Mẩy ', houseLabel: 'cuối dốc', phone: '0912345678', members: 4, lang: 'dao' };
const asked = { way: 'spoken', wording: 1, on: '2026-11-21' } as const;

function changesOf(input: NewHousehold) {
  const added = addHousehold(hamlet, input, commandContext());
  return added.ok ? added.value.entry.changes : added.error;
}

describe('a household is written into the register', () => {
  it('as one that nobody has asked yet, in its hamlet', () => {
    const added = addHousehold(hamlet, typed, commandContext());
    const fields = { no: 13, headName: 'Lý Thị Mẩy', houseLabel: 'cuối dốc', phone: '0912345678', members: 4, lang: 'dao', contact: 'not_asked' };
    expect(added).toMatchObject({ ok: true, value: { entry: { changes: [{ kind: 'household', areaId: hamlet, base: 0, set: fields }] } } });
    expect(added.ok && added.value.householdId).toBe(added.ok && added.value.entry.changes[0]?.recordId);
    expect(changesOf(typed)).toHaveLength(1);
  });

  it('with its yes in the same entry', () => {
    const changes = changesOf({ ...typed, consent: { ...asked, decision: 'given' } });
    expect(changes).toMatchObject([{ set: { contact: 'yes', headName: 'Lý Thị Mẩy' } }, { kind: 'consent', set: { purpose: 'visits', decision: 'given', ...asked } }]);
    expect(changes).toHaveProperty('[1].set.householdId', Array.isArray(changes) ? changes[0]?.recordId : undefined);
  });

  it('with its no: counted, and none of the details that were typed', () => {
    const changes = changesOf({ ...typed, needs: ['poor'], sourceListId: idOf(70), consent: { ...asked, decision: 'refused' } });
    if (!Array.isArray(changes)) throw new Error('refused');
    expect(changes[0]).toHaveProperty('set', { no: 13, houseLabel: 'cuối dốc', members: 4, lang: 'dao', contact: 'no' });
    expect(changes[1]).toHaveProperty('set.decision', 'refused');
    for (const change of changes) expect(applyChange(undefined, change, endpointContext()).ok).toBe(true);
  });

  it('never without what a household needs: it says which field', () => {
    expect(changesOf({ ...typed, headName: ' ' })).toMatchObject({ kind: 'household', code: 'required', field: 'headName' });
    expect(changesOf({ ...typed, houseLabel: '' })).toMatchObject({ code: 'required', field: 'houseLabel' });
    expect(changesOf({ ...typed, no: 0 })).toMatchObject({ code: 'out_of_range', field: 'no' });
    expect(changesOf({ ...typed, needs: ['poor'] })).toMatchObject({ code: 'required', field: 'sourceListId' });
  });
});

it('the next number is the one after the highest of the hamlet, and a gap where there is none', () => {
  const numbered = (no: number) => recordOf('household', idOf(no), { no });
  expect(nextNumber([])).toBe(1);
  expect(nextNumber([numbered(4), numbered(12), numbered(2)])).toBe(13);
  expect(nextNumber([numbered(9999), numbered(1), numbered(3)])).toBe(2);
});
