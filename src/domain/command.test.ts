import { describe, expect, test } from 'vitest';
import { advanceFeedback, answerSteps } from './advance-feedback.ts';
import { checkEntry } from './change.ts';
import { correction, creation } from './command.ts';
import { standingOf } from './permissions.ts';
import { raiseFeedback } from './raise-feedback.ts';
import type { FeedbackInput } from './raise-feedback.ts';
import { readReceiptCode } from './receipt-code.ts';
import { recordContact } from './record-contact.ts';
import { recordVisit } from './record-visit.ts';
import type { VisitInput } from './record-visit.ts';
import type { Result } from './result.ts';
import { commandContext, eventOf, feedbackId, hamlet, householdId, idOf, personId, recordOf, recordsOf, unitId } from './records.test-support.ts';

const household = recordOf('household', householdId, { needs: ['poor'], sourceListId: idOf(50) }, { version: 4 });
const visit: VisitInput = { date: '2026-11-21', purpose: 'regular', met: 'yes' };
const said: FeedbackInput = { kind: 'phan_anh', channel: 'visit', topic: 'road', text: 'Cầu treo đầu xóm bị hỏng ván', anonymity: 'named', citizenName: 'Lý Thị Mẩy' };
const withheld: FeedbackInput = { kind: 'kien_nghi', channel: 'visit', topic: 'water', text: 'Bể nước chung bị nứt đã lâu', anonymity: 'name_withheld' };

function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

