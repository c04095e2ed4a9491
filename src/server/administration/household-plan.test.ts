import { describe, expect, it } from 'vitest';
import type { Area } from '#domain/area.ts';
import type { Household } from '#domain/household.ts';
import type { RecordKind, RecordState, FieldsOf } from '#domain/record.ts';
import { readCsv } from '#tables/csv.ts';
import { readHouseholdList } from './household-list.ts';
import { planHouseholds } from './household-plan.ts';

const listId = '01990000-0000-7000-8000-000000000001';

function recordOf<K extends RecordKind>(kind: K, recordId: string, areaId: string, fields: FieldsOf[K]): RecordState<K> {
  return { recordId, kind, areaId, version: 1, deleted: false, fields, conflicts: [], memberId: listId, occurredAt: '2026-01-01T00:00:00+07:00' };
}

const areaOf = (area: Area) => recordOf('area', area.code, area.code, area);
const hamletOf = (code: string, name: string, more: Partial<Area> = {}) =>
  areaOf({ code, level: 'hamlet', kind: 'xom', name, parent: '01456', ...more });
const commune = areaOf({ code: '01456', level: 'commune', kind: 'xa', name: 'Quang Hán', parent: '99904' });
const ngocSon = hamletOf('01456-001', 'Ngọc Sơn');
const householdOf = (no: number, headName: string | undefined, more: Partial<Household> = {}) =>
  recordOf('household', `01990000-0000-7000-8000-${String(no).padStart(12, '0')}`, '01456-001', {
    no, houseLabel: 'cạnh suối', contact: 'not_asked', ...(headName === undefined ? {} : { headName }), ...more,
  });

function planOf(
  text: string,
  records: { readonly hamlets?: readonly RecordState<'area'>[]; readonly households?: readonly RecordState<'household'>[] } = {},
  allowsNewHamlets = false,
) {
  const table = readCsv(`STT,Xóm,Chủ hộ,Số điện thoại\n${text}`);
  const list = table.ok ? readHouseholdList(table.value, listId) : undefined;
  if (list?.ok !== true) throw new Error('the test gives no list');
  return planHouseholds(list.value, { commune, hamlets: [ngocSon], households: [], ...records }, allowsNewHamlets);
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
    expect(plan.wrong).toMatchObject([{ line: 3, errors: [{ column: 'Chủ hộ', code: 'repeated', otherLine: 2 }] }]);
  });

  it('is left as it is when the records hold it, and what differs is told', () => {
    const households = [householdOf(1, 'Nông Văn Sơn', { phone: '0912345678' }), householdOf(2, 'Lý Thị Mẩy')];
    const plan = planOf('1,Ngọc Sơn,Nông Văn Sơn,0987654321\n2,Ngọc Sơn,Lý Thị Mẩy,', { households });
    expect(plan).toMatchObject({ create: [], wrong: [], existing: [{ line: 2, differs: true }, { line: 3, differs: false }] });
  });

  it('is another household under the same number, and only noted', () => {
    const plan = planOf('1,Ngọc Sơn,Bế Văn Lâm,', { households: [householdOf(1, 'Nông Văn Sơn')] });
    expect(plan.create).toHaveLength(1);
    expect(plan.sameNumber).toEqual([{ line: 2, no: 1 }]);
  });

  it('stays undetailed when it declined, and a person is asked', () => {
    const plan = planOf('1,Ngọc Sơn,Nông Văn Sơn,0912345678', { households: [householdOf(1, undefined, { contact: 'no' })] });
    expect(plan).toMatchObject({ create: [], wrong: [{ line: 2, errors: [{ column: 'STT', value: '1', code: 'declined' }] }] });
  });
});
