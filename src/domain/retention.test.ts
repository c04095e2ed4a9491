import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, checkFields } from './change.ts';
import { isLetGo, letGoText, withoutErasedHousehold } from './let-go.ts';
import { foldFeedback } from './feedback-fold.ts';
import { addMonths, dueForRetention, endOf, referredRule, retentionRules } from './retention.ts';
import type { RetentionFacts } from './retention.ts';
import { recordKinds } from './record.ts';
import type { AnyRecord, RecordKind, RecordState } from './record.ts';
import { endpointContext, eventOf, feedbackId, householdId, idOf, recordOf, recordsOf, validFields } from './records.test-support.ts';

const plain = (record: RecordState): AnyRecord => record as unknown as AnyRecord;
const due = (record: RecordState, today: string, facts: RetentionFacts = {}) => dueForRetention(plain(record), facts, today);
const whole = { letsGoOf: 'record' };

describe('months', () => {
  test('end on the same day, or on the last of a shorter month', () => {
    expect(addMonths('2026-11-22', 24)).toBe('2028-11-22');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
    expect(addMonths('2028-02-29', 24)).toBe('2030-02-28');
    expect(addMonths('2026-08-31', 60)).toBe('2031-08-31');
  });

  test('never end a day early, whatever the day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }), fc.integer({ min: 1, max: 72 }), (date, months) => {
        const day = date.toISOString().slice(0, 10);
        const end = addMonths(day, months);
        const [year = 0, month = 0, at = 0] = day.split('-').map(Number);
        const [endYear = 0, endMonth = 0, endAt = 0] = end.split('-').map(Number);
        expect(endYear * 12 + endMonth).toBe(year * 12 + month + months);
        const lastOfMonth = new Date(Date.UTC(endYear, endMonth, 0)).getUTCDate();
        expect(endAt).toBe(Math.min(at, lastOfMonth));
      }),
    );
  });
});

describe('what is due', () => {
  test.each([
    ['visit', '2028-11-20', '2028-11-21'],
    ['prestigious_contact', '2028-11-20', '2028-11-21'],
    ['benefit', '2031-02-09', '2031-02-10'],
  ] as const)('a %s as a whole, on the day and not the day before', (kind, before, on) => {
    expect(due(recordOf(kind, idOf(40)), before)).toBeUndefined();
    expect(due(recordOf(kind, idOf(40)), on)).toEqual(whole);
  });

  test('the words of feedback that has ended, with whoever said it; those of feedback that is still to be answered never', () => {
    const named = recordOf('feedback', feedbackId, { citizenPhone: '0912345678', place: 'Cầu treo', householdId });
    expect(due(named, '2040-01-01')).toBeUndefined();
    expect(due(named, '2028-12-01', { endedOn: '2026-12-02' })).toBeUndefined();
    const act = due(named, '2028-12-02', { endedOn: '2026-12-02' });
    expect(act).toEqual({ letsGoOf: 'words', set: { text: letGoText, place: null, citizenName: letGoText, citizenPhone: null, householdId: null, nameToResponder: null } });
    const withheld = { ...named, fields: { ...validFields.feedback, anonymity: 'name_withheld', citizenName: undefined } } as RecordState<'feedback'>;
    expect(due(withheld, '2028-12-02', { endedOn: '2026-12-02' })).toEqual({ letsGoOf: 'words', set: { text: letGoText, place: null } });
    const denounced = { ...named, fields: { kind: 'to_cao', receivedOn: '2026-11-21' } } as RecordState<'feedback'>;
    expect(due(denounced, '2040-01-01', { endedOn: '2026-11-21' })).toBeUndefined();
  });

  test('the words of feedback that was referred a month after that, so that whoever spoke can still be told where to go', () => {
    const facts = { endedOn: '2026-12-02', isReferred: true };
    expect(due(recordOf('feedback', feedbackId), '2027-01-01', facts)).toBeUndefined();
    expect(due(recordOf('feedback', feedbackId), '2027-01-02', facts)).toMatchObject({ letsGoOf: 'words', set: { text: letGoText, citizenName: letGoText } });
    const detail = eventOf(41, { type: 'add_detail', feedbackId, step: 1, on: '2026-12-01', detail: 'Ông trưởng trạm' });
    expect(due(detail, '2027-01-01', facts)).toBeUndefined();
    expect(due(detail, '2027-01-02', facts)).toEqual({ letsGoOf: 'words', set: { detail: letGoText } });
  });

  test('the words of its steps, but for what stands on the public board; and what is left is still what its schema takes', () => {
    const on = '2026-12-02';
    const answer = eventOf(41, { type: 'answer', feedbackId, step: 3, on, answer: 'Xã đã thay ván cầu cho bà Mẩy', publicAnswer: 'Xã đã sửa cầu treo' });
    expect(due(answer, '2028-12-02', { endedOn: on })).toEqual({ letsGoOf: 'words', set: { answer: letGoText } });
    for (const event of [
      { type: 'return', feedbackId, step: 1, on, field: 'place', comment: letGoText }, { type: 'add_detail', feedbackId, step: 1, on, detail: letGoText },
      { type: 'extend', feedbackId, step: 1, on, dueOn: on, reason: letGoText }, { type: 'transfer_up', feedbackId, step: 1, on, reason: letGoText },
      { type: 'reopen', feedbackId, step: 1, on, reason: letGoText }, { ...answer.fields, answer: letGoText },
    ]) expect(checkFields('feedback_event', event), event.type).toBeUndefined();
    expect(checkFields('feedback', { ...validFields.feedback, text: letGoText, citizenName: letGoText })).toBeUndefined();
  });

  test('once: where nothing is left nothing is due, but for a conflict that still holds the words', () => {
    const done = recordOf('feedback', feedbackId, { text: letGoText, citizenName: letGoText });
    expect(due(done, '2030-01-01', { endedOn: '2026-12-02' })).toBeUndefined();
    const conflict = { field: 'text', value: 'Cầu treo hỏng rồi', memberId: idOf(6), occurredAt: '2026-11-21T08:00:00+07:00', version: 1 };
    expect(due({ ...done, conflicts: [conflict] }, '2030-01-01', { endedOn: '2026-12-02' })).toMatchObject({ letsGoOf: 'words' });
  });

  test('a consent when another took its place, the standing one never; a request when it has been closed', () => {
    expect(due(recordOf('consent', idOf(40)), '2099-01-01')).toBeUndefined();
    expect(due(recordOf('consent', idOf(40)), '2028-12-02', { supersededOn: '2026-12-02' })).toEqual(whole);
    expect(due(recordOf('subject_request', idOf(40)), '2099-01-01')).toBeUndefined();
    const closed = recordOf('subject_request', idOf(40), { closedAs: 'done', closedOn: '2026-12-02' });
    expect(due(closed, '2031-12-01')).toBeUndefined();
    expect(due(closed, '2031-12-02')).toEqual(whole);
  });

  test('what a person deleted, of any kind that tells of people; places, units and colleagues never', () => {
    for (const kind of recordKinds) {
      const deleted = recordOf(kind, idOf(40), {}, { deleted: true });
      const isKept = (['area', 'unit', 'member'] as RecordKind[]).includes(kind);
      expect(due(deleted, '2028-11-22', { deletedOn: '2026-11-22' }), kind).toEqual(isKept ? undefined : whole);
    }
    expect(due(recordOf('household', idOf(40), {}, { deleted: true }), '2028-11-21', { deletedOn: '2026-11-22' })).toBeUndefined();
    expect(due(recordOf('household', idOf(40)), '2099-01-01')).toBeUndefined();
  });

  test('every rule says where it comes from', () => {
    for (const rule of [...Object.values(retentionRules), referredRule]) expect(rule.source).toMatch(/domain model|Decision|Law/u);
  });
});

