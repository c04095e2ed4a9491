/**
 * The phone's disk as the store sees it: a few tables and atomic transactions. Dexie is one (`dexie-disk.ts`), memory another
 * (`memory-disk.ts`); both stand the same tests.
 *
 * Inside a transaction await its tables alone: an IndexedDB transaction ends by itself while anything else (network, WebCrypto, a
 * timer) is waited for. Prepare all bytes before.
 */
import { StorageFailure } from '#sync/engine.ts';
import type { EndpointIdentity, SealingSessionHeader } from '#sync/entry.ts';
import type { EnrolmentRequest, RenewalRequest } from '#sync/protocol.ts';
import type { DeviceKeyRow, VaultRow } from '#client/vault/vault.ts';

/** Every way the disk fails: `full`, or `failed` for all else. A transaction that throws it has changed nothing. */
export const DiskError = StorageFailure;

interface EnrolledOnce {
  readonly key: 'phone';
  readonly communeCode: string;
  readonly deviceId: string;
  readonly endpoint: EndpointIdentity;
}
interface WithVault extends EnrolledOnce {
  readonly vault: VaultRow;
  /** Counted before a passphrase is tried, set to 0 when it was right. */
  readonly wrongTries: number;
}
/** The one row that says what this phone is. `wiped`: the keys are gone, the sealed outbox may remain. */
export type KeyringRow =
  /** `wiped`: what the phone was before, and is again when this is given up: its sealed outbox may still be there. */
  | (WithVault & { readonly state: 'enrolling'; readonly request: EnrolmentRequest; readonly wiped?: WipedRow | undefined })
  | (WithVault & {
      readonly state: 'enrolled';
      readonly deliveryToken: string;
      /** Sealed under the data key: the session token. */
      readonly sessionToken: Uint8Array;
      /** Begun: the device that this phone is to become. On disk before it is asked for, so that a lost answer is asked for again. */
      readonly renewal?: RenewalKeys | undefined;
      /** The devices that this phone was, oldest first: what they sealed lies in its outbox. */
      readonly replaced?: readonly string[] | undefined;
    })
  | WipedRow;
export type RenewalKeys = DeviceKeyRow & Pick<RenewalRequest, 'deviceId' | 'header' | 'probe'>;
export type WipedRow = EnrolledOnce & { readonly state: 'wiped'; readonly why: WipeReason; readonly deliveryToken?: string | undefined };
export type WipeReason = 'wrong_passphrases' | 'revoked' | 'asked';

/** One row a page that saved something since its unlock. */
export interface SealingSessionRow {
  readonly sessionId: string;
  readonly deviceId: string;
  readonly header: SealingSessionHeader;
  /** Sealed under the data key, kept until the session's last entry is settled: the unlocked screen replays with it. */
  readonly entryKey?: Uint8Array | undefined;
  /** As the entry key: it opens the verdicts that come by file. */
  readonly receiptKey?: Uint8Array | undefined;
}

/** An entry as it travels. In the clear stands nothing that the endpoint's log would not show as well. */
export interface OutboxRow {
  readonly deviceSeq: number;
  readonly sessionId: string;
  /** Base64url; empty once the entry was settled as erased. */
  readonly bytes: string;
  /** Milliseconds since 1970, by the phone's clock. */
  readonly savedAt: number;
  /** The round (`LogRow.round`) in which the endpoint said it has the bytes. */
  readonly kept?: string | undefined;
  readonly refused?: 'unreadable' | 'unknown_device' | undefined;
  /** The endpoint's time at which it was settled for good: applied, merged, rejected or erased. */
  readonly settledAt?: string | undefined;
  /** The verdict that came by file, sealed under the data key: it counts until the device's channel says one. */
  readonly receipt?: Uint8Array | undefined;
  /** Settled before a restore of the endpoint and sent again: not replayed, for its content lies in the channels. */
  readonly again?: true | undefined;
}

export interface ChannelRow {
  readonly channelId: string;
  /** The channel's key, wrapped by the data key. Gone with this row. */
  readonly wrappedKey: Uint8Array;
  /** What is being downloaded, and how far it is. */
  readonly generation: string;
  readonly cursor: number;
  readonly upTo?: number | undefined;
  /** While `generation` is downloaded beside them: the rows that are shown until it is whole. */
  readonly shown?: { readonly generation: string; readonly cursor: number } | undefined;
  /** How often a digest did not match, and the endpoint's time at the last download that this caused. */
  readonly mismatches: number;
  readonly replacedAt?: string | undefined;
}

