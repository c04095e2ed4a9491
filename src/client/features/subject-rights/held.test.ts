import { describe, expect, it } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import type { Draft } from '#client/store/field-store.ts';
import { consentSchema } from '#domain/consent.ts';
import { feedbackSchema } from '#domain/feedback.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { householdSchema } from '#domain/household.ts';
import type { FieldsOf, RecordKind, RecordState } from '#domain/record.ts';
import { visitSchema } from '#domain/visit.ts';
import { heldAbout, readersOf } from './held.ts';
import { consentFacts, draftFacts, feedbackFacts, householdFacts, howLongWords, otherValues, photoFacts, stepFacts, visitFacts } from './held-words.ts';

const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-11-21T14:10:00+07:00';
function record<K extends RecordKind>(kind: K, n: number, fields: FieldsOf[K], areaId = '01456-001'): RecordState<K> {
  return { recordId: idOf(n), kind, areaId, version: 3, deleted: false, fields, conflicts: [], memberId: idOf(90), occurredAt: at };
}
const context = { day: (day: string) => day, amount: String, unitName: (id: string) => (id === idOf(50) ? 'UBND xã' : undefined) };

/** Every field that the kind has, each with a value. */
const household = record('household', 1, {
  no: 12, headName: 'Nông Văn Sơn', houseLabel: 'đầu cầu treo', phone: '0912345678', members: 5, needs: ['poor', 'disabled'], sourceListId: idOf(40), contact: 'yes', lang: 'tay',
  mergedInto: idOf(2), closedOn: '2026-11-20', closedReason: 'moved_hamlet', closedTo: '01456-002',
});
const visit = record('visit', 2, {
  householdId: household.recordId, date: '2026-11-20', purpose: 'tet', met: 'yes', companions: ['women'], topics: ['road'], needsReported: ['barn'], outcome: 'Đã sửa máng nước',
  feedbackIds: [idOf(3)], deliveryIds: [idOf(60)], durationMin: 25, promisedOn: '2026-12-01', voidReason: 'entered_twice',
});
const named = record('feedback', 3, {
  kind: 'phan_anh', receivedOn: '2026-11-20', receiptCode: '7K3F-2M9Q-H', channel: 'visit', topic: 'water', text: 'Bể nước cạn từ đầu tháng', place: 'bể đầu xóm', anonymity: 'named',
  nameToResponder: true, citizenName: 'Nông Thị Lả', citizenPhone: '0987654321', householdId: household.recordId, urgency: 'urgent_safety',
});

