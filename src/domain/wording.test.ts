import { describe, expect, test } from 'vitest';
import { recordVisit } from './record-visit.ts';
import { mendEntry } from './mend-entry.ts';
import { settleConflict } from './settle-conflict.ts';
import { findWordingInNotes, wordingIn } from './wording.ts';
import type { CommandContext } from './command.ts';
import type { AnyRecord, RecordState } from './record.ts';

test.each([
  ['Hộ này theo đạo, cần gạo', ['theo đạo']],
  ['HỘ NÀY THEO ĐẠO', ['THEO ĐẠO']],
  ['ho nay theo dao, la dang vien', ['theo dao', 'dang vien']],
  ['Có nghi vấn, thái độ chưa tốt', ['nghi vấn', 'thái độ']],
  ['Căn cước 004190001234 đã làm', ['004190001234']],
  ['004190001234,004190005678và số004190009999', ['004190001234', '004190005678', '004190009999']],
  ['Theo\n đạo'.normalize('NFD'), ['Theo đạo']],
  ['Đảng viên, đảng viên', ['Đảng viên', 'đảng viên']],
])('%j does not go into a note', (text, words) => {
  expect(wordingIn(text, 'note')).toEqual(words);
});

test.each([
  'Trao quà Tết, hẹn thứ năm lên lại', 'Nghỉ vẫn đi làm', 'Đi theo đường mới', 'Bà con dân tộc thiểu số được vay vốn', 'Gọi 0912345678', 'Mã 0041900012345 của tủ điện', 'Mã 00419000123',
  'Ủng hộ 100.000.000.000 đồng', 'Đảng ủy xã đến thăm', 'Tư vấn làm căn cước', '',
])('%j may stand in a note', (text) => {
  expect(wordingIn(text, 'note')).toEqual([]);
});

test('what citizens say of an office is theirs to say', () => {
  expect(wordingIn('Thái độ cán bộ một cửa chưa tốt', 'feedback')).toEqual([]);
  expect(wordingIn('Họ bảo tôi theo đạo', 'feedback')).toEqual(['theo đạo']);
});

describe('no way of writing a note goes past it', () => {
  let count = 0;
  const newId = () => `0190a000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`;
  const context: CommandContext = { now: Date.UTC(2026, 10, 22, 2), newId, newRandomId: newId, random: (length) => new Uint8Array(length), memberId: newId() };
  const household: RecordState<'household'> = {
    recordId: newId(), kind: 'household', areaId: '01789-003', version: 1, deleted: false, conflicts: [],
    memberId: newId(), occurredAt: '2026-11-22T09:00:00+07:00', receivedAt: '2026-11-22T09:00:00+07:00',
    fields: { no: 1, headName: 'Nông Văn Sơn', houseLabel: 'cạnh cầu treo', contact: 'yes' },
  };
  const refused = (field: string, words: readonly string[]) => ({ ok: false, error: { code: 'wording', field, words } });

  test('a visit', () => {
    const visit = { date: '2026-11-22', purpose: 'regular', met: 'yes', outcome: 'Hộ này theo đạo' } as const;
    expect(recordVisit(household, visit, context)).toMatchObject(refused('outcome', ['theo đạo']));
    expect(recordVisit(household, { ...visit, outcome: 'Cần gạo' }, context).ok).toBe(true);
  });

  test('an entry that is mended', () => {
    const changes = [{ recordId: newId(), kind: 'visit' as const, areaId: '01789-003', base: 1, set: { outcome: 'Cần gạo' } }];
    const entry = { entryId: newId(), occurredAt: '2026-11-22T09:00:00+07:00', changes };
    expect(mendEntry(entry, { 0: { outcome: 'Có tư tưởng' } }, context)).toMatchObject(refused('outcome', ['tư tưởng']));
    expect(mendEntry(entry, { 0: { outcome: 'Cần chăn' } }, context).ok).toBe(true);
  });

  test('the third value of a conflict', () => {
    expect(settleConflict(household as AnyRecord, 'houseLabel', 'nhà tín đồ', context)).toMatchObject(refused('houseLabel', ['tín đồ']));
    expect(settleConflict(household as AnyRecord, 'houseLabel', 'nhà sàn', context).ok).toBe(true);
  });

  test('a name, which may be one that a note would not say', () => {
    const named = (kind: 'household' | 'prestigious_person', set: Record<string, unknown>) => findWordingInNotes([{ recordId: newId(), kind, areaId: '01789-003', base: 0, set }]);
    expect(named('household', { headName: 'Nông Văn Sơn (Đảng viên)' })).toEqual({ kind: 'household', field: 'headName', words: ['Đảng viên'] });
    expect(named('prestigious_person', { fullName: 'Lý Văn Páo theo đạo' })).toEqual({ kind: 'prestigious_person', field: 'fullName', words: ['theo đạo'] });
    for (const headName of ['Nguyễn Tiến Bộ', 'Lê Văn Đạo', 'Hoàng Đảng']) expect(named('household', { headName }), headName).toBeUndefined();
  });

  test('but what is not changed is not asked about, nor what is deleted', () => {
    const touched = { recordId: household.recordId, kind: 'household' as const, areaId: household.areaId, base: 1 };
    expect(findWordingInNotes([{ ...touched, set: { phone: '0912345678' } }, { ...touched, delete: true }])).toBeUndefined();
  });
});

describe('a model', () => {
  const words = (fields: object) =>
    findWordingInNotes([{ recordId: '0190a000-0000-7000-8000-000000000001', kind: 'mobilization_model', areaId: '01789', base: 0, set: { ...fields } }])?.words;

  test.each([
    { title: 'Vận động hộ theo đạo ký cam kết' }, { owner: 'Nhóm theo đạo' }, { plan: 'Gặp từng hộ theo đạo' }, { results: [{ metric: 'Số hộ vận động', value: 2 }, { metric: 'Số hộ theo đạo' }] },
  ])('does not say it of people: %j', (fields) => {
    expect(words(fields)).toEqual(['theo đạo']);
  });

  test.each([
    { title: 'Xóm không ma túy' }, { title: 'Đảng viên giúp hộ nghèo' }, { plan: 'Phòng, chống HIV/AIDS, tiến bộ của phụ nữ' }, { title: 'Giữ nghề dệt của dân tộc Lô Lô' },
    { plan: 'Xây dựng khối đoàn kết dân tộc, tôn giáo' }, { results: [{ metric: 'Người cai nghiện tại nhà', value: 3 }] },
  ])('may name what it works for: %j', (fields) => {
    expect(words(fields)).toBeUndefined();
  });

  test('holds no number of a card', () => {
    expect(words({ plan: 'Giúp ông 004190001234' })).toEqual(['004190001234']);
  });
});
