/** What only a connection can do for a commune: its members, their phones and sessions, the audit log. What each answers is said in `sync/administration.ts`. */
import {
  auditActions, auditAnswerSchema, doneAnswerSchema, invitationAnswerSchema, membersAnswerSchema, officeErrors, sessionsAnswerSchema,
} from '#sync/administration.ts';
import type { AuditAction, AuditAnswer, InvitationAnswer, MemberRequest, MemberSummary, OfficeErrorCode, PrintRequest, SessionSummary } from '#sync/administration.ts';
import { ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';

export { auditActions, maxRoles, officeErrors, printedOf } from '#sync/administration.ts';
export type { AuditAnswer, AuditLineShown, InvitationAnswer, MemberRequest, MemberSummary, PrintRequest, PrintedList, SessionSummary } from '#sync/administration.ts';
export type DeviceSummary = MemberSummary['devices'][number];

/** Which of an office's own refusals this is; undefined: none, or one of a newer endpoint. */
export function officeErrorOf(error: SessionCallError): OfficeErrorCode | undefined {
  return error.code === 'refused' ? officeErrors.find((code) => code === error.error) : undefined;
}

/** Undefined: something that a newer endpoint writes down. */
export function auditActionOf(line: { readonly action: string }): AuditAction | undefined {
  return auditActions.find((action) => action === line.action);
}

type Asked<A> = Promise<Result<A, SessionCallError>>;

/** By name. `refused` with 403: not an administrator (any more). */
export async function fetchMembers(calls: SessionCalls): Asked<readonly MemberSummary[]> {
  const answer = await calls.post('/administration/members', {}, membersAnswerSchema);
  return answer.ok ? ok(answer.value.members) : answer;
}

/** Makes or changes a member. Where no answer came it may have been done: said again, it changes nothing more. */
export async function saveMember(calls: SessionCalls, request: MemberRequest): Asked<void> {
  return await done(calls, '/administration/member', request);
}

/** Where no answer came one may have been made whose secret nobody saw: it stands among the member's open invitations. */
export async function createInvitation(calls: SessionCalls, memberId: string): Asked<InvitationAnswer> {
  return await calls.post('/administration/invitation', { memberId }, invitationAnswerSchema);
}

export async function cancelInvitation(calls: SessionCalls, invitationId: string): Asked<void> {
  return await done(calls, '/administration/invitation/cancel', { invitationId });
}

export async function revokeDevice(calls: SessionCalls, deviceId: string): Asked<void> {
  return await done(calls, '/administration/device/revoke', { deviceId });
}

/** Those of whoever asks, on all their phones. */
export async function fetchSessions(calls: SessionCalls): Asked<readonly SessionSummary[]> {
  const answer = await calls.post('/session/list', {}, sessionsAnswerSchema);
  return answer.ok ? ok(answer.value.sessions) : answer;
}

export async function endSession(calls: SessionCalls, sessionId: string): Asked<void> {
  return await done(calls, '/session/end', { sessionId });
}

/** Newest first; `before`: only lines below that number. */
export async function fetchAudit(calls: SessionCalls, before?: number): Asked<AuditAnswer> {
  return await calls.post('/audit', before === undefined ? {} : { before }, auditAnswerSchema);
}

/** Before a named list is printed. Where no answer came a line may stand in the log for a print that never was. */
export async function notePrint(calls: SessionCalls, print: PrintRequest): Asked<void> {
  return await done(calls, '/audit/print', print);
}

async function done(calls: SessionCalls, path: string, body: unknown): Asked<void> {
  const answer = await calls.post(path, body, doneAnswerSchema);
  return answer.ok ? ok(undefined) : answer;
}
