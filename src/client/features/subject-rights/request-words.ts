/** A citizen's request in words: no name, and the household's number only for whoever may read the household. */
import { placeWords } from '#client/languages/place-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { erasureErrorOf } from '#client/remote/subject-rights.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { daysLeft } from './request-standing.ts';

type Request = RecordState<'subject_request'>;

/** `Hộ số 12`, or only what it is about. */
export function subjectWords(m: Messages, store: Pick<FieldStore, 'find'>, request: Request): string {
  const { subjectId, subjectKind } = request.fields;
  const subject = store.find(subjectId);
  if (isKind(subject, 'household')) return m.words.household(undefined, subject.fields.no);
  return m.words.requestSubjects[subjectKind];
}

export function placeOfRequest(m: Messages, store: Pick<FieldStore, 'find'>, { areaId }: Request): string {
  return placeWords(m, store, areaId);
}

/** How much time is left, or how it ended. */
export function standingWords(m: Messages, request: Request, now: number, day: (day: string) => string): string {
  const { closedAs, closedOn, refusal } = request.fields;
  const r = m.subjectRights.requests;
  if (closedAs === undefined) {
    const left = daysLeft(request, dayOf(now));
    return left > 0 ? r.daysLeft(left) : left === 0 ? r.dueToday : r.daysOver(-left);
  }
  const ended = r.closed(m.words.requestClosings[closedAs], day(closedOn ?? ''));
  return refusal === undefined ? ended : `${ended}: ${m.words.requestRefusals[refusal]}`;
}

/** Why the endpoint said no to the officer. */
export function refusalWords(m: Messages, refused: Extract<SessionCallError, { readonly code: 'refused' }>): string {
  const code = erasureErrorOf(refused);
  return code === undefined ? m.errors.unknown : m.subjectRights.requests.refusedBy[code];
}