describe('a visit', () => {
  test('is one entry with the corrected phone number and the named feedback', () => {
    const recorded = valueOf(recordVisit(household, { ...visit, outcome: '  Đã hẹn báo lại \r\n', phone: '0987654321', feedback: [said] }, commandContext()));
    const [entry, ...rest] = recorded.entries;
    expect(rest).toEqual([]);
    expect(entry?.occurredAt).toBe('2026-11-21T14:10:00+07:00');
    expect(entry?.changes.map((change) => [change.kind, change.base, change.areaId])).toEqual([
      ['visit', 0, hamlet], ['feedback', 0, hamlet], ['household', 4, hamlet],
    ]);
    const raisedId = recorded.raised[0]?.feedbackId;
    expect(entry?.changes[0]).toMatchObject({ recordId: recorded.visitId, set: { householdId, outcome: 'Đã hẹn báo lại', feedbackIds: [raisedId] } });
    expect(entry?.changes[1]).toMatchObject({ recordId: raisedId, set: { householdId, citizenName: 'Lý Thị Mẩy' } });
    expect(entry?.changes[2]).toMatchObject({ recordId: householdId, set: { phone: '0987654321' } });
    expect(readReceiptCode(recorded.raised[0]?.receiptCode ?? '')).toBe(recorded.raised[0]?.receiptCode);
  });

  test('leaves feedback whose name is withheld apart: own entry, ids that carry no time, the day alone, no household', () => {
    const recorded = valueOf(recordVisit(household, { ...visit, feedback: [said, withheld] }, commandContext()));
    const [together, apart, ...rest] = recorded.entries;
    expect(rest).toEqual([]);
    expect(together?.changes.map((change) => change.kind)).toEqual(['visit', 'feedback']);
    expect(apart?.changes).toHaveLength(1);
    expect(apart?.occurredAt).toBe('2026-11-21T00:00:00+07:00');
    expect([apart?.entryId[14], apart?.changes[0]?.recordId[14]]).toEqual(['4', '4']);
    expect(JSON.stringify(apart)).not.toContain(householdId);
    expect(JSON.stringify(together)).not.toContain(apart?.changes[0]?.recordId);
    for (const entry of recorded.entries) expect(checkEntry(entry)).toBeUndefined();
  });

  test('keeps of a denunciation its kind and day, whatever was typed before', () => {
    const denounced: FeedbackInput = { ...said, kind: 'to_cao' };
    const recorded = valueOf(recordVisit(household, { ...visit, feedback: [denounced] }, commandContext()));
    expect(recorded.entries).toHaveLength(2);
    expect(recorded.entries[1]?.changes[0]).toMatchObject({ set: { kind: 'to_cao', receivedOn: '2026-11-21' } });
    expect(JSON.stringify(recorded.entries)).not.toMatch(/Mẩy|Cầu treo/);
    expect(recorded.raised[0]?.receiptCode).toBeUndefined();
  });

  test('does not list named feedback about staff, which goes past the hamlet: it is an entry of its own', () => {
    const aboutStaff: FeedbackInput = { ...said, topic: 'staff_attitude' };
    const recorded = valueOf(recordVisit(household, { ...visit, feedback: [aboutStaff, said] }, commandContext()));
    const [together, own, ...rest] = recorded.entries;
    expect(rest).toEqual([]);
    expect(together?.changes.map((change) => change.kind)).toEqual(['visit', 'feedback']);
    expect(together?.changes[0]).toMatchObject({ set: { feedbackIds: [recorded.raised[1]?.feedbackId] } });
    expect(JSON.stringify(together)).not.toContain(recorded.raised[0]?.feedbackId);
    expect(own?.changes).toMatchObject([{ recordId: recorded.raised[0]?.feedbackId, set: { topic: 'staff_attitude', citizenName: 'Lý Thị Mẩy', householdId } }]);
  });

  test('sends no household where the phone number stays as it was', () => {
    const recorded = valueOf(recordVisit(household, { ...visit, phone: '0912345678' }, commandContext()));
    expect(recorded.entries[0]?.changes.map((change) => change.kind)).toEqual(['visit']);
  });

  test('holds what the household answered when it was asked, and one change of it with what it corrected', () => {
    const unasked = recordOf('household', householdId, { contact: 'not_asked' });
    const answered = { purpose: 'visits', way: 'spoken', wording: 1, on: '2026-11-21' } as const;
    const changesWith = (decision: 'given' | 'refused') =>
      valueOf(recordVisit(unasked, { ...visit, phone: '0987654321', consent: { ...answered, decision } }, commandContext())).entries.map((entry) => entry.changes);
    expect(changesWith('given')).toMatchObject([
      [{ kind: 'visit' }, { kind: 'consent', set: { householdId, decision: 'given' } }, { kind: 'household', set: { contact: 'yes', phone: '0987654321' } }],
    ]);
    expect(changesWith('refused')).toMatchObject([
      [{ kind: 'visit' }, { kind: 'consent', set: { householdId, decision: 'refused' } }, { kind: 'household', set: { contact: 'no', headName: null, phone: null } }],
    ]);
    expect(changesWith('refused')[0]).toHaveLength(3);
  });

  test('makes nothing at all when one part breaks a rule, and says which', () => {
    const wrongPhone = recordVisit(household, { ...visit, phone: '091234', feedback: [withheld] }, commandContext());
    expect(wrongPhone).toEqual({ ok: false, error: { kind: 'household', code: 'wrong_format', field: 'phone' } });
    const tooShort = recordVisit(household, { ...visit, feedback: [{ ...said, text: 'Cầu' }] }, commandContext());
    expect(tooShort).toEqual({ ok: false, error: { kind: 'feedback', code: 'too_short', field: 'text' } });
    const tooLong = recordVisit(household, { ...visit, outcome: 'x'.repeat(301) }, commandContext());
    expect(tooLong).toEqual({ ok: false, error: { kind: 'visit', code: 'too_long', field: 'outcome' } });
  });
});

describe('a correction', () => {
  test('sends only what differs', () => {
    const change = valueOf(correction(household, 'household', { headName: 'Nông Văn Sơn', phone: '0987654321', needs: ['poor'] }));
    expect(change).toEqual({ recordId: householdId, kind: 'household', areaId: hamlet, base: 4, set: { phone: '0987654321' } });
  });

  test('clears a field that was emptied with null', () => {
    expect(valueOf(correction(household, 'household', { phone: '', needs: [], sourceListId: undefined }))).toMatchObject({
      set: { phone: null, needs: null, sourceListId: null },
    });
  });

  test('is nothing where nothing differs, a field that was empty and stays empty included', () => {
    expect(correction(household, 'household', { phone: '0912345678', needs: ['poor'], lang: undefined, members: '' })).toEqual({ ok: true, value: undefined });
  });

  test('is judged with the fields it leaves alone', () => {
    expect(correction(household, 'household', { contact: 'no' })).toEqual({ ok: false, error: { kind: 'household', code: 'declined', field: 'headName' } });
  });
});

