/**
 * What travels between phone and endpoint: the wire schemas of `POST /sync` and of enrolment, read strictly on both sides.
 * Epoch and schema are on the wire from the first day. The reasons stand in docs/protocol.md.
 */
import * as z from 'zod/mini';
import { changeSchema } from '#domain/change.ts';
import { communeCodeSchema, hamletIdSchema, instantSchema, uuidSchema } from '#domain/identifiers.ts';
import { assignmentSchema } from '#domain/role.ts';
import { maxEntryBytes } from './packed-json.ts';

export const protocolVersion = 1;
/** At most so many sealed entries, so many bytes of them, and so many session headers in one request. */
export const batchLimits = { entries: 200, bytes: 256 * 1024, sessions: 16 } as const;
/** Sequences and versions after a restore start above `epoch × epochSpan`, so that neither ever repeats. */
export const epochSpan = 2 ** 32;
/** So many lost entries are named in one request. */
export const maxLost = 200;

const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]*$/));
const channelIdSchema = z.string().check(z.regex(/^[a-z]+\/[0-9a-f-]{5,36}$/));
const count = z.int().check(z.gte(0));

export const sealingSessionHeaderSchema = z.strictObject({
  info: base64url.check(z.maxLength(1024)),
  enc: base64url.check(z.maxLength(128)),
  signature: base64url.check(z.maxLength(128)),
});

export const sessionIdSchema = base64url.check(z.length(22));

const sealedBytes = base64url.check(z.maxLength(Math.ceil((maxEntryBytes * 4) / 3) + 4));
export const sealedEntrySchema = z.strictObject({ session: sessionIdSchema, deviceSeq: z.int().check(z.gte(1)), bytes: sealedBytes });

/** Where a phone stands in a channel. `upTo`: the counter at the first page of a first download, sent back until it is reached. */
const channelPositionSchema = z.strictObject({ cursor: count, upTo: z.optional(count) });

export const syncRequestSchema = z.strictObject({
  protocol: z.literal(protocolVersion),
  sessions: z.array(sealingSessionHeaderSchema).check(z.maxLength(batchLimits.sessions)),
  entries: z.array(sealedEntrySchema).check(z.maxLength(batchLimits.entries)),
  pull: z.optional(
    z.strictObject({
      /** 0: this phone has not met the endpoint yet. */
      epoch: count,
      schema: z.int().check(z.gte(1)),
      channels: z.record(channelIdSchema, channelPositionSchema),
      /** How many entries exist only on this phone: shown to the administrator when the phone is lost. */
      unsent: count,
      /** Entries that a held one of this phone waits for and that are no longer here: nothing needs to wait for them any more. */
      lost: z.optional(z.array(uuidSchema).check(z.maxLength(maxLost))),
    }),
  ),
  /** Without a session: the verdicts come back in the answer, sealed for each sealing session's own device. */
  receipts: z.optional(z.literal(true)),
});
export type SyncRequest = z.infer<typeof syncRequestSchema>;

const verdicts = ['applied', 'merged', 'held', 'quarantined', 'rejected', 'erased'] as const;

/**
 * What the endpoint said of an entry: a record in the device's own channel, so that a late one arrives like anything else.
 * `held`: waits for `after` or for an upgrade (`code: 'schema'`). `quarantined`: kept for a supervisor, `code` says why.
 * `rejected`: broke a rule, `code` and `field` say which. `sequences`: where its records stand, by channel.
 */
