import { describe, expect, test } from 'vitest';
import { clockOf, escalationOf, intakeDueOnOf, usualDueOn } from './feedback-clocks.ts';
import { foldFeedback } from './feedback-fold.ts';
import type { RecordedEvent } from './feedback-fold.ts';
import type { Feedback, FeedbackEvent } from './feedback.ts';
import { feedbackId, idOf, unitId, validFields } from './records.test-support.ts';

/** Of this test alone: a long Tết, the Hùng Kings, 30 April and its Monday; two Saturdays are made up for. */
const holidays = {
  holidays: [
    '2026-09-01', '2026-09-02', '2027-01-01', '2027-02-04', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12', '2027-04-16', '2027-04-30', '2027-05-03',
  ],
  workingSaturdays: ['2027-02-20', '2027-05-08'],
};

type Step = FeedbackEvent extends infer E ? (E extends FeedbackEvent ? Omit<E, 'feedbackId' | 'step' | 'on'> : never) : never;
/** A step, and the day on which it arrived at the endpoint; undefined: this phone alone has it. */
type Arrived = readonly [step: Step, arrivedOn?: string | undefined];

function clockAfter(arrivedOn: string | undefined, steps: readonly Arrived[] = [], fields: Partial<Feedback> = {}) {
  const said = { ...validFields.feedback, ...fields };
  const arrivals = new Map<string, { readonly receivedAt?: string }>();
  const events = steps.map(([step, on], at): RecordedEvent => {
    arrivals.set(idOf(100 + at), on === undefined ? {} : { receivedAt: `${on}T23:30:00+07:00` });
    // Written long before it arrived: that starts no clock.
    return { eventId: idOf(100 + at), event: { ...step, feedbackId, step: at, on: '2027-01-04' } };
  });
  const receivedAt = arrivedOn === undefined ? {} : { receivedAt: `${arrivedOn}T06:00:00+07:00` };
  return clockOf({ fields: said, ...receivedAt }, foldFeedback(said, events), { holidays, find: (id) => arrivals.get(id) });
}

const triage: Step = { type: 'triage' };
const answer: Step = { type: 'answer', answer: 'Xã đã thay ván cầu treo' };

