import { describe, expect, test } from 'vitest';
import { closeSubjectRequest, receiveSubjectRequest } from './ask-for-rights.ts';
import { applyChange, checkFields } from './change.ts';
import { dueOnOf, replyDueOnOf } from './legal-deadlines.ts';
import type { AnyRecord } from './record.ts';
import { colleagueId, commandContext, endpointContext, feedbackId, hamlet, householdId, idOf, otherDeviceId, recordOf, recordsOf, validFields } from './records.test-support.ts';
import { shippedHolidays } from './working-days.ts';

const subject = recordOf('household', householdId);
const request = (fields = {}) => recordOf('subject_request', idOf(40), fields);

describe('a request', () => {
  test('names its subject by id, lies where it lies, and holds no word of anybody', () => {
    const entry = receiveSubjectRequest(subject, { kind: 'erase', receivedOn: '2026-11-20', way: 'letter' }, commandContext());
    expect(entry.ok && entry.value.changes).toMatchObject([
      { kind: 'subject_request', base: 0, areaId: hamlet, set: { subjectId: householdId, subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-20', way: 'letter' } },
    ]);
  });

  test('that is done or refused says when; a refusal says why', () => {
    const fields = validFields.subject_request;
    expect(checkFields('subject_request', { ...fields, closedAs: 'done', closedOn: '2026-11-25' })).toBeUndefined();
    expect(checkFields('subject_request', { ...fields, closedAs: 'done' })).toEqual({ code: 'required', field: 'closedOn' });
    expect(checkFields('subject_request', { ...fields, closedOn: '2026-11-25' })).toEqual({ code: 'required', field: 'closedAs' });
    expect(checkFields('subject_request', { ...fields, closedAs: 'refused', closedOn: '2026-11-25' })).toEqual({ code: 'required', field: 'refusal' });
    expect(checkFields('subject_request', { ...fields, refusal: 'kept_by_law' })).toEqual({ code: 'not_in_list', field: 'refusal' });
  });

  test('about one kind of record is not taken for another', () => {
    const change = { recordId: idOf(40), kind: 'subject_request' as const, areaId: hamlet, base: 0, set: { ...validFields.subject_request, subjectKind: 'feedback' } };
    expect(applyChange(undefined, change, endpointContext([], recordsOf(subject)))).toEqual({ ok: false, error: { code: 'unknown_record', field: 'subjectId' } });
    expect(applyChange(undefined, change, endpointContext([], recordsOf())).ok, 'a subject that is not at hand').toBe(true);
    const said = { ...change, set: { ...change.set, subjectId: feedbackId } };
    expect(applyChange(undefined, said, endpointContext([], recordsOf(recordOf('feedback', feedbackId)))).ok).toBe(true);
  });

  test('of which nothing but its closing can change', () => {
    const change = { recordId: idOf(40), kind: 'subject_request' as const, areaId: hamlet, base: 1, set: { subjectId: feedbackId } };
    expect(applyChange(request() as AnyRecord, change, endpointContext())).toEqual({ ok: false, error: { code: 'fixed', field: 'subjectId' } });
  });
});

describe('two who close one request apart', () => {
  test('leave one whole closing, and the other’s beside it', () => {
    const [refused, done] = (['refused', 'done'] as const).map((closedAs) => {
      const entry = closeSubjectRequest(request(), closedAs === 'done' ? { closedAs } : { closedAs, refusal: 'not_theirs' }, commandContext());
      if (!entry.ok || entry.value.changes[0] === undefined) throw new Error('not closed');
      return entry.value.changes[0];
    });
    if (refused === undefined || done === undefined || !('set' in refused)) throw new Error('not closed');
    const first = applyChange(request(), refused, endpointContext());
    if (!first.ok) throw new Error(first.error.code);
    const settings = Object.entries(refused.set).map(([field, value]) => ({
      field, value, version: 2, deviceId: otherDeviceId, memberId: colleagueId, occurredAt: '2026-11-21T14:00:00+07:00',
    }));
    const second = applyChange(first.value, done, endpointContext(settings));
    expect(second.ok && second.value.fields).toEqual({ ...validFields.subject_request, closedAs: 'done', closedOn: '2026-11-21' });
    expect(second.ok && second.value.conflicts.map(({ field, value }) => [field, value])).toEqual([['closedAs', 'refused'], ['refusal', 'not_theirs']]);
  });

  test('and a closing without its reason is not saved', () => {
    const entry = closeSubjectRequest(request(), { closedAs: 'refused' } as never, commandContext());
    expect(entry).toEqual({ ok: false, error: { kind: 'subject_request', code: 'required', field: 'refusal' } });
  });
});

test('the law’s days are counted from the day it came: of the calendar to be done, of the office to be answered', () => {
  const on = (kind: 'access' | 'correct' | 'erase', receivedOn: string) => dueOnOf({ kind, receivedOn });
  expect(on('access', '2026-11-21')).toBe('2026-12-01');
  expect(on('correct', '2026-12-25')).toBe('2027-01-04');
  expect(on('erase', '2028-02-20')).toBe('2028-03-11');
  expect(on('erase', '2025-06-01'), 'before the table begins').toBe('2025-06-21');
  expect(replyDueOnOf({ receivedOn: '2026-12-31' }, shippedHolidays)).toBe('2027-01-05');
});