const verdictSchema = z.object({
  entryId: uuidSchema,
  deviceSeq: z.int(),
  verdict: z.enum(verdicts),
  code: z.optional(z.string()),
  field: z.optional(z.string()),
  after: z.optional(z.array(uuidSchema)),
  sequences: z.optional(z.record(z.string(), count)),
  settledAt: instantSchema,
  /** Why a supervisor declined it, in their words, and who they are. */
  note: z.optional(z.string()),
  decidedBy: z.optional(uuidSchema),
  /** What they are called: whoever left the hamlet no longer reads who leads it. */
  decidedByName: z.optional(z.string()),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** As it travels: sealed under the second key of a sealing session, so that only the device which opened that session reads it. */
export const sealedReceiptSchema = z.strictObject({ session: sessionIdSchema, bytes: sealedBytes });
/** What stands in a receipt: what is true of the entries of one sealing session that were handed in, at that moment. */
export const receiptSchema = z.object({ epoch: z.int().check(z.gte(1)), endpointTime: instantSchema, verdicts: z.array(verdictSchema) });
export type Receipt = z.infer<typeof receiptSchema>;

const conflictSchema = z.object({
  field: z.string(),
  value: z.unknown(),
  memberId: uuidSchema,
  occurredAt: instantSchema,
  version: count,
  shown: z.optional(z.object({ memberId: uuidSchema, occurredAt: instantSchema })),
});

/** A record's newest state, as its channel shows it. */
const recordRowSchema = z.object({
  sequence: z.int().check(z.gte(1)),
  recordId: z.string(),
  kind: z.string(),
  areaId: z.string(),
  version: count,
  fields: z.record(z.string(), z.unknown()),
  conflicts: z.optional(z.array(conflictSchema)),
  memberId: uuidSchema,
  occurredAt: instantSchema,
  receivedAt: z.optional(instantSchema),
});
/** `deleted`: gone for all. `evicted`: gone from this channel; another may still show it. */
const goneRowSchema = z.object({
  sequence: z.int().check(z.gte(1)),
  recordId: z.string(),
  version: count,
  gone: z.enum(['deleted', 'evicted']),
});
const verdictRowSchema = z.object({
  sequence: z.int().check(z.gte(1)),
  recordId: uuidSchema,
  version: count,
  verdict: verdictSchema,
});
const rowSchema = z.union([recordRowSchema, goneRowSchema, verdictRowSchema]);
export type RecordRow = z.infer<typeof recordRowSchema>;
export type VerdictRow = z.infer<typeof verdictRowSchema>;
export type Row = z.infer<typeof rowSchema>;

/** Rows in sequence order. `digest` (hex, 32 digits) and totals hold only at `more: false`. */
const pageSchema = z.object({
  channelId: channelIdSchema,
  from: count,
  cursor: count,
  upTo: z.optional(count),
  rows: z.array(rowSchema),
  more: z.boolean(),
  digest: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/))),
});
export type Page = z.infer<typeof pageSchema>;

/** The member as the endpoint knows them at this moment: what the phone may show and offer. */
export const memberAccountSchema = z.object({
  memberId: uuidSchema,
  communeCode: communeCodeSchema,
  name: z.string(),
  assignments: z.array(assignmentSchema),
});
export type MemberAccount = z.infer<typeof memberAccountSchema>;

export const syncAnswerSchema = z.object({
  epoch: z.int().check(z.gte(1)),
  schema: z.int().check(z.gte(1)),
  endpointTime: instantSchema,
  /** The newest verified backup: what was settled before it need not be retained on the phone. */
  verifiedBackupAt: z.optional(instantSchema),
  /** What became of each sealed entry's bytes; only `kept` means the endpoint has them. A verdict comes through the device's channel. */
  entries: z.array(
    z.object({
      session: z.string(),
      deviceSeq: z.int(),
      outcome: z.enum(['kept', 'unreadable', 'unknown_device']),
      /** Told to whoever hands in a bundle: the endpoint had it already, nothing is doubled. */
      known: z.optional(z.literal(true)),
    }),
  ),
  receipts: z.optional(z.array(sealedReceiptSchema)),
  pull: z.optional(
    z.union([
      /** The phone's epoch is not the endpoint's, or a cursor lies above its counter: start all channels at 0, send all that is retained. */
      z.object({ restart: z.enum(['epoch', 'cursor']) }),
      z.object({
        member: memberAccountSchema,
        pages: z.array(pageSchema),
        /** Channels asked for that this member no longer reads. */
        left: z.array(channelIdSchema),
      }),
    ]),
  ),
});
export type SyncAnswer = z.infer<typeof syncAnswerSchema>;

/** `GET /endpoint`: whom a phone seals to. */
export const endpointIdentitySchema = z.object({
  endpointId: uuidSchema,
  keyId: z.string(),
  publicKey: base64url,
});

/** `POST /enrolment/check { invitation }`: what an invitation is for; asking does not use it up. `hamletName`, `unitName`: all of them, with a comma between. */
export const invitationSchema = z.string().check(z.regex(/^\d{5}\.[A-Za-z0-9_-]{43}$/));
export const enrolmentCheckRequestSchema = z.strictObject({ invitation: invitationSchema });
export const enrolmentCheckAnswerSchema = z.object({
  name: z.string(),
  communeCode: communeCodeSchema,
  communeName: z.string(),
  hamletName: z.optional(z.string()),
  unitName: z.optional(z.string()),
  assignments: z.array(assignmentSchema),
  expiresAt: instantSchema,
});
export type EnrolmentCheckAnswer = z.infer<typeof enrolmentCheckAnswerSchema>;

/**
 * `POST /enrolment`: the phone names itself and proves that what it seals can be opened (the probe). Repeating the same request
 * with the same device key gives the same device again, so a lost answer costs nothing.
 */
