import { describe, expect, it } from 'vitest';
import type { ErasureConfirmation } from '#client/remote/subject-rights.ts';
import type { RecordState } from '#domain/record.ts';
import type { SubjectRequest } from '#domain/subject-request.ts';
import { daysLeft, erasedOn, sortedRequests, subjectMark } from './request-standing.ts';

const idOf = (n: number) => `01900000-0000-7000-8000-0000000abc${String(n).padStart(2, '0')}`;
function request(n: number, fields: Partial<SubjectRequest> = {}): RecordState<'subject_request'> {
  return {
    recordId: idOf(n), kind: 'subject_request', areaId: '01456-001', version: 1, deleted: false, conflicts: [], memberId: idOf(90), occurredAt: '2026-11-02T08:00:00+07:00',
    fields: { subjectId: idOf(50), subjectKind: 'household', kind: 'erase', receivedOn: '2026-11-02', way: 'at_door', ...fields },
  };
}

describe('a request of a citizen', () => {
  it('has as many days left as the law gives its kind, and is late after its day', () => {
    expect(daysLeft(request(1), '2026-11-02')).toBe(20);
    expect(daysLeft(request(1), '2026-11-22')).toBe(0);
    expect(daysLeft(request(1, { kind: 'access' }), '2026-11-15')).toBe(-3);
  });

  it('stands in the list by what is due first, behind the open ones those that were closed, the latest first', () => {
    const late = request(1, { kind: 'access' });
    const fresh = request(2, { receivedOn: '2026-11-20' });
    const done = request(3, { closedAs: 'done', closedOn: '2026-11-10' });
    const refused = request(4, { closedAs: 'refused', refusal: 'not_theirs', closedOn: '2026-11-12' });
    const { open, closed } = sortedRequests([done, fresh, refused, late]);
    expect([open, closed].map((list) => list.map(({ recordId }) => recordId))).toEqual([[late, fresh], [refused, done]].map((list) => list.map(({ recordId }) => recordId)));
  });

  it('is told apart by a mark that is no name', () => {
    expect(subjectMark(request(1))).toBe('0ABC50');
  });
});

describe('what was erased', () => {
  const phone = (n: number, more: Partial<ErasureConfirmation> = {}): ErasureConfirmation => ({
    deviceId: idOf(n), memberId: idOf(n + 20), memberName: `Máy ${n}`, state: 'active', lastContactAt: `2026-11-0${n}T08:00:00+07:00`, erasedAt: '2026-11-01T08:00:00+07:00', ...more,
  });
  const confirmed = { confirmedAt: '2026-11-02T08:00:00+07:00' };

  it('is gone from so many phones of so many, and the others are named, the longest silent first', () => {
    const told = erasedOn([phone(5), phone(1, confirmed), phone(3), phone(4, { state: 'revoked' }), phone(6, { state: 'revoked', ...confirmed })]);
    expect({ ...told, waited: told.waited.map(({ memberName }) => memberName), lost: told.lost.map(({ memberName }) => memberName) }).toEqual({
      done: 2, all: 5, waited: ['Máy 3', 'Máy 5'], lost: ['Máy 4'], isEverywhere: false,
    });
  });

  it('is not waited for on a phone that went on as another', () => {
    expect(erasedOn([phone(1, { state: 'retired' }), phone(2, { state: 'retired', ...confirmed })])).toMatchObject({ done: 1, all: 1, waited: [], lost: [], isEverywhere: true });
    expect(erasedOn([])).toEqual({ done: 0, all: 0, waited: [], lost: [], isEverywhere: true });
  });
});
