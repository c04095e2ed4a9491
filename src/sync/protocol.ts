/**
 * What travels between phone and endpoint: the wire schemas of `POST /sync` and of enrolment, read strictly on both sides.
 * Epoch and schema are on the wire from the first day. The reasons stand in docs/protocol.md.
 */
import * as z from 'zod/mini';
import { communeCodeSchema, instantSchema, uuidSchema } from '#domain/identifiers.ts';
import { assignmentSchema } from '#domain/role.ts';
import { maxEntryBytes } from './packed-json.ts';

export const protocolVersion = 1;
/** At most so many sealed entries, so many bytes of them, and so many session headers in one request. */
export const batchLimits = { entries: 200, bytes: 256 * 1024, sessions: 16 } as const;
/** Sequences and versions after a restore start above `epoch × epochSpan`, so that neither ever repeats. */
export const epochSpan = 2 ** 32;

const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]*$/));
const channelIdSchema = z.string().check(z.regex(/^[a-z]+\/[0-9a-f-]{5,36}$/));
const count = z.int().check(z.gte(0));

const sealingSessionHeaderSchema = z.strictObject({
  info: base64url.check(z.maxLength(1024)),
  enc: base64url.check(z.maxLength(128)),
  signature: base64url.check(z.maxLength(128)),
});

const sealedEntrySchema = z.strictObject({
  session: base64url.check(z.length(22)),
  deviceSeq: z.int().check(z.gte(1)),
  bytes: base64url.check(z.maxLength(Math.ceil((maxEntryBytes * 4) / 3) + 4)),
});

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
    }),
  ),
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
});
export type Verdict = z.infer<typeof verdictSchema>;

const conflictSchema = z.object({
  field: z.string(),
  value: z.unknown(),
  memberId: uuidSchema,
  occurredAt: instantSchema,
  version: count,
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
    }),
  ),
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

/** `POST /enrolment/check { invitation }`: what an invitation is for; asking does not use it up. */
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
export const enrolmentRequestSchema = z.strictObject({
  invitation: invitationSchema,
  deviceId: uuidSchema,
  devicePublicKey: base64url.check(z.maxLength(256)),
  header: sealingSessionHeaderSchema,
  probe: sealedEntrySchema,
});
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
export const sessionRequestSchema = z.strictObject({
  challenge: z.string().check(z.maxLength(200)),
  signature: base64url.check(z.maxLength(128)),
});
export const sessionAnswerSchema = z.object({ sessionToken: z.string() });

/** Every refusal of a plain route: a code for the program, and the field where one is at fault (422). */
export const refusalSchema = z.object({ error: z.string(), field: z.optional(z.string()) });