/** Reckoned by another program (numpy's `busday_offset`). */
const table = [
  ['2026-08-31', '2026-09-04', '2026-09-09', '2026-09-16'],
  ['2026-12-31', '2027-01-05', '2027-01-08', '2027-01-15'],
  ['2027-01-29', '2027-02-02', '2027-02-16', '2027-02-22'],
  ['2027-02-01', '2027-02-03', '2027-02-17', '2027-02-23'],
  ['2027-02-02', '2027-02-15', '2027-02-18', '2027-02-24'],
  ['2027-02-03', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-04', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-06', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-07', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-11', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-12', '2027-02-16', '2027-02-19', '2027-02-25'],
  ['2027-02-15', '2027-02-17', '2027-02-20', '2027-02-26'],
  ['2027-02-19', '2027-02-22', '2027-02-25', '2027-03-04'],
  ['2027-02-20', '2027-02-23', '2027-02-26', '2027-03-05'],
  ['2027-02-21', '2027-02-23', '2027-02-26', '2027-03-05'],
  ['2027-04-15', '2027-04-20', '2027-04-23', '2027-05-04'],
  ['2027-04-29', '2027-05-05', '2027-05-08', '2027-05-14'],
  ['2027-05-01', '2027-05-05', '2027-05-08', '2027-05-14'],
  ['2027-05-07', '2027-05-10', '2027-05-13', '2027-05-20'],
  ['2027-05-08', '2027-05-11', '2027-05-14', '2027-05-21'],
  ['2027-05-09', '2027-05-11', '2027-05-14', '2027-05-21'],
] as const;

describe.each(table)('what arrived on %s', (arrivedOn, inTwo, inFive, inTen) => {
  test('is looked at within two working days, given to a unit within five', () => {
    expect(clockAfter(arrivedOn)).toEqual({ owed: 'triage', dueOn: inTwo });
    expect(clockAfter(arrivedOn, [[triage, '2027-06-01']])).toEqual({ owed: 'assign', dueOn: inFive });
  });

  test('is told at the door within five of the answer, and its intake told within ten; so long a unit has by default', () => {
    expect(clockAfter('2026-08-03', [[triage, '2026-08-03'], [answer, arrivedOn]])).toEqual({ owed: 'tell', dueOn: inFive });
    expect(intakeDueOnOf({ fields: validFields.feedback, receivedAt: `${arrivedOn}T06:00:00+07:00` }, holidays)).toBe(inTen);
    expect(usualDueOn(arrivedOn, holidays)).toBe(inTen);
  });
});

describe('a clock', () => {
  const [came, inTwo, inFive] = table[3];
  const given: readonly Arrived[] = [[triage, came], [{ type: 'assign', unitId, dueOn: '2027-02-17' }, came]];
  const told: readonly Arrived[] = [...given, [{ type: 'start' }, came], [answer, came], [{ type: 'deliver', channel: 'visit' }, came]];

  test('starts with the arrival: the day on which it was said, weeks without a signal before, shortens nothing', () => {
    expect(clockAfter(came, [], { receivedOn: '2026-12-01' })).toEqual({ owed: 'triage', dueOn: inTwo });
    expect(clockAfter(undefined)).toBeUndefined();
    expect(clockAfter(undefined, [[triage]])).toBeUndefined();
  });

  test('of what endangers people ends the same day', () => {
    expect(clockAfter(came, [], { urgency: 'urgent_safety' })).toEqual({ owed: 'triage', dueOn: came });
    expect(clockAfter(came, [[{ type: 'triage', urgency: 'urgent_safety' }, came]])).toEqual({ owed: 'assign', dueOn: came });
  });

  test('of a unit is the day that the bloc named, until it answers', () => {
    expect(clockAfter(came, given)).toEqual({ owed: 'answer', dueOn: '2027-02-17' });
    expect(clockAfter(came, [...given, [{ type: 'start' }, came]])).toEqual({ owed: 'answer', dueOn: '2027-02-17' });
    expect(clockAfter(came, [...given, [{ type: 'start' }, came], [{ type: 'extend', dueOn: '2027-03-01', reason: 'Chờ vật liệu' }, came]])).toEqual({ owed: 'answer', dueOn: '2027-03-01' });
  });

  test('begins anew with detail that was asked for, with new facts, with an answer that did not help; not with a day on which nobody was at the door', () => {
    const asked: readonly Arrived[] = [[triage, '2027-01-04'], [{ type: 'return', field: 'place', comment: 'Cầu nào?' }, '2027-01-04']];
    expect(clockAfter('2027-01-04', asked)).toBeUndefined();
    expect(clockAfter('2027-01-04', [...asked, [{ type: 'add_detail', detail: 'Cầu cuối xóm' }, came]])).toEqual({ owed: 'triage', dueOn: inTwo });
    for (const step of [{ type: 'confirm', confirmation: 'not' }, { type: 'reopen', reason: 'Cầu lại hỏng' }] as const) {
      expect(clockAfter('2027-01-04', [...told, [step, came]])).toEqual({ owed: 'triage', dueOn: inTwo });
      expect(clockAfter('2027-01-04', [...told, [step, came], [triage, '2027-06-01']])).toEqual({ owed: 'assign', dueOn: inFive });
    }
    expect(clockAfter('2026-08-03', [[triage, '2026-08-03'], [answer, came], [{ type: 'not_found' }, '2027-02-16']])).toEqual({ owed: 'tell', dueOn: inFive });
  });

  test('of a step that this phone alone has is reckoned from the day on which it was written', () => {
    expect(clockAfter(came, [[triage, came], [answer]])).toEqual({ owed: 'tell', dueOn: '2027-01-11' });
  });

  test('stands still where nothing is owed', () => {
    for (const steps of [told, [...told, [{ type: 'confirm', confirmation: 'satisfied' }, came] as const], [[{ type: 'withdraw' }, came] as const], [...given, [{ type: 'transfer_up', reason: 'Việc của tỉnh' }, came] as const]]) {
      expect(clockAfter(came, steps)).toBeUndefined();
    }
    const referred = { kind: 'to_cao', receivedOn: '2027-02-01' } as const;
    expect(clockOf({ fields: referred, receivedAt: `${came}T06:00:00+07:00` }, foldFeedback(referred, []), { holidays, find: () => undefined })).toBeUndefined();
    expect(intakeDueOnOf({ fields: referred, receivedAt: `${came}T06:00:00+07:00` }, holidays)).toBeUndefined();
  });
});

/** Reckoned by the same other program. */
test.each([
  ['2027-02-03', { '2027-01-29': 'none', '2027-02-01': 'soon', '2027-02-02': 'soon', '2027-02-03': 'today', '2027-02-04': 'late', '2027-02-14': 'late', '2027-02-16': 'late', '2027-02-17': 'lead', '2027-02-22': 'lead', '2027-02-25': 'report' }],
  ['2027-02-22', { '2027-02-18': 'none', '2027-02-19': 'soon', '2027-02-20': 'soon', '2027-02-21': 'soon', '2027-02-22': 'today', '2027-02-23': 'late', '2027-02-25': 'lead', '2027-03-05': 'lead', '2027-03-08': 'report' }],
])('who is to look at what is due on %s changes with the working days', (dueOn, days) => {
  expect(Object.fromEntries(Object.keys(days).map((today) => [today, escalationOf(dueOn, today, holidays)]))).toEqual(days);
});
