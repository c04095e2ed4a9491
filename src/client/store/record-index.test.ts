import { describe, expect, it } from 'vitest';
import type { Household } from '#domain/household.ts';
import type { AnyRecord, FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import { createRecordIndex } from './record-index.ts';

const [ngocSon, lungLuong] = ['01789-003', '01789-004'] as const;

function record<K extends RecordKind>(kind: K, recordId: string, fields: FieldsOf[K], more: Partial<RecordState<K>> = {}): AnyRecord {
  const made: RecordState<K> = { recordId, kind, areaId: ngocSon, version: 1, deleted: false, fields, conflicts: [], memberId: 'm', occurredAt: '2026-11-21T08:00:00+07:00', ...more };
  return made as unknown as AnyRecord;
}
const household = (id: string, fields: Partial<Household> = {}, areaId: string = ngocSon) =>
  record('household', id, { no: 1, headName: 'Nông Văn Sơn', houseLabel: 'đầu cầu', contact: 'yes', ...fields }, { areaId });
const visit = (id: string, householdId: string, hour: number) =>
  record('visit', id, { householdId, date: '2026-11-21', purpose: 'regular', met: 'yes' }, { occurredAt: `2026-11-21T${String(hour).padStart(2, '0')}:00:00+07:00` });

function indexOf(...records: readonly AnyRecord[]) {
  const index = createRecordIndex();
  for (const one of records) index.set(one.recordId, one);
  return index;
}
const ids = (found: readonly { readonly recordId: string }[]) => found.map(({ recordId }) => recordId);

describe('a household that goes on', () => {
  const consent = record('consent', 'c', { householdId: 'b', purpose: 'visits', decision: 'given', way: 'spoken', wording: 1, on: '2026-11-20' });
  const said = record('feedback', 'f', { kind: 'phan_anh', receivedOn: '2026-11-21', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'road', text: 'Cầu hỏng ván rồi', anonymity: 'named', citizenName: 'Sơn', householdId: 'c1' });

  it('shows what hangs on its doubles and on theirs, the newest first, and each double what hangs on itself', () => {
    const index = indexOf(household('a'), household('b', { mergedInto: 'a' }), household('c1', { mergedInto: 'b' }), visit('va', 'a', 9), visit('vb', 'b', 11), visit('vc', 'c1', 10), consent, said);
    expect(ids(index.childrenOf('visit', 'a'))).toEqual(['vb', 'vc', 'va']);
    expect(ids(index.childrenOf('consent', 'a'))).toEqual(['c']);
    expect(ids(index.feedbackOfHousehold('a'))).toEqual(['f']);
    expect(index.householdsOf('a')).toEqual(['a', 'b', 'c1']);
    expect(ids(index.childrenOf('visit', 'c1'))).toEqual(['vc']);
  });

  it('shows them no longer once the merger is undone; a ring is met once', () => {
    const index = indexOf(household('a'), household('b', { mergedInto: 'a' }), visit('vb', 'b', 11));
    expect(ids(index.childrenOf('visit', 'a'))).toEqual(['vb']);
    index.set('b', household('b'));
    expect(ids(index.childrenOf('visit', 'a'))).toEqual([]);
    index.set('a', household('a', { mergedInto: 'b' }));
    index.set('b', household('b', { mergedInto: 'a' }));
    expect(index.householdsOf('a')).toEqual(['a', 'b']);
  });
});

describe('households found', () => {
  const all = [
    household('1', { no: 10, headName: 'Nông Văn Sơn' }), household('2', { no: 2, headName: 'Lý Thị Ánh (mẫu)' }), household('3', { no: 2, headName: 'Đàm Văn Anh' }, lungLuong),
    household('4', { no: 3, headName: undefined, contact: 'no', houseLabel: 'ven suối' }), household('5', { no: 4, mergedInto: '1' }), household('6', { no: 5, closedOn: '2026-11-01', closedReason: 'moved_away' }),
  ];

  it('stand by hamlet and number, or in the order of their given names, without a name last', () => {
    const index = indexOf(...all);
    expect(ids(index.searchHouseholds(''))).toEqual(['2', '4', '1', '3']);
    expect(ids(index.searchHouseholds('', undefined, { order: 'name' }))).toEqual(['3', '2', '1', '4']);
  });

  it('are those that are followed; the doubles and the closed ones are asked for by themselves', () => {
    const index = indexOf(...all);
    expect(ids(index.searchHouseholds('son'))).toEqual(['1']);
    expect(ids(index.searchHouseholds('son', undefined, { isPast: true }))).toEqual(['5', '6']);
    expect(ids(index.searchHouseholds('', lungLuong, { isPast: true }))).toEqual([]);
  });

  it('are of one hamlet or of several, with those that were merged into them', () => {
    const index = indexOf(...all, record('area', lungLuong, { code: lungLuong, level: 'hamlet', kind: 'xom', name: 'Lũng Luông', parent: '01789', mergedInto: ngocSon }, { areaId: lungLuong }));
    expect(ids(index.searchHouseholds('anh', ngocSon))).toEqual(['2', '3']);
    expect(ids(index.searchHouseholds('anh', ['01789-009', lungLuong]))).toEqual(['3']);
  });

  it('are found by a telephone number, however it is written, and by its last digits', () => {
    const index = indexOf(household('8', { no: 8, headName: 'Bế Thị Lan', phone: '0912345678' }), household('9', { no: 12, headName: 'Sầm Văn Hai', phone: '0987654321' }));
    for (const text of ['0912345678', '0912 345 678', '0912.345.678', '+84 912 345 678', '345 678', '678']) expect(ids(index.searchHouseholds(text)), text).toEqual(['8']);
    expect(ids(index.searchHouseholds('12 sam'))).toEqual(['9']);
  });

  it('are found by the name of their hamlet, whole, with more words after it or none', () => {
    const hamlet = (code: string, name: string) => record('area', code, { code, level: 'hamlet', kind: 'xom', name, parent: '01789' }, { areaId: code });
    const index = indexOf(...all, hamlet(ngocSon, 'Ngọc Sơn'), hamlet(lungLuong, 'Lũng Nọi'));
    const found = (text: string) => ids(index.searchHouseholds(text));
    expect(found('Lung noi')).toEqual(['3']);
    expect(found('ngoc son anh')).toEqual(['2']);
    expect(found('ngoc son')).toEqual(['2', '4', '1']);
    expect(found('noi')).toEqual([]);
    expect(found('son')).toEqual(['1']);
    index.set(lungLuong, record('area', lungLuong, { code: lungLuong, level: 'hamlet', kind: 'xom', name: 'Lũng Nọi', parent: '01789', mergedInto: ngocSon }, { areaId: lungLuong }));
    expect(found('lung noi')).toEqual(['3']);
    expect(found('ngoc son')).toEqual(['2', '4', '1', '3']);
  });

  it('stay in order, and found by what they say now, whatever is changed, added or taken away afterwards', () => {
    const index = indexOf(...all);
    const orders = ['number', 'name'] as const;
    const inBoth = () => orders.map((order) => ids(index.searchHouseholds('', undefined, { order })));
    inBoth();
    index.set('1', household('1', { no: 1, headName: 'Nông Văn Bàn' }));
    index.set('7', household('7', { no: 7, headName: 'Sầm Thị Yến' }));
    expect(inBoth()).toEqual([['1', '2', '4', '7', '3'], ['3', '2', '1', '7', '4']]);
    expect(ids(index.searchHouseholds('nong van son', undefined, { order: 'name' }))).toEqual([]);
    index.set('2', undefined);
    expect(inBoth()).toEqual([['1', '4', '7', '3'], ['3', '1', '7', '4']]);
    index.set('7', { ...household('7', { no: 7 }), deleted: true });
    expect(inBoth()).toEqual([['1', '4', '3'], ['3', '1', '4']]);
  });
});
