import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '#domain/record.ts';
import { fieldErrorWords, reasonWords, rejectionWords } from './error-words.ts';
import { conflictWords, recordFacts } from './record-words.ts';
import { vi } from './vi.ts';

const context = { day: (day: string) => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`, amount: String, nameOf: () => 'Nông Văn Sơn · số 12' };
const memberId = '01900000-0000-7000-8000-0000000000aa';
const base = { areaId: '01789-003', version: 1, deleted: false, conflicts: [], memberId, occurredAt: '2026-11-21T14:10:00+07:00' };

describe('a record in words', () => {
  it('tells codes, days and other records as people say them, and leaves out ids', () => {
    const visit: AnyRecord = {
      ...base,
      recordId: memberId,
      kind: 'visit',
      fields: { householdId: memberId, date: '2026-11-21', purpose: 'tet', met: 'yes', topics: ['road', 'water'], feedbackIds: [memberId] },
    };
    expect(recordFacts(vi, visit, context)).toEqual([
      { name: 'Hộ', words: 'Nông Văn Sơn · số 12' },
      { name: 'Ngày', words: '21/11/2026' },
      { name: 'Lý do', words: 'Tết' },
      { name: 'Có gặp không', words: 'Có' },
      { name: 'Chủ đề', words: 'Đường, cầu · Nước' },
    ]);
  });

  it('reads the same field name by the kind it stands in', () => {
    const benefit: AnyRecord = {
      ...base,
      recordId: memberId,
      kind: 'benefit',
      fields: { personId: memberId, kind: 'tet_visit', date: '2026-02-10', amount: 500_000 },
    };
    const said: AnyRecord = { ...base, recordId: memberId, kind: 'feedback', fields: { kind: 'to_cao', receivedOn: '2026-11-21' } };
    expect(recordFacts(vi, benefit, context)).toContainEqual({ name: 'Số tiền', words: '500000 đồng' });
    expect(recordFacts(vi, benefit, context)).toContainEqual({ name: 'Loại', words: 'Thăm, tặng quà Tết' });
    expect(recordFacts(vi, said, context)).toEqual([{ name: 'Loại', words: 'Tố cáo' }, { name: 'Ngày ghi', words: '21/11/2026' }]);
  });

  it('tells a value that somebody else set and that is not shown, with the name of whoever set it', () => {
    const aside = { memberId, occurredAt: base.occurredAt, version: 2 };
    const household: AnyRecord = {
      ...base,
      recordId: memberId,
      kind: 'household',
      fields: { no: 4, houseLabel: 'trên dốc', contact: 'yes', headName: 'Đàm Minh Đức', phone: '0922222222' },
      conflicts: [
        { ...aside, field: 'phone', value: '0911111111' },
        { ...aside, field: 'lang', value: null, memberId: 'somebody unknown' },
        { ...aside, field: 'deleted', value: true },
      ],
    };
    const memberName = (id: string) => (id === memberId ? 'Lục Văn Thắng' : undefined);
    expect(conflictWords(vi, household, { ...context, memberName })).toEqual([
      'Số điện thoại: Lục Văn Thắng ghi 0911111111',
      'Nói chuyện bằng: người khác để trống',
    ]);
  });
});

describe('what went wrong', () => {
  it('names the field where the eye is elsewhere, and says the exact rule', () => {
    const rejection = { code: 'wrong_format', field: 'phone' };
    expect(fieldErrorWords(vi, rejection)).toBe('Số điện thoại phải đủ 10 chữ số, bắt đầu bằng số 0.');
    expect(rejectionWords(vi, { code: 'required', field: 'houseLabel' })).toBe('Nhà ở gần: Mục này còn trống.');
    expect(reasonWords(vi, { verdict: 'rejected', ...rejection })).toContain('Số điện thoại: Số điện thoại phải đủ 10 chữ số');
  });

  it('has words even for a code this version does not know', () => {
    expect(reasonWords(vi, { verdict: 'quarantined', code: 'something_new' })).toBe('Phiếu này chờ tổ trưởng hoặc xã xem. Không mất.');
    expect(rejectionWords(vi, { code: 'something_new' })).toBe(vi.errors.unknown);
  });
});
