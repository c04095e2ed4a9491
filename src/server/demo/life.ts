/** What happened before the demo begins, relative to today, so that no screen is empty: visits, talks, feedback at each turn of its way. */
import { consentWording } from '#domain/consent.ts';
import { addDays, daysBetween } from '#domain/identifiers.ts';
import { tetOf } from '#domain/tet.ts';
import { addWorkingDays, shippedHolidays } from '#domain/working-days.ts';
import type { RecordState } from '#domain/record.ts';
import type { Doing, Notebook } from './notebook.ts';
import { demoMembers, ngocSon, unitIds } from './places.ts';

const { member, lead, bloc, responder } = demoMembers;
const by = (who: { readonly memberId: string }, daysAgo: number): Doing => ({ memberId: who.memberId, daysAgo });

export function writeVisits(notebook: Notebook, households: readonly RecordState<'household'>[]): void {
  const at = (no: number) => {
    const household = households.find((known) => known.areaId === ngocSon && known.fields.no === no);
    if (household === undefined) throw new Error(`the demo has no household ${no}`);
    return household;
  };
  notebook.visit(at(1), { purpose: 'regular', met: 'yes', topics: ['production'], outcome: 'Hướng dẫn đăng ký giống ngô vụ xuân' }, by(member, 12));
  notebook.visit(at(2), { purpose: 'policy_info', met: 'yes', topics: ['insurance'], outcome: 'Nói rõ cách gia hạn thẻ bảo hiểm y tế' }, by(member, 9));
  notebook.visit(at(3), { purpose: 'illness', met: 'yes', companions: ['women'], outcome: 'Thăm người ốm, hẹn báo Trạm Y tế xã' }, by(lead, 8));
  notebook.visit(at(4), { purpose: 'regular', met: 'absent' }, by(member, 7));
  notebook.visit(at(5), { purpose: 'newborn', met: 'yes', companions: ['women'], outcome: 'Hướng dẫn làm giấy khai sinh' }, by(member, 6));
  notebook.visit(at(7), { purpose: 'policy_info', met: 'yes', topics: ['housing'], outcome: 'Giải thích hồ sơ xóa nhà tạm' }, by(lead, 5));
  notebook.visit(at(8), { purpose: 'regular', met: 'asked_later' }, by(member, 4));
  notebook.visit(at(10), { purpose: 'support_delivery', met: 'yes', companions: ['front'], outcome: 'Trao chăn ấm của Mặt trận xã' }, by(lead, 3));
  notebook.visit(at(12), { purpose: 'regular', met: 'yes', topics: ['signal'], outcome: 'Hẹn báo xã đo lại sóng điện thoại' }, by(member, 2));
}

/** The terms of 2023 to 2027, all but one held: in Nà Thoong the hamlet's proposal lies at the commune, so that not every hamlet has somebody. */
/** What those that are counted, not detailed, said when they were asked. */
export function writeRefusals(notebook: Notebook, households: readonly RecordState<'household'>[], askedBy: Doing): void {
  const refusing = households.filter(({ fields }) => fields.contact === 'no');
  const said = { purpose: 'visits', decision: 'refused', way: 'spoken', wording: consentWording, on: notebook.dayBefore(askedBy.daysAgo) } as const;
  notebook.create('consent', refusing.map(({ recordId, areaId }) => ({ areaId, fields: { ...said, householdId: recordId } })), askedBy);
}

export function writeTerms(notebook: Notebook, persons: readonly RecordState<'prestigious_person'>[], doneBy: Doing): void {
  const years = { termFrom: 2023, termTo: 2027 };
  const terms = persons.map(({ areaId, recordId: personId }, index) => ({
    areaId,
    fields:
      areaId === '01456-003'
        ? {
            personId, ...years, state: 'submitted' as const, proposedOn: notebook.dayBefore(80), households: 14, present: 11,
            minutesOn: notebook.dayBefore(75), submittedOn: notebook.dayBefore(70),
          }
        : { personId, ...years, state: 'active' as const, decisionNo: `${118 + index}/QĐ-UBND`, decidedOn: '2023-12-08' },
  }));
  notebook.create('prestigious_term', terms, doneBy);
}

/** What they were given for the last Tết before the demo's today. */
export function writeTetGifts(notebook: Notebook, persons: readonly RecordState<'prestigious_person'>[], memberId: string): void {
  const today = notebook.dayBefore(0);
  const year = Number(today.slice(0, 4));
  const tet = [year, year - 1].flatMap((each) => tetOf(each) ?? []).find(({ day }) => day <= today);
  if (tet === undefined) return;
  const date = addDays(tet.day, -4);
  for (const { areaId, recordId: personId } of persons) {
    notebook.create('benefit', [
      { areaId, fields: { personId, kind: 'tet_visit', occasion: 'lunar_new_year', date, level: 'commune', amount: 500_000, inKind: 'gói quà Tết', deliveredBy: 'Mặt trận xã' } },
    ], { memberId, daysAgo: daysBetween(date, today) });
  }
}

export function writeTalks(notebook: Notebook, persons: readonly RecordState<'prestigious_person'>[], benefitsBy: Doing): void {
  for (const person of persons) {
    notebook.create('benefit', [
      { areaId: person.areaId, fields: { personId: person.recordId, kind: 'newspaper', date: notebook.dayBefore(40), level: 'province' } },
    ], benefitsBy);
  }
  const person = persons.find((known) => known.areaId === ngocSon);
  if (person === undefined) throw new Error('the demo has no prestigious person in Ngọc Sơn');
  notebook.contact(person, { purpose: 'regular', met: 'yes', topics: ['road'], outcome: 'Bàn ngày dọn đường lên nương' }, by(lead, 20));
  notebook.contact(person, { purpose: 'policy_info', met: 'yes', topics: ['insurance'], outcome: 'Đưa tờ hướng dẫn thẻ bảo hiểm' }, by(lead, 6));
}

