import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '#domain/record.ts';
import { fieldErrorWords, reasonWords, rejectionWords } from './error-words.ts';
import { recordTitle } from './record-title.ts';
import { fieldName, recordFacts, valueWords } from './record-words.ts';
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

  it('tells what a household agreed to, and what a citizen asks, without an id', () => {
    const consent: AnyRecord = {
      ...base, recordId: memberId, kind: 'consent', fields: { householdId: memberId, purpose: 'visits', decision: 'withdrawn', way: 'written', wording: 1, on: '2026-11-21' },
    };
    expect(recordFacts(vi, consent, context).map(({ words }) => words)).toEqual([
      'Nông Văn Sơn · số 12', 'Ghi tên và lượt thăm', '21/11/2026', 'Thôi, không đồng ý nữa', 'Ký giấy', '1',
    ]);
    const request: AnyRecord = {
      ...base, recordId: memberId, kind: 'subject_request',
      fields: { subjectId: memberId, subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-21', way: 'letter', closedAs: 'refused', closedOn: '2026-11-25', refusal: 'kept_by_law' },
    };
    const facts = recordFacts(vi, request, { ...context, nameOf: () => undefined });
    expect(facts.map(({ words }) => words)).toEqual(['Xin xóa', '21/11/2026', 'Gửi thư', 'Hộ', 'Không làm', '25/11/2026', 'Luật buộc phải giữ']);
    expect(JSON.stringify(facts)).not.toContain(memberId);
    expect(recordTitle(vi, request, { find: () => undefined, day: context.day })).toBe('Xin xem, sửa, xóa · Xin xóa');
  });

  it('tells one value of a field, and none where it holds nothing a person could read', () => {
    expect(valueWords(vi, 'household', 'lang', 'tay', context)).toBe('tiếng Tày');
    expect(valueWords(vi, 'household', 'phone', null, context)).toBeUndefined();
    // As a half-written form holds it: no calendar has such a day.
    expect(valueWords(vi, 'visit', 'promisedOn', '', { ...context, day: (day) => new Date(day).toISOString() })).toBeUndefined();
    expect(valueWords(vi, 'benefit', 'amount', 500_000, context)).toBe('500000 đồng');
    expect(fieldName(vi, 'phone')).toBe('Số điện thoại');
    expect(fieldName(vi, 'feedbackIds')).toBeUndefined();
  });
});

describe('a record in one line', () => {
  const household: AnyRecord = { ...base, recordId: memberId, kind: 'household', fields: { no: 12, headName: 'Nông Văn Sơn', houseLabel: 'trên dốc', contact: 'yes' } };
  const find = (id: string) => (id === memberId ? household : undefined);

  it('says what it is and about whom', () => {
    expect(recordTitle(vi, household, { find, day: context.day })).toBe('Sửa thông tin hộ · Nông Văn Sơn · số 12');
    const visit = { ...base, recordId: 'visit', kind: 'visit', fields: { householdId: memberId, date: '2026-11-21', purpose: 'tet', met: 'yes' } } as AnyRecord;
    expect(recordTitle(vi, visit, { find, day: context.day })).toBe('Lượt thăm · Nông Văn Sơn · số 12 · 21/11/2026');
  });

  it('says the day alone where the household is not known here', () => {
    const visit = { ...base, recordId: 'visit', kind: 'visit', fields: { householdId: 'elsewhere', date: '2026-11-21', purpose: 'tet', met: 'yes' } } as AnyRecord;
    expect(recordTitle(vi, visit, { find, day: context.day })).toBe('Lượt thăm · 21/11/2026');
  });
});

describe('what went wrong', () => {
  it('names the field where the eye is elsewhere, and says the exact rule', () => {
    const rejection = { code: 'wrong_format', field: 'phone' };
    expect(fieldErrorWords(vi, rejection)).toBe('Số điện thoại phải đủ 10 chữ số, bắt đầu bằng số 0.');
    expect(rejectionWords(vi, { code: 'required', field: 'houseLabel' })).toBe('Nhà ở gần: Mục này còn trống.');
    expect(reasonWords(vi, { verdict: 'rejected', ...rejection })).toContain('Số điện thoại: Số điện thoại phải đủ 10 chữ số');
  });

  it("gives a supervisor's reason in their own words and with their name", () => {
    const declined = { verdict: 'rejected', code: 'declined_by_supervisor', note: 'Hộ này đã ghi hôm trước' };
    expect(reasonWords(vi, { ...declined, decidedByName: 'Lục Văn Thắng' })).toContain('Lục Văn Thắng đã xem và không nhận: “Hộ này đã ghi hôm trước”');
    expect(reasonWords(vi, declined)).toContain('Tổ trưởng hoặc xã đã xem');
  });

  it('has words even for a code this version does not know', () => {
    expect(reasonWords(vi, { verdict: 'quarantined', code: 'something_new' })).toBe('Phiếu này chờ tổ trưởng hoặc xã xem. Không mất.');
    expect(rejectionWords(vi, { code: 'something_new' })).toBe(vi.errors.unknown);
    expect(rejectionWords(vi, { code: 'unknown_field', field: 'religion' })).toBe('Phiếu có mục lạ “religion” mà xã không nhận.');
  });
});

describe('an entry that nobody looked at for 24 months', () => {
  it('is said to have waited, not to be wrong', () => {
    expect(reasonWords(vi, { verdict: 'rejected', code: 'kept_too_long' })).toContain('quá 24 tháng');
  });
});
