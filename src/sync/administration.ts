/**
 * What is asked of the endpoint with a connection and a session, beside the sync: by the administrator of a commune about its members and their phones, by the
 * owner of a phone about its sessions, by the data-protection officer about the audit log. Every route is `POST`; a member without the role gets
 * 403 `not_your_role`, whatever is not in their commune 404 `not_found`, as if it did not exist. Times are ISO instants, days local days.
 */
import * as z from 'zod/mini';
import { instantSchema, uuidSchema } from '#domain/identifiers.ts';
import { memberNameLength } from '#domain/member.ts';
import { heldRoleSchema } from '#domain/role-days.ts';

const count = z.int().check(z.gte(0));
/** The hash that the endpoint keeps of a token: names a session or an invitation and opens neither. */
const tokenHashSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
const memberName = z.string().check(z.trim(), z.minLength(memberNameLength.least), z.maxLength(memberNameLength.most));

/** Refusals of these routes: `{ error }`, with the `field` of the request that is at fault where one is. A field that breaks its own rule: a `RejectionCode` (#domain/rejection.ts), 422. */
export const officeErrors = ['not_your_role', 'not_found', 'last_administrator', 'too_many_devices', 'has_left', 'unknown_place', 'in_the_past'] as const;
export type OfficeErrorCode = (typeof officeErrors)[number];

/** That one member may hold, one after the other or at once. */
export const maxRoles = 10;