describe('a feedback’s end', () => {
  const fold = (...events: Parameters<typeof eventOf>[1][]) => foldFeedback(validFields.feedback, events.map((event, n) => ({ eventId: idOf(50 + n), event })));
  const way = [
    { type: 'triage', feedbackId, step: 0, on: '2026-11-22' }, { type: 'answer', feedbackId, step: 1, on: '2026-11-25', answer: 'Xã đã thay ván cầu' },
    { type: 'deliver', feedbackId, step: 2, on: '2026-11-27', channel: 'visit' }, { type: 'confirm', feedbackId, step: 3, on: '2026-11-28', confirmation: 'satisfied' },
  ] as const;

  test('is the day it was closed, or the day it was withdrawn, referred or merged; before that there is none', () => {
    expect(endOf(fold(...way))).toBe('2026-11-28');
    expect(endOf(fold(...way.slice(0, 3)))).toBeUndefined();
    expect(endOf(fold({ type: 'withdraw', feedbackId, step: 0, on: '2026-11-23' }))).toBe('2026-11-23');
    expect(endOf(fold(...way, { type: 'reopen', feedbackId, step: 4, on: '2026-12-01', reason: 'Ván lại hỏng' }))).toBeUndefined();
  });
});

describe('what comes late', () => {
  const gone = plain(recordOf('feedback', feedbackId, { text: letGoText, citizenName: letGoText }, { version: 5 }));
  const context = endpointContext([], recordsOf());
  const edit = (set: Record<string, unknown>) => applyChange(gone, { recordId: feedbackId, kind: 'feedback', areaId: gone.areaId, base: 1, set }, context);

  test('brings nothing back that was let go of, and is no conflict; what else it sets is kept', () => {
    const after = edit({ text: 'Cầu treo hỏng ván rồi', citizenPhone: '0912345678', place: 'Cầu', urgency: 'urgent_safety' });
    expect(after.ok && after.value.fields).toEqual({ ...validFields.feedback, text: letGoText, citizenName: letGoText, urgency: 'urgent_safety' });
    expect(after.ok && after.value.conflicts).toEqual([]);
  });

  test('where only the name is gone the words may still be mended', () => {
    const nameless = plain(recordOf('feedback', feedbackId, { citizenName: letGoText }));
    const change = { recordId: feedbackId, kind: 'feedback' as const, areaId: gone.areaId, base: 1, set: { text: 'Cầu treo hỏng hai ván', citizenName: 'Lý Thị Mẩy' } };
    const after = applyChange(nameless, change, context);
    expect(after.ok && after.value.fields).toMatchObject({ text: 'Cầu treo hỏng hai ván', citizenName: letGoText });
  });

  test('from a household that was erased meanwhile, it is kept without who said it', () => {
    const change = { recordId: feedbackId, kind: 'feedback' as const, areaId: gone.areaId, base: 0, set: { ...validFields.feedback, citizenPhone: '0912345678', householdId, nameToResponder: true } };
    const kept = withoutErasedHousehold(change, (id) => id === householdId);
    expect('set' in kept && kept.set).toEqual({ ...validFields.feedback, citizenName: letGoText });
    expect(withoutErasedHousehold(change, () => false)).toBe(change);
    expect(isLetGo(kept.set['citizenName'])).toBe(true);
  });
});