describe('the words about a household', () => {
  it('leave out no field that a household can have, and say of an empty one that it is not kept', () => {
    const facts = householdFacts(vi, household, context);
    expect(Object.keys(household.fields).sort()).toEqual(Object.keys(householdSchema.shape).sort());
    expect(facts.map(({ words, isKept }) => [words, isKept])).toEqual([
      ['12', true], ['Nông Văn Sơn', true], ['đầu cầu treo', true], ['0912345678', true], ['5', true], ['Hộ nghèo · Có người khuyết tật', true],
      [`danh sách của xã, mã ${idOf(40)}`, true], ['Đồng ý cho ghi', true], ['tiếng Tày', true],
      ['Chuyển sang xóm khác trong xã', true], ['một xóm khác trong xã', true], ['2026-11-20', true], ['một hộ khác trong sổ của xóm', true],
    ]);
    const bare = householdFacts(vi, { ...household, fields: { no: 12, houseLabel: 'đầu cầu treo', contact: 'no' } }, context);
    expect(bare).toHaveLength(facts.length - 5);
    expect(bare.filter(({ isKept }) => !isKept).map(({ name, words }) => [name, words])).toEqual(
      ['Chủ hộ', 'Số điện thoại', 'Nhân khẩu', 'Diện cần giúp', 'Nói chuyện bằng'].map((name) => [name, 'không lưu']),
    );
    expect(facts.every(({ keptFor }) => keptFor.length > 5)).toBe(true);
  });

  it('leave out no field of a visit or of what was said, but the ids', () => {
    expect(Object.keys(visit.fields).sort()).toEqual(Object.keys(visitSchema.shape).sort());
    expect(visitFacts(vi, visit, context).map(({ words }) => words)).toEqual([
      'Có', 'Hội Phụ nữ', 'Đường, cầu', 'Chuồng trại', 'Đã sửa máng nước', '25', '2026-12-01', 'Ghi hai lần', '1, có ghi tên, ở phần dưới', '1',
    ]);
    expect(Object.keys(named.fields).sort()).toEqual(Object.keys(feedbackSchema.shape).sort());
    expect(feedbackFacts(vi, named, context).map(({ words }) => words)).toEqual([
      'Phản ánh', '2026-11-20', '7K3F-2M9Q-H', 'Khi thăm hộ', 'Nước', 'Bể nước cạn từ đầu tháng', 'bể đầu xóm', 'Ghi tên', 'Có', 'Nông Thị Lả', '0987654321', 'Gấp, nguy hiểm cho người',
    ]);
  });

  it('leave out nothing of an answer about being written down', () => {
    const consent = record('consent', 8, { householdId: household.recordId, purpose: 'visits', decision: 'withdrawn', way: 'written', wording: 3, on: '2026-11-20' });
    expect(Object.keys(consent.fields).sort()).toEqual(Object.keys(consentSchema.shape).sort());
    expect(consentFacts(vi, consent, context).map(({ words }) => words)).toEqual(['Ghi tên và lượt thăm', 'Ký giấy', '3']);
  });

  it('tell all that was written with a step, but nothing of whom it was merged with', () => {
    const told = (event: FieldsOf['feedback_event']) => stepFacts(vi, { eventId: idOf(9), event, applied: true, maySayPhone: false }, context);
    const every = { feedbackId: named.recordId, step: 0, on: '2026-11-21' };
    expect(told({ ...every, type: 'assign', unitId: idOf(50), dueOn: '2026-12-05' })).toEqual({ title: 'Giao đơn vị trả lời · 2026-11-21', lines: ['UBND xã', 'hạn 2026-12-05'] });
    expect(told({ ...every, type: 'answer', answer: 'Xã sẽ sửa bể', publicAnswer: 'Bể sẽ được sửa' }).lines).toEqual(['Xã sẽ sửa bể', 'Bể sẽ được sửa']);
    expect(told({ ...every, type: 'return', field: 'place', comment: 'Ở đoạn nào?' }).lines).toEqual(['Xã hỏi về: nơi xảy ra', 'Ở đoạn nào?']);
    expect(told({ ...every, type: 'merge', intoId: idOf(50) }).lines).toEqual([]);
  });

  it('say how long each part is kept, by the rules that the endpoint goes by', () => {
    expect(howLongWords(vi)).toEqual([
      'Phần về hộ: khi hộ còn ở đây và chưa xin xóa.', 'Lượt thăm: 24 tháng từ ngày thăm, rồi tự xóa.', 'Ý kiến: 24 tháng từ khi xong, rồi bỏ lời và tên.',
      'Câu trả lời cũ về đồng ý: 24 tháng từ khi có câu mới.', 'Yêu cầu của hộ: 60 tháng từ khi xong, để chứng minh xã đã làm.',
    ]);
  });

  it('tell a value that somebody else wrote and nobody has chosen yet', () => {
    const conflicts = [{ field: 'phone', value: '0911111111', memberId: idOf(91), occurredAt: at, version: 2 }];
    expect(otherValues(vi, { ...household, conflicts }, context, () => 'Chị Lan')).toEqual([
      { name: 'Số điện thoại', words: 'Chị Lan ghi khác: 0911111111. Chưa ai chọn giữ bản nào.' },
    ]);
  });

  it('tell what is half written, but no feedback whose speaker wished to stay unnamed', () => {
    const values = {
      date: '2026-11-22', purpose: 'regular', met: 'yes', companions: [], topics: [], outcome: 'Hẹn mang ngô', durationMin: '40', promisedOn: '', phone: '0900',
      feedback: [{ key: 1, said: { kind: 'phan_anh', text: 'Loa xóm hỏng', anonymity: 'named' } }, { key: 2, said: { kind: 'phan_anh', text: 'Giấu chuyện này', anonymity: 'name_withheld' } }, { key: 3, said: { kind: 'phan_anh', text: 'Chưa chọn' } }],
    };
    const draft: Draft = { draftId: 'visit-1', form: 'visit', subjectId: household.recordId, savedAt: 1, values };
    const words = draftFacts(vi, draft, context).map((fact) => fact.words);
    expect(words).toEqual(expect.arrayContaining(['Hẹn mang ngô', '40', '0900', 'Loa xóm hỏng']));
    expect(words.join('\n')).not.toMatch(/Giấu chuyện này|Chưa chọn/u);
  });
});