const newDevice = {
  deviceId: uuidSchema,
  devicePublicKey: base64url.check(z.maxLength(256)),
  header: sealingSessionHeaderSchema,
  probe: sealedEntrySchema,
};
export const enrolmentRequestSchema = z.strictObject({ invitation: invitationSchema, ...newDevice });
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
export const enrolmentAnswerSchema = z.object({
  member: memberAccountSchema,
  deviceId: uuidSchema,
  sessionToken: z.string(),
  /** Delivers sealed entries and reads nothing. */
  deliveryToken: z.string(),
  epoch: z.int().check(z.gte(1)),
});
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;
/** Refusals of both enrolment routes: `{ error }` with 404, 409, 410, 422. */
export const enrolmentErrors = ['unknown_invitation', 'used_invitation', 'expired_invitation', 'cancelled_invitation', 'probe_not_opened', 'too_many_devices'] as const;
export type EnrolmentErrorCode = (typeof enrolmentErrors)[number];

/** `POST /session/challenge { communeCode, deviceId }`, then `POST /session { challenge, signature }`: an unlocked device opens its next session. */
export const challengeRequestSchema = z.strictObject({ communeCode: communeCodeSchema, deviceId: uuidSchema });
export const challengeAnswerSchema = z.object({ challenge: z.string() });
const signedChallenge = { challenge: z.string().check(z.maxLength(200)), signature: base64url.check(z.maxLength(128)) };
export const sessionRequestSchema = z.strictObject(signedChallenge);
export const sessionAnswerSchema = z.object({ sessionToken: z.string() });

/**
 * `POST /device/renewal`: an unlocked phone whose disk was copied or restored takes a new identity. `signature` by the device it was
 * (over the endpoint's one-use challenge), the probe by the one it becomes. Repeating the request gives the same device again until that was
 * heard of. The device it was is retired: what it sealed is judged as ever, and its verdicts are shown to the new one.
 */
export const renewalRequestSchema = z.strictObject({ ...signedChallenge, ...newDevice });
export type RenewalRequest = z.infer<typeof renewalRequestSchema>;
/** Refusals of the renewal: `{ error }` with 401, 409, 422. */
export const renewalErrors = ['no_session', 'revoked_device', 'probe_not_opened', 'too_many_devices', 'used_device'] as const;
export type RenewalErrorCode = (typeof renewalErrors)[number];

/** `POST /history { recordId }`: what was ever set on a record this member may read, the fields they may read, oldest first. 404 for any other. */
export const historyRequestSchema = z.strictObject({ recordId: z.string().check(z.maxLength(40)) });
export const historyAnswerSchema = z.object({
  settings: z.array(
    z.object({
      version: count,
      /** A field's name, or `deleted`. */
      field: z.string(),
      value: z.unknown(),
      memberId: uuidSchema,
      memberName: z.string(),
      occurredAt: instantSchema,
    }),
  ),
});
export type RecordHistory = z.infer<typeof historyAnswerSchema>;

/**
 * `POST /waiting { }`: entries that are held or set aside and that this member, as a supervisor, may judge, oldest first. `changes` as their
 * author wrote them; `allowedThen`: what the author held when it was written. `mayAccept`: false where it could not be applied as it stands
 * (`problem` says why), unless it is taken into another hamlet.
 */
export const waitingAnswerSchema = z.object({
  waiting: z.array(
    z.object({
      entryId: uuidSchema,
      memberId: uuidSchema,
      memberName: z.string(),
      occurredAt: instantSchema,
      receivedAt: instantSchema,
      verdict: z.enum(['held', 'quarantined']),
      code: z.optional(z.string()),
      allowedThen: z.array(assignmentSchema),
      changes: z.array(changeSchema),
      mayAccept: z.boolean(),
      problem: z.optional(z.object({ code: z.string(), field: z.optional(z.string()) })),
    }),
  ),
});
export type WaitingForSupervisor = z.infer<typeof waitingAnswerSchema>['waiting'][number];
/** Of a supervisor's reason, in characters. */
export const reasonLength = { least: 3, most: 300 } as const;
/**
 * `POST /waiting/decision`. Accept: a new entry in the author's name, into `hamletId` where one is given; the original is kept. Decline: the
 * author reads the reason. Answers `{ verdict }` as it is then; 404 where nothing (or nothing of theirs) waits, 409 `already_decided`,
 * 422 with code and field where it breaks a rule as it stands.
 */
export const decisionRequestSchema = z.union([
  z.strictObject({ entryId: uuidSchema, decision: z.literal('accept'), hamletId: z.optional(hamletIdSchema) }),
  z.strictObject({ entryId: uuidSchema, decision: z.literal('decline'), reason: z.string().check(z.trim(), z.minLength(reasonLength.least), z.maxLength(reasonLength.most)) }),
]);
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;
export const decisionAnswerSchema = z.object({ verdict: z.enum(verdicts) });

/** Every refusal of a plain route: a code for the program, and the field where one is at fault (422). */
export const refusalSchema = z.object({ error: z.string(), field: z.optional(z.string()) });
