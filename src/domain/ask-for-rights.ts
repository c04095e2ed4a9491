/** A citizen's request is taken down at the door or in the office, and closed when it is done or refused. */
import { creation, entryOf } from './command.ts';
import { checkFields } from './change.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import { dayOf } from './identifiers.ts';
import type { AnyRecord, RecordState } from './record.ts';
import { err } from './result.ts';
import type { Result } from './result.ts';
import type { RequestRefusal, RequestSubjectKind, SubjectRequest } from './subject-request.ts';

export type SubjectRequestInput = Pick<SubjectRequest, 'kind' | 'receivedOn' | 'way'>;
/** What is asked about; it need not lie on this phone (a data-protection officer reads no household). */
export type RequestSubject = Pick<AnyRecord, 'recordId' | 'areaId'> & { readonly kind: RequestSubjectKind };

export function receiveSubjectRequest(subject: RequestSubject, input: SubjectRequestInput, context: CommandContext): Result<EntryDraft, CommandError> {
  const { recordId: subjectId, kind: subjectKind, areaId } = subject;
  const { kind, receivedOn, way } = input;
  const request = creation('subject_request', areaId, context.newId(), { subjectId, subjectKind, kind, receivedOn, way });
  return request.ok ? entryOf([request.value], context) : request;
}

/** `done`, or why not. That an erasure was done is said by the endpoint alone: `POST /erasure`. */
export type Closing = { readonly closedAs: 'done' } | { readonly closedAs: 'refused'; readonly refusal: RequestRefusal };

export function closeSubjectRequest(request: RecordState<'subject_request'>, closing: Closing, context: CommandContext): Result<EntryDraft, CommandError> {
  const { recordId, kind, areaId, version, fields } = request;
  const set = closingFields(closing, dayOf(context.now));
  const rejection = checkFields(kind, { ...fields, ...set, refusal: set.refusal ?? undefined });
  if (rejection !== undefined) return err({ kind, ...rejection });
  return entryOf([{ recordId, kind, areaId, base: version, set }], context);
}

/** All three every time, cleared where they hold nothing: of two who close one request apart, one closing is shown, never a mixture of both. */
export function closingFields(closing: Closing, closedOn: string): { closedAs: 'done' | 'refused'; closedOn: string; refusal: RequestRefusal | null } {
  return { closedAs: closing.closedAs, closedOn, refusal: closing.closedAs === 'refused' ? closing.refusal : null };
}