/** A pulled page, or several merged: rows of one generation of a channel, deflated and sealed in one box. */
export interface SegmentRow {
  /** Given by the disk, rising. */
  readonly id: number;
  readonly channelId: string;
  readonly generation: string;
  /** Holds what happened in `from < sequence <= to`. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly box: Uint8Array;
}

export interface DraftRow {
  readonly draftId: string;
  readonly box: Uint8Array;
}

/**
 * A photo's picture that was taken here, until the commune has it and for a while after. In the clear stands nothing that the endpoint's log would not show as well: the id
 * and hash of a record that is sealed itself, and sizes.
 */
export interface PictureRow {
  /** The id of the attachment's record, given when the picture was sealed. */
  readonly pictureId: string;
  /** Of the sealed box, in hexadecimal. */
  readonly sha256: string;
  /** Of the sealed box, in bytes. */
  readonly size: number;
  /** Which sealed it. */
  readonly deviceId: string;
  /** Milliseconds since 1970, by the phone's clock. */
  readonly savedAt: number;
  /** The box's key, sealed under the data key: the unlocked phone shows the picture with it. Gone with a wipe. */
  readonly key?: Uint8Array | undefined;
  /** Since its record was saved here: it is no leftover of a form that was given up. */
  readonly recorded?: true | undefined;
  /** The endpoint named it as here: when, by the phone's clock, and in which round (`LogRow.round`). */
  readonly arrived?: { readonly at: number; readonly round: string } | undefined;
  /** Why the endpoint cannot take it, which no further try would change. */
  readonly failed?: PictureFailure | undefined;
}
/** `damaged`: gone or altered on this phone. `not_read`: the disk failed each time it was to be read, which another start may mend. `refused`: the endpoint fails with this one, time and again, and takes others. */
export type PictureFailure = 'unreadable' | 'not_taken' | 'damaged' | 'not_read' | 'refused';
/** Apart from its row, so that a list of pictures reads no picture. */
export interface PictureBoxRow {
  readonly pictureId: string;
  readonly box: Uint8Array;
}

/** Where the log stands. */
export interface LogRow {
  readonly key: 'log';
  /** 0: the endpoint was not met yet. */
  readonly epoch: number;
  /** Renewed whenever all that is retained must be sent again; `kept` of another round counts for nothing. */
  readonly round: string;
  /** Renewed whenever a channel is left or all start over: a page made before opens no channel. */
  readonly absent: string;
  /** The newest `deviceSeq` ever given on this phone, also to entries that are gone. */
  readonly lastSeq: number;
  /** Raised by whatever changes the outbox, the drafts, the account: what other tabs look at. */
  readonly outboxRevision: number;
  readonly draftsRevision: number;
  readonly accountRevision: number;
  /** Milliseconds since 1970, by the phone's clock. */
  readonly lastContactAt?: number | undefined;
  /** The days without contact, by the phone's clock: counted from `since`, and `seen` is the latest it can be said to be (`contact.ts`). Contact ends it. */
  readonly away?: { readonly since: number; readonly seen: number } | undefined;
  readonly endpointTime?: string | undefined;
  /** The endpoint's time when all was to be sent again within one epoch (a backup was put back unnoticed): what a file says from before counts for nothing. */
  readonly restartedAt?: string | undefined;
  readonly verifiedBackupAt?: string | undefined;
}
/** Who uses the phone, as the endpoint last said; sealed under the data key. */
export interface AccountRow {
  readonly key: 'account';
  readonly box: Uint8Array;
}

export interface DiskTable<Row, Key extends string | number> {
  get(key: Key): Promise<Row | undefined>;
  /** All rows in key order. */
  all(): Promise<Row[]>;
  put(row: Row): Promise<void>;
  delete(key: Key): Promise<void>;
  clear(): Promise<void>;
}
export interface OutboxTable extends DiskTable<OutboxRow, number> {
  /** Fails the transaction when the key is taken. */
  add(row: OutboxRow): Promise<void>;
}
export interface SegmentTable extends Omit<DiskTable<SegmentRow, number>, 'put' | 'all'> {
  add(row: Omit<SegmentRow, 'id'>): Promise<number>;
  /** The channel's segments whose `to` is above `after`, by `to`, then id. */
  ofChannel(channelId: string, after?: number): Promise<SegmentRow[]>;
}
export interface MetaTable extends Pick<DiskTable<LogRow | AccountRow, string>, 'put' | 'delete' | 'clear'> {
  get(key: 'log'): Promise<LogRow | undefined>;
  get(key: 'account'): Promise<AccountRow | undefined>;
}

export interface DiskTables {
  readonly keyring: DiskTable<KeyringRow, string>;
  readonly sealingSessions: DiskTable<SealingSessionRow, string>;
  readonly outbox: OutboxTable;
  readonly channels: DiskTable<ChannelRow, string>;
  readonly segments: SegmentTable;
  readonly drafts: DiskTable<DraftRow, string>;
  readonly pictures: DiskTable<PictureRow, string>;
  readonly pictureBoxes: DiskTable<PictureBoxRow, string>;
  readonly meta: MetaTable;
}
export type TableName = keyof DiskTables;

export interface Disk {
  /** One moment of the named tables. Throws `DiskError`. */
  read<T>(tables: readonly TableName[], body: (tables: DiskTables) => Promise<T>): Promise<T>;
  /** All of `body` or nothing, durable when it resolves. Throws `DiskError`, or what `body` threw; then nothing was changed. */
  write<T>(tables: readonly TableName[], body: (tables: DiskTables) => Promise<T>): Promise<T>;
  close(): void;
}