describe('what is held about a household', () => {
  const drafts: Draft[] = [
    { draftId: 'visit-1', form: 'visit', subjectId: household.recordId, savedAt: 1, values: {} },
    { draftId: 'visit-7', form: 'visit', subjectId: idOf(7), savedAt: 1, values: {} },
    { draftId: 'feedback', form: 'feedback', savedAt: 1, values: {} },
    { draftId: 'detail-3', form: 'detail', subjectId: named.recordId, savedAt: 1, values: { detail: 'Ở đoạn gần nhà bà' } },
    { draftId: 'detail-5', form: 'detail', subjectId: idOf(5), savedAt: 1, values: { detail: 'Người giấu tên nói' } },
    { draftId: 'correct', form: 'visit_correction', subjectId: visit.recordId, savedAt: 1, values: { outcome: 'Sửa lại' } },
    { draftId: 'absents', form: 'absents', savedAt: 1, values: { chosen: [idOf(7), household.recordId] } },
    { draftId: 'absents of others', form: 'absents', savedAt: 1, values: { chosen: [idOf(7)] } },
  ];
  const asked = record('visit_return', 11, { visitId: visit.recordId, field: 'outcome', comment: 'Hẹn ngày nào?', on: '2026-11-22' });
  // A row that breaks the rule, as if it had come so: what is withheld is tied to no household.
  const withheld = record('feedback', 5, { ...named.fields, anonymity: 'name_withheld' });
  const standing = { state: 'received' } as FeedbackStanding;
  const consent = record('consent', 8, { householdId: household.recordId, purpose: 'visits', decision: 'given', way: 'written', wording: 1, on: '2026-11-20' });
  const request = (n: number, subjectId: string) => record('subject_request', n, { subjectId, subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-20', way: 'at_door' });
  const double = { ...record('household', 13, { no: 31, headName: 'Nông Văn Sơn', houseLabel: 'đầu cầu', contact: 'yes', mergedInto: household.recordId }) };
  const photo = (n: number, parentId: string, more: Partial<FieldsOf['attachment']>) =>
    record('attachment', n, { parentId, sha256: 'a'.repeat(64), type: 'image/webp', bytes: 9, width: 3, height: 3, on: '2026-11-20', hasFace: false, ...more });
  const photos = [photo(21, visit.recordId, { removedOn: '2026-11-25' }), photo(22, idOf(7), {}), photo(23, visit.recordId, { hasFace: true, consent: true })];
  const requests = [request(9, household.recordId), request(10, idOf(7)), request(12, double.recordId)];
  const store = {
    find: (id: string) => (id === double.recordId ? (double as never) : undefined), householdsOf: (id: string) => (id === household.recordId ? [id, double.recordId] : [id]),
    all: () => requests as never, childrenOf: (kind: string, id: string) => (kind === 'visit' ? [visit] : kind === 'visit_return' ? [asked] : kind === 'attachment' ? photos.filter(({ fields }) => fields.parentId === id) : [consent]) as never, feedbackOfHousehold: () => [named, withheld], standing: () => standing, drafts: () => drafts };

  it('is its doubles, its visits with their photos, its named feedback and the forms left about it, and of others nothing', () => {
    const held = heldAbout(store, household);
    expect(held).toEqual({ household, doubles: [double], visits: [visit], returns: [asked], photos: new Map([[visit.recordId, [photos[2], photos[0]]]]), feedback: [{ said: named, standing }], consents: [consent], requests: [requests[0], requests[2]], drafts: [drafts[0], drafts[3], drafts[5], drafts[6]] });
    expect(photoFacts(vi, held.photos.get(visit.recordId) ?? [], context)).toEqual([
      { name: 'Ảnh 1', words: '2026-11-20 · Có mặt người, đã được đồng ý' },
      { name: 'Ảnh 2', words: 'Ảnh đã bỏ ngày 2026-11-25.' },
    ]);
    expect(draftFacts(vi, drafts[3] as Draft, context)).toEqual([{ name: 'Phần bổ sung', words: 'Ở đoạn gần nhà bà' }]);
  });

  it('is read by the team of its hamlet, also after a merger, and by the bloc', () => {
    const area = (code: string, mergedInto?: string) => ({ ...record('area', 70, { code, level: 'hamlet', kind: 'xom', name: 'x', parent: '01456', ...(mergedInto === undefined ? {} : { mergedInto }) }, code), recordId: code });
    const member = (n: number, role: FieldsOf['member']['role'], hamletId?: string) => record('member', n, { name: 'Tên', role, ...(hamletId === undefined ? {} : { hamletId }) });
    const members = [member(80, 'team_lead', '01456-001'), member(81, 'team_member', '01456-009'), member(82, 'team_member', '01456-002'), member(83, 'bloc_officer'), member(84, 'bloc_lead'), member(85, 'commune_admin')];
    const areas = [area('01456-001'), area('01456-002'), area('01456-009', '01456-001')];
    const readers = readersOf({ all: () => members as never, find: (id) => areas.find(({ recordId }) => recordId === id) }, household);
    expect(readers).toEqual({ hamletId: '01456-001', communeCode: '01456', inTeam: 2, inBloc: 2 });
  });
});
