import { describe, expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { commune, hamletOf, listOf, ngocSon, recordOf } from './lists.test-support.ts';
import { reckonImport } from './plan-import.ts';

const householdOf = (no: number, headName: string | undefined, more: Partial<Household> = {}) =>
  recordOf('household', `01990000-0000-7000-8000-${String(no).padStart(12, '0')}`, '01456-001', {
    no, houseLabel: 'cạnh suối', contact: 'not_asked', ...(headName === undefined ? {} : { headName }), ...more,
  });

function planOf(
  text: string,
  records: { readonly hamlets?: readonly RecordState<'area'>[]; readonly households?: readonly RecordState<'household'>[] } = {},
  allowsNewHamlets = false,
) {
  const list = listOf('households', `STT,Xóm,Chủ hộ,Số điện thoại\n${text}`);
  return reckonImport(list, { commune, hamlets: [ngocSon], households: [], ...records }, { answers: {}, otherwise: 'keep_both', allowsNewHamlets, allowsAboutStaff: true });
}

describe('the hamlet a row means', () => {
  it.each(['Ngọc Sơn', 'Xóm Ngọc Sơn', 'ngoc son', 'XÓM NGỌC  SƠN', 'Thôn Ngọc Sơn', 'Ngọc Sơn'.normalize('NFD')])('is found as "%s"', (written) => {
    expect(planOf(`1,${written},Nông Văn Sơn,`).create).toMatchObject([{ areaId: '01456-001' }]);
  });

  it('is the one with these diacritics before one without', () => {
    const hamlets = [hamletOf('01456-001', 'Lũng Mơ'), hamletOf('01456-002', 'Lũng Mò')];
    expect(planOf('1,Lũng Mò,Nông Văn Sơn,', { hamlets }).create).toMatchObject([{ areaId: '01456-002' }]);
  });

  it('is asked for where two are meant alike', () => {
    const hamlets = [hamletOf('01456-001', 'Lũng Mơ'), hamletOf('01456-002', 'Lũng Mò')];
    const plan = planOf('1,lung mo,Nông Văn Sơn,', { hamlets });
    expect(plan.create).toEqual([]);
    expect(plan.wrong).toMatchObject([{ line: 2, errors: [{ column: 'Xóm', value: 'lung mo', code: 'ambiguous_area' }] }]);
  });

  it('is told apart by its kind', () => {
    const hamlets = [hamletOf('01456-001', 'Sáng'), hamletOf('01456-002', 'Sáng', { kind: 'ban' })];
    expect(planOf('1,Bản Sáng,Nông Văn Sơn,', { hamlets }).create).toMatchObject([{ areaId: '01456-002' }]);
  });

  it('is the one that took it in, after a merger', () => {
    const hamlets = [hamletOf('01456-001', 'Ngọc Sơn', { mergedInto: '01456-002' }), hamletOf('01456-002', 'Nà Thoong')];
    expect(planOf('1,Ngọc Sơn,Nông Văn Sơn,', { hamlets }).create).toMatchObject([{ areaId: '01456-002' }]);
  });

  it('is an error by line and column where the commune has none of this name', () => {
    expect(planOf('1,Lũng Rì,Nông Văn Sơn,').wrong).toMatchObject([
      { line: 2, errors: [{ column: 'Xóm', value: 'Lũng Rì', code: 'unknown_area' }] },
    ]);
  });

  it('is made once when new hamlets are allowed, however it is spelled', () => {
    const plan = planOf('1,Xóm Lũng Rì,Nông Văn Sơn,\n2,lung ri,Lý Thị Mẩy,\n3,TDP 5,Bế Văn Lâm,', {}, true);
    expect(plan.createHamlets).toEqual([
      { code: '01456-002', level: 'hamlet', kind: 'xom', name: 'Lũng Rì', parent: '01456' },
      { code: '01456-003', level: 'hamlet', kind: 'to_dan_pho', name: '5', parent: '01456' },
    ]);
    expect(plan.create.map(({ areaId }) => areaId)).toEqual(['01456-002', '01456-002', '01456-003']);
  });
});

describe('a household that was there before', () => {
  it('is wrong the second time in one list, with the line of the first', () => {
    const plan = planOf('1,Ngọc Sơn,Nông Văn Sơn,\n1,ngoc son,NÔNG VĂN SƠN,');
    expect(plan.create).toHaveLength(1);
    expect(plan.wrong).toMatchObject([{ line: 3, errors: [{ column: 'Chủ hộ', code: 'repeated', other: { sheet: '', line: 2 } }] }]);
  });

  it('is left as it is when the records hold it, and what differs is told', () => {
    const households = [householdOf(1, 'Nông Văn Sơn', { phone: '0912345678' }), householdOf(2, 'Lý Thị Mẩy')];
    const plan = planOf('1,Ngọc Sơn,Nông Văn Sơn,0987654321\n2,Ngọc Sơn,Lý Thị Mẩy,', { households });
    expect(plan).toMatchObject({ create: [], wrong: [], unchanged: [{ line: 2, differs: [{ field: 'phone', from: '0912345678', to: '0987654321' }] }, { line: 3, differs: [] }] });
  });

  it('is another household under the same number, and only noted', () => {
    const plan = planOf('1,Ngọc Sơn,Bế Văn Lâm,', { households: [householdOf(1, 'Nông Văn Sơn')] });
    expect(plan.create).toHaveLength(1);
    expect(plan.notes).toEqual([{ sheet: '', line: 2, code: 'same_number', said: '1' }]);
  });

  it('stays undetailed when it declined, and a person is asked', () => {
    const plan = planOf('1,Ngọc Sơn,Nông Văn Sơn,0912345678', { households: [householdOf(1, undefined, { contact: 'no' })] });
    expect(plan).toMatchObject({ create: [], wrong: [{ line: 2, errors: [{ column: 'STT', value: '1', code: 'declined' }] }] });
  });
});