test('a new record leaves out what is empty', () => {
  expect(valueOf(creation('visit', hamlet, idOf(70), { ...visit, householdId, outcome: '', topics: [], durationMin: undefined }))).toEqual({
    recordId: idOf(70), kind: 'visit', areaId: hamlet, base: 0, set: { ...visit, householdId },
  });
});

test('feedback outside a visit: named at the minute, unnamed to the day', () => {
  const named = valueOf(raiseFeedback(said, hamlet, commandContext()));
  expect(named.entries.map((entry) => entry.occurredAt)).toEqual(['2026-11-21T14:10:00+07:00']);
  const unnamed = valueOf(raiseFeedback(withheld, hamlet, commandContext({ now: Date.parse('2026-11-20T17:30:00Z') })));
  expect(unnamed.entries.map((entry) => entry.occurredAt)).toEqual(['2026-11-21T00:00:00+07:00']);
  expect(unnamed.entries[0]?.changes[0]).toMatchObject({ set: { receivedOn: '2026-11-21' } });
});

test('a talk with a prestigious person lies where the person lies', () => {
  const person = recordOf('prestigious_person', personId);
  const entry = valueOf(recordContact(person, { date: '2026-11-21', purpose: 'tet', met: 'yes', outcome: ' Chúc Tết ' }, commandContext()));
  expect(entry.changes).toEqual([
    { recordId: idOf(100), kind: 'prestigious_contact', areaId: hamlet, base: 0, set: { personId, date: '2026-11-21', purpose: 'tet', met: 'yes', outcome: 'Chúc Tết' } },
  ]);
});

describe('advancing a feedback', () => {
  const feedback = recordOf('feedback', feedbackId);
  const records = recordsOf(feedback, eventOf(20, { type: 'triage', feedbackId, step: 0, on: '2026-11-20' }));
  const triaged = standingOf(feedback, records);

  test('numbers its steps after all that was seen, on the day of the clock', () => {
    const entry = valueOf(advanceFeedback(feedback, triaged, [{ type: 'assign', unitId, dueOn: '2026-12-04' }, { type: 'start' }], commandContext()));
    expect(entry.changes).toMatchObject([
      { kind: 'feedback_event', areaId: hamlet, base: 0, set: { type: 'assign', feedbackId, step: 1, on: '2026-11-21', unitId, dueOn: '2026-12-04' } },
      { kind: 'feedback_event', set: { type: 'start', step: 2 } },
    ]);
  });

  test('refuses what does not apply now, and fields that break a rule', () => {
    expect(advanceFeedback(feedback, triaged, [{ type: 'deliver', channel: 'visit' }], commandContext())).toEqual({ ok: false, error: { code: 'not_now', kind: 'feedback_event' } });
    expect(advanceFeedback(feedback, triaged, [{ type: 'answer', answer: '   Đã sửa      ' }], commandContext())).toEqual({
      ok: false, error: { kind: 'feedback_event', code: 'too_short', field: 'answer' },
    });
  });

  test('keeps what was written without the space around it, and the day that was asked for', () => {
    const entry = valueOf(advanceFeedback(feedback, triaged, [{ type: 'answer', answer: '  Xã đã thay ván cầu.\r\n', on: '2026-11-19' }], commandContext()));
    expect(entry.changes[0]).toMatchObject({ set: { answer: 'Xã đã thay ván cầu.', on: '2026-11-19' } });
  });

  test('whoever answers an assigned feedback has opened it', () => {
    const assigned = standingOf(feedback, recordsOf(
      feedback,
      eventOf(20, { type: 'triage', feedbackId, step: 0, on: '2026-11-20' }),
      eventOf(21, { type: 'assign', feedbackId, step: 1, on: '2026-11-20', unitId, dueOn: '2026-12-04' }),
    ));
    expect(answerSteps(assigned, 'Xã đã thay ván cầu.')).toEqual([{ type: 'start' }, { type: 'answer', answer: 'Xã đã thay ván cầu.' }]);
    expect(answerSteps(triaged, 'Xã đã thay ván cầu.', 'Cầu treo đã sửa.')).toEqual([
      { type: 'answer', answer: 'Xã đã thay ván cầu.', publicAnswer: 'Cầu treo đã sửa.' },
    ]);
  });
});
