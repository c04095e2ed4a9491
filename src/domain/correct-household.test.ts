import { describe, expect, test } from 'vitest';
import { correctHousehold, correctableOf } from './correct-household.ts';
import type { HouseholdCorrection } from './correct-household.ts';
import type { RecordState } from './record.ts';
import { commandContext, householdId, idOf, recordOf } from './records.test-support.ts';

const household = recordOf('household', householdId);
const nameless: RecordState<'household'> = { ...household, fields: { no: 12, houseLabel: 'cạnh nhà văn hóa', contact: 'no' } };

function changesOf(input: HouseholdCorrection, before = household) {
  const entry = correctHousehold(before, input, commandContext());
  return entry.ok ? entry.value?.changes : entry.error;
}

describe('a household is corrected', () => {
  test('in what was touched alone, without the space around it', () => {
    expect(changesOf({ headName: ' Nông Văn Sỹ ', members: 6 })).toEqual([
      { recordId: householdId, kind: 'household', areaId: household.areaId, base: 1, set: { headName: 'Nông Văn Sỹ', members: 6 } },
    ]);
    expect(changesOf({ phone: undefined, lang: 'tay' })).toMatchObject([{ set: { phone: null, lang: 'tay' } }]);
  });

  test('with nothing where nothing differs', () => {
    expect(changesOf({})).toBeUndefined();
    expect(changesOf({ headName: 'Nông Văn Sơn ', phone: '0912345678', members: undefined })).toBeUndefined();
  });

  test('with nothing that it took back', () => {
    expect(correctableOf(nameless.fields)).toEqual(['no', 'houseLabel', 'members', 'lang']);
    expect(changesOf({ headName: 'Nông Văn Sơn', phone: '0912345678' }, nameless)).toBeUndefined();
    expect(changesOf({ headName: 'Nông Văn Sơn', houseLabel: 'đầu cầu' }, nameless)).toMatchObject([{ set: { houseLabel: 'đầu cầu' } }]);
  });

  test('in its number; its needs name the list they were copied from, and without needs no list is named', () => {
    const listed = recordOf('household', householdId, { needs: ['poor'], sourceListId: idOf(70) });
    expect(changesOf({ no: 14 })).toMatchObject([{ set: { no: 14 } }]);
    expect(changesOf({ needs: ['near_poor'], sourceListId: idOf(71) }, listed)).toMatchObject([{ set: { needs: ['near_poor'], sourceListId: idOf(71) } }]);
    expect(changesOf({ needs: [] }, listed)).toMatchObject([{ set: { needs: null, sourceListId: null } }]);
    expect(changesOf({ needs: ['poor'] })).toMatchObject({ code: 'required', field: 'sourceListId' });
    expect(changesOf({ needs: ['poor'], sourceListId: idOf(70) }, nameless)).toBeUndefined();
  });

  test('never into what breaks a rule: it says which field', () => {
    expect(changesOf({ headName: '' })).toMatchObject({ code: 'required', field: 'headName' });
    expect(changesOf({ phone: '091234' })).toMatchObject({ code: 'wrong_format', field: 'phone' });
    expect(changesOf({ members: 21 })).toMatchObject({ code: 'out_of_range', field: 'members' });
    expect(changesOf({ houseLabel: 'nhà theo đạo' })).toMatchObject({ code: 'wording', field: 'houseLabel' });
  });
});
