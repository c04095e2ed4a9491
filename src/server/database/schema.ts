/**
 * The endpoint's tables as Kysely sees them. Every primary key and every unique constraint begins with `communeCode`, the unit of
 * distribution; the exceptions are `meta` and `endpoint_key` (they belong to the endpoint, not to a commune) and Kysely's own
 * migration tables. Instants named `…At` are milliseconds since 1970; `occurredAt` and `receivedAt` are ISO texts as they travel.
 */
import type { Kysely, Transaction } from 'kysely';

/** Names: `endpointId`, `epoch`, `contentHashKey`; `changes`, how many there were, once there was one; `verifiedBackupAt`, ISO, once there is one. */
export interface MetaTable {
  name: string;
  value: string;
}

/** Every key pair the endpoint ever published: an entry sealed to an old one must still open. Base64url, kept as a pair. */
export interface EndpointKeyTable {
  keyId: string;
  privateKey: string;
  publicKey: string;
  createdAt: number;
}

/** A record's newest state. `fields` and `conflicts` are JSON; `parentId` repeats the field that names its parent, for the index. */
export interface RecordTable {
  communeCode: string;
  recordId: string;
  kind: string;
  areaId: string;
  parentId: string | null;
  version: number;
  deleted: number;
  fields: string;
  conflicts: string;
  memberId: string;
  occurredAt: string;
  receivedAt: string;
}

/** What each applied change set: a row a field; a deletion is the field `deleted`, one with nothing left to set the field ''. `value` is JSON. */
export interface RecordHistoryTable {
  communeCode: string;
  recordId: string;
  version: number;
  field: string;
  value: string;
  deviceId: string;
  memberId: string;
  entryId: string;
  occurredAt: string;
}

/** `digest`: 32 hex digits, the sum over the channel's live rows (#sync/digest.ts). */
export interface ChannelCounterTable {
  communeCode: string;
  channelId: string;
  counter: number;
  digest: string;
}

/**
 * Where a record (or a verdict, in a device's channel) stands in a channel. `version` is the one its readers were last told of:
 * a change to fields they do not get raises neither it nor the sequence. `hidden` is a JSON list of fields.
 */
export interface ChannelRowTable {
  communeCode: string;
  channelId: string;
  recordId: string;
  sequence: number;
  version: number;
  gone: 'deleted' | 'evicted' | null;
  hidden: string;
}

/** What stays for ever of an entry: its id, a keyed hash, its verdict. `after` and `sequences` are JSON. */
export interface EntryTable {
  communeCode: string;
  entryId: string;
  contentHash: string;
  deviceId: string;
  deviceSeq: number;
  verdict: string;
  code: string | null;
  field: string | null;
  after: string | null;
  sequences: string | null;
  /** How often the verdict changed: the version of its row in the device's channel. */
  verdictVersion: number;
  receivedAt: string;
  settledAt: string;
  /** Who decided on it as a supervisor, why it was declined, and the entry that was made in its author's name where it was accepted. */
  decidedBy: string | null;
  note: string | null;
  acceptedAs: string | null;
}

/** Content of what is held or quarantined, and of what a supervisor accepted: the original is kept. `allowedThen`: what its author held when it was written, for who judges a quarantined one. */
export interface WaitingEntryTable {
  communeCode: string;
  entryId: string;
  reason: 'after' | 'schema' | 'fault' | 'quarantined' | 'accepted';
  /** The schema it was written under. */
  schema: number;
  /** Set when its `deviceSeq` was seen before with another entry. */
  restoredPhone: number;
  content: string;
  allowedThen: string | null;
  since: number;
}

/** The entries a held one waits for. */
export interface WaitingAfterTable {
  communeCode: string;
  afterId: string;
  entryId: string;
}

/** A person with an account. Their name is in the record of kind `member` with the same id. */
export interface MemberTable {
  communeCode: string;
  memberId: string;
  createdAt: number;
}