/** `isThis`: the session that asks. */
const sessionSummarySchema = z.object({
  sessionId: tokenHashSchema,
  deviceId: uuidSchema,
  createdAt: instantSchema,
  /** To the hour. */
  lastUsedAt: instantSchema,
  isThis: z.boolean(),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

/** `POST /administration/members {}` (commune administrator): everyone with an account in the commune, by name. */
export const membersAnswerSchema = z.object({
  members: z.array(
    z.object({
      memberId: uuidSchema,
      name: z.string(),
      /**
       * What is over, by its days; then what is held and to come, in the hamlets of today and in the order it was given: the first that is held stands on the
       * card that colleagues see. None that is not over: the member has left.
       */
      roles: z.array(heldRoleSchema),
      devices: z.array(
        z.object({
          deviceId: uuidSchema,
          state: z.enum(['active', 'retired', 'revoked']),
          enrolledAt: instantSchema,
          lastContactAt: instantSchema,
          /** Entries that existed only there, as it last reported. */
          unsent: count,
          sessions: z.array(sessionSummarySchema),
        }),
      ),
      /** Those that still let a phone in. */
      invitations: z.array(z.object({ invitationId: tokenHashSchema, createdAt: instantSchema, expiresAt: instantSchema })),
    }),
  ),
});
export type MembersAnswer = z.infer<typeof membersAnswerSchema>;
export type MemberSummary = MembersAnswer['members'][number];

/**
 * `POST /administration/member`: makes the member (`memberId` is the asking page's own new id), or changes one: from now on they are called `name` and hold
 * exactly `roles`, in this order, apart from what is over (which may be said again or left out). What was held and is not said any more ended yesterday. None: they
 * have left, and their open invitations are taken back. Said again it changes nothing more. 409 `last_administrator`: a day would come on which nobody administers the commune; 422 `unknown_place` where a
 * hamlet or unit is not there, `in_the_past` where a role would begin or end before today and did not so far, `required` where a new member gets no role.
 */
export const memberRequestSchema = z.strictObject({ memberId: uuidSchema, name: memberName, roles: z.array(heldRoleSchema).check(z.maxLength(maxRoles)) });
export type MemberRequest = z.infer<typeof memberRequestSchema>;

/** `POST /administration/invitation`: one use, 72 hours. 409 `too_many_devices`: two phones are in use; `has_left`: the member holds no role, and none is to come. */
export const invitationRequestSchema = z.strictObject({ memberId: uuidSchema });
/** `invitation`: the secret, said this once. */
export const invitationAnswerSchema = z.object({ invitation: z.string(), invitationId: tokenHashSchema, expiresAt: instantSchema });
export type InvitationAnswer = z.infer<typeof invitationAnswerSchema>;

/** `POST /administration/invitation/cancel`. One that is used or over: 404. Cancelled before: done. */
export const invitationCancelRequestSchema = z.strictObject({ invitationId: tokenHashSchema });

/** `POST /administration/device/revoke`: for ever, with all that this phone was and became. It wipes itself when it next asks. */
export const deviceRevokeRequestSchema = z.strictObject({ deviceId: uuidSchema });

/**
 * `POST /session/list {}`: the sessions of all phones of whoever asks, the last used first. `POST /session/end`: of their own, or (administrator) of anyone in the
 * commune; 404 for any other, and for one that is over or was ended before. A phone that is unlocked opens the next one by itself: to shut it out, revoke it.
 */
export const sessionsAnswerSchema = z.object({ sessions: z.array(sessionSummarySchema) });
export const sessionEndRequestSchema = z.strictObject({ sessionId: tokenHashSchema });

/** What the routes above answer when there is nothing more to say. */
export const doneAnswerSchema = z.object({ done: z.literal(true) });

/** Named lists that go on paper because law or custom asks for them, by the bloc alone. */
export const printedLists = ['prestigious', 'tet_plan'] as const;
export type PrintedList = (typeof printedLists)[number];

/**
 * `POST /audit/print` (bloc): says that such a list, of so many rows, is about to be printed. Answered once the line stands in the audit log; a page prints after
 * that and not without. Which names stood on it is written nowhere.
 */
export const printRequestSchema = z.strictObject({ list: z.enum(printedLists), rows: z.int().check(z.gte(0), z.lte(10_000)) });
export type PrintRequest = z.infer<typeof printRequestSchema>;

/** A printed list as the subject of its line in the log: `prestigious:26`. */
export function printedSubject({ list, rows }: PrintRequest): string {
  return `${list}:${rows}`;
}

/** Undefined: a list of a newer endpoint. */
export function printedOf(subject: string): PrintRequest | undefined {
  const [list, rows] = subject.split(':');
  const known = printedLists.find((name) => name === list);
  return known === undefined || rows === undefined ? undefined : { list: known, rows: Number(rows) };
}

/** What the log writes down: the whole list, so that the screen has words for each. An endpoint that is newer may write others. */
export const auditActions = [
  'member_created', 'invitation_created', 'device_enrolled', 'device_revoked', 'other_content', 'cursor_above_counter',
  'entry_quarantined', 'entry_failed', 'entry_accepted', 'entry_declined', 'record_erased', 'roles_changed', 'device_renewed', 'device_brought_back', 'member_brought_back',
  'member_renamed', 'invitation_cancelled', 'session_ended', 'hamlet_merged', 'hamlet_parted', 'reception_changed', 'records_written', 'retention_run', 'retention_doubted', 'database_put_back', 'list_printed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/**
 * `POST /audit` (data-protection officer): the commune's audit log, newest first, 100 lines a page, those below number `before`. Ids only, and the names of
 * members (`actorName`, `subjectName`: of the member, or of the one whose device it is); never a citizen's words or name. `origin`: the device that asked; absent where the endpoint or its command line did it.
 */
export const auditRequestSchema = z.strictObject({ before: z.optional(z.int().check(z.gte(1))) });
export const auditAnswerSchema = z.object({
  lines: z.array(
    z.object({
      number: z.int().check(z.gte(1)),
      at: instantSchema,
      actor: z.string(),
      actorName: z.optional(z.string()),
      action: z.string(),
      subject: z.string(),
      subjectName: z.optional(z.string()),
      origin: z.optional(uuidSchema),
    }),
  ),
  more: z.boolean(),
  /** Of the whole log: the first line that is missing or not what was written. */
  brokenAt: z.optional(z.int().check(z.gte(1))),
});
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;
export type AuditLineShown = AuditAnswer['lines'][number];