export function writeFeedback(notebook: Notebook, households: readonly RecordState<'household'>[]): void {
  const named = (no: number) => {
    const household = households.find((known) => known.areaId === ngocSon && known.fields.no === no);
    if (household?.fields.headName === undefined) throw new Error(`the demo has no name for household ${no}`);
    return { anonymity: 'named' as const, citizenName: household.fields.headName, householdId: household.recordId };
  };
  const dueOn = (assignedDaysAgo: number, workingDays: number) => addWorkingDays(notebook.dayBefore(assignedDaysAgo), workingDays, shippedHolidays);
  const toCommittee = (daysAgo: number, workingDays = 10) =>
    [{ type: 'assign', unitId: unitIds.peoplesCommittee, dueOn: dueOn(daysAgo, workingDays) }, by(bloc, daysAgo)] as const;

  // Just received.
  notebook.feedback(
    ngocSon,
    {
      kind: 'phan_anh', channel: 'visit', topic: 'road', place: 'dốc Keng Cải', nameToResponder: true, ...named(2),
      text: 'Đường bê tông ở dốc Keng Cải bị sạt một bên, xe máy đi rất nguy hiểm khi trời mưa.',
    },
    by(member, 1),
  );
  notebook.feedback(
    '01456-003',
    {
      kind: 'hoi_chinh_sach', channel: 'office', topic: 'insurance', anonymity: 'name_withheld',
      text: 'Hỏi trẻ mới sinh phải làm những giấy gì để có thẻ bảo hiểm y tế.',
    },
    by(bloc, 2),
  );
  // With the office that answers.
  notebook.feedback(
    ngocSon,
    {
      kind: 'kien_nghi', channel: 'meeting', topic: 'water', place: 'bể nước đầu xóm', nameToResponder: true, ...named(1),
      text: 'Bể nước chung của xóm cạn từ đầu tháng, đề nghị xã cho người kiểm tra đường ống.',
    },
    by(lead, 5),
    [[{ type: 'triage', urgency: 'normal' }, by(bloc, 4)], toCommittee(3)],
  );
  // Late: the day it was due has passed.
  notebook.feedback(
    ngocSon,
    {
      kind: 'phan_anh', channel: 'visit', topic: 'electricity', anonymity: 'name_withheld', place: 'đoạn gần trường',
      text: 'Cột điện đoạn gần trường bị nghiêng, dây võng thấp, bà con sợ khi gió to.',
    },
    by(member, 24),
    [[{ type: 'triage' }, by(bloc, 23)], toCommittee(22, 5), [{ type: 'start' }, by(responder, 20)]],
  );
  // Answered, and nobody has told it at the door yet.
  notebook.feedback(
    ngocSon,
    {
      kind: 'de_nghi_ho_tro', channel: 'visit', topic: 'housing', nameToResponder: true, ...named(1),
      text: 'Mái bếp dột nặng sau trận mưa đá, mong được xét hỗ trợ sửa mái trước mùa đông.',
    },
    by(member, 13),
    [
      [{ type: 'triage' }, by(bloc, 12)],
      toCommittee(12),
      [{ type: 'start' }, by(responder, 6)],
      [{ type: 'answer', answer: 'Xã đã đưa vào danh sách hỗ trợ sửa mái đợt tháng này; cán bộ sẽ đến xem nhà vào thứ Năm tuần tới.' }, by(responder, 1)],
    ],
  );
  // Sent back for detail.
  notebook.feedback(
    ngocSon,
    {
      kind: 'phan_anh', channel: 'phone', topic: 'environment', nameToResponder: false, ...named(2),
      text: 'Có rác thải đổ ở ven suối, mùi hôi bay vào nhà dân.',
    },
    by(lead, 4),
    [
      [{ type: 'triage' }, by(bloc, 3)],
      [{ type: 'return', field: 'place', comment: 'Xin ghi rõ đoạn suối nào, gần nhà ai.' }, by(bloc, 2)],
    ],
  );
  // The circle closed.
  notebook.feedback(
    ngocSon,
    {
      kind: 'hoi_chinh_sach', channel: 'visit', topic: 'paperwork', nameToResponder: true, ...named(2),
      text: 'Hỏi thủ tục đổi tên chủ hộ trong sổ đỏ sau khi bố mất.',
    },
    by(member, 30),
    [
      [{ type: 'triage' }, by(bloc, 29)],
      toCommittee(29),
      [{ type: 'start' }, by(responder, 27)],
      [{
        type: 'answer', answer: 'Mang sổ đỏ, giấy chứng tử và giấy khai sinh đến bộ phận một cửa của xã, thứ Hai đến thứ Sáu.',
        publicAnswer: 'Sang tên đất thừa kế: mang sổ đỏ, giấy chứng tử, giấy khai sinh đến bộ phận một cửa của xã, thứ Hai đến thứ Sáu.',
      }, by(bloc, 25)],
      [{ type: 'deliver', channel: 'visit' }, by(member, 22)],
      [{ type: 'confirm', confirmation: 'satisfied' }, by(member, 22)],
    ],
  );
}