/** A role held from one local day to another, both inclusive; `toDay` null: until it is ended. */
export interface AssignmentTable {
  communeCode: string;
  memberId: string;
  assignmentNo: number;
  role: string;
  hamletId: string | null;
  unitId: string | null;
  fromDay: string;
  toDay: string | null;
}

/** `retired`: replaced by another, judged as ever. `unsent`: entries that existed only there, as it last reported. */
export interface DeviceTable {
  communeCode: string;
  deviceId: string;
  memberId: string;
  state: 'active' | 'retired' | 'revoked';
  publicKey: string;
  deliveryTokenHash: string;
  enrolledAt: number;
  lastContactAt: number;
  unsent: number;
  revokedAt: number | null;
  /** The device this one took the place of, on the same phone: its verdicts are shown here too. */
  replaces: string | null;
}

export interface SessionTable {
  communeCode: string;
  tokenHash: string;
  deviceId: string;
  createdAt: number;
  lastUsedAt: number;
}

export interface ChallengeTable {
  communeCode: string;
  challengeHash: string;
  deviceId: string;
  expiresAt: number;
}

export interface InvitationTable {
  communeCode: string;
  tokenHash: string;
  memberId: string;
  createdAt: number;
  expiresAt: number;
  usedByDeviceId: string | null;
  usedAt: number | null;
  cancelledAt: number | null;
}

/** Records that were erased: any change to one settles as `erased`. */
export interface ErasureTable {
  communeCode: string;
  recordId: string;
  erasedAt: number;
}

/** The records that a rejected entry touched: its sealed copy lies on with its author. */
export interface RejectedRecordTable {
  communeCode: string;
  recordId: string;
  entryId: string;
  /** Below which it would have been made; null: it names none, or was rejected before this was noted. */
  parentId: string | null;
}

/** The channels that a device may hold: those it last asked for, and those it was sent since. */
export interface DeviceChannelTable {
  communeCode: string;
  deviceId: string;
  channelId: string;
}

/**
 * The devices that may have held an erased record, a row a channel. `sequence`: where the channel tells of the erasure. `endsAt`: the cursor of a page that ended
 * the channel at or above it; a request from there is the phone's word that it holds nothing any more.
 */
export interface ErasureDeviceTable {
  communeCode: string;
  recordId: string;
  deviceId: string;
  channelId: string;
  sequence: number;
  endsAt: number | null;
  erasedAt: number;
  confirmedAt: number | null;
}

/** The local day for which a commune's retention was last run to its end. */
export interface RetentionRunTable {
  communeCode: string;
  doneFor: string;
  /** `DailyRun` (#domain/retention.ts): days that lie too far beyond the last run to be believed. */
  seenOn: string | null;
  followed: number | null;
}

/** Append-only and chained by hash: who did what, when, from which device (null: the endpoint or its command line); ids only, never a word of a citizen. */
export interface AuditTable {
  communeCode: string;
  number: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  hash: string;
  origin: string | null;
}

/** The sealed picture of an attachment, as it was sent; it opens with the endpoint's key alone. */
export interface PictureTable {
  communeCode: string;
  recordId: string;
  arrivedAt: number;
  box: Buffer;
}

export interface EndpointSchema {
  meta: MetaTable;
  endpoint_key: EndpointKeyTable;
  record: RecordTable;
  record_history: RecordHistoryTable;
  channel_counter: ChannelCounterTable;
  channel_row: ChannelRowTable;
  entry: EntryTable;
  waiting_entry: WaitingEntryTable;
  waiting_after: WaitingAfterTable;
  member: MemberTable;
  assignment: AssignmentTable;
  device: DeviceTable;
  session: SessionTable;
  challenge: ChallengeTable;
  invitation: InvitationTable;
  erasure: ErasureTable;
  rejected_record: RejectedRecordTable;
  device_channel: DeviceChannelTable;
  erasure_device: ErasureDeviceTable;
  retention_run: RetentionRunTable;
  audit: AuditTable;
  picture: PictureTable;
}

export type Database = Kysely<EndpointSchema>;
/** Inside a transaction: what writes takes this, so that nothing is written outside of one. */
export type Writing = Transaction<EndpointSchema>;
