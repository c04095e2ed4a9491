/**
 * What screens see of the phone's store: records in memory, one way to write, drafts, and the truth about what went and what did not.
 * Queries run over memory and are synchronous; `subscribe` tells when any answer may have changed.
 */
import type { CommandContext } from '#domain/command.ts';
import type { Entry, EntryDraft } from '#domain/change.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { AnyRecord, RecordKind, RecordState, Records } from '#domain/record.ts';
import type { Rejection } from '#domain/rejection.ts';
import type { Result } from '#domain/result.ts';
import type { SealedReceipt } from '#sync/entry.ts';
import type { MemberAccount } from '#sync/protocol.ts';
import type { HandOverFile } from './hand-over.ts';
import type { PictureShelf } from './pictures.ts';

/** The three states of a record, everywhere the same: trên máy này, đã gửi, cần bạn xem. */
export type RecordMark =
  | { readonly state: 'on_this_phone' }
  | { readonly state: 'sent' }
  | { readonly state: 'needs_you'; readonly reason: NeedsYouReason };

export interface NeedsYouReason {
  /** `merged`: a conflict is open; `unreadable`: the endpoint could not open the bytes. */
  readonly verdict: 'rejected' | 'quarantined' | 'held' | 'merged' | 'erased' | 'unreadable';
  readonly code?: string | undefined;
  readonly field?: string | undefined;
  /** Why a supervisor declined it, in their words, and who they are (a member's id). */
  readonly note?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly decidedByName?: string | undefined;
}

export interface OutboxEntry {
  readonly deviceSeq: number;
  readonly entryId: string;
  readonly occurredAt: string;
  /** Kinds and records it touches, for a line the person recognizes. */
  readonly recordIds: readonly string[];
  readonly state: 'on_this_phone' | 'needs_you';
  /** Of `on_this_phone`: the endpoint has it, and has not said yet what became of it (it was sent while the phone was locked). */
  readonly isKept?: true | undefined;
  readonly reason?: NeedsYouReason | undefined;
  /** When it was saved here, milliseconds since 1970. */
  readonly savedAt: number;
}

/** Taken by a supervisor, also into another hamlet. `recordIds`: empty where the entry no longer opens here. */
export interface AcceptedEntry extends Pick<OutboxEntry, 'deviceSeq' | 'entryId' | 'recordIds' | 'savedAt'> {
  readonly decidedBy: string | undefined;
  readonly decidedByName: string | undefined;
  /** ISO; to the day where the time must not tell. */
  readonly decidedAt: string;
}

export type SaveError =
  /** The disk took nothing; nothing is lost: the draft stays. */
  | { readonly code: 'storage_full' }
  | { readonly code: 'storage_failed' }
  | { readonly code: 'too_large' }
  | { readonly code: 'locked' }
  /** A rule the phone could know; the same words as from the endpoint. */
  | { readonly code: 'refused'; readonly rejection: Rejection }
  /** Not theirs to write. */
  | { readonly code: 'not_allowed'; readonly reason: 'no_access' | 'not_your_role' }
  /** The draft this form goes on from is gone: another tab saved or dropped it. Only the person knows whether this is the same visit. */
  | { readonly code: 'ended_elsewhere' };

export interface WriteOptions {
  readonly endsDraft?: string | undefined;
  /** The form goes on from that draft: it must still be there, or another tab has ended it. */
  readonly goesOn?: boolean | undefined;
  /** Told how many of the entries are sealed; none is saved before all are. For what takes long enough to be watched. */
  readonly onSealed?: ((count: number) => void) | undefined;
}

export interface Draft {
  readonly draftId: string;
  /** Which form it belongs to, e.g. `visit`. */
  readonly form: string;
  /** What the form is about: a record's id, or that of the entry it mends. */
  readonly subjectId?: string | undefined;
  readonly values: unknown;
  readonly savedAt: number;
}

export type HouseholdOrder = 'number' | 'name';

export interface HouseholdSearch {
  /** `name`: over all hamlets, in Vietnamese order of the given name. */
  readonly order?: HouseholdOrder | undefined;
  /** Instead of those that are followed, the doubles and the closed ones. */
  readonly isPast?: boolean | undefined;
}

export interface FieldStore extends Records {
  /** Who is using this phone, as the endpoint last said. Throws where `isMemberKnown` says no. */
  account(): MemberAccount;
  /** False: what says who uses this phone is damaged on the disk, until the endpoint says it anew. */
  isMemberKnown(): boolean;
  readonly deviceId: string;
  /** Clock, ids and randomness for a command, at this moment. */
  commandContext(): CommandContext;

  /** Raised at every change; a cheap key for memoized queries. */
  revision(): number;
  subscribe(listener: () => void): () => void;

  all<K extends RecordKind>(kind: K): readonly RecordState<K>[];
  inHamlet<K extends RecordKind>(kind: K, hamletId: string): readonly RecordState<K>[];
  /** Children by their parent's id: a household's visits and consents (those of its doubles too), what is asked about a visit, its photos, a person's contacts, terms and benefits. Newest first by `occurredAt`. */
  childrenOf<K extends 'visit' | 'visit_return' | 'attachment' | 'consent' | 'prestigious_contact' | 'prestigious_term' | 'benefit' | 'feedback_event'>(kind: K, parentId: string): readonly RecordState<K>[];
  /** That of its doubles too. */
  feedbackOfHousehold(householdId: string): readonly RecordState<'feedback'>[];
  /** Its id, then those of its doubles and of theirs, as far as they are on this phone. */
  householdsOf(householdId: string): readonly string[];
  /** Where a feedback stands: its events folded. */
  standing(feedback: RecordState<'feedback'>): FeedbackStanding;
  /**
   * Found as typed, without diacritics, over name, label, number and the phone's last digits, after the hamlet's name or without it; empty text finds all. `within`: these hamlets alone, with those
   * that were merged into them. By default those that are followed, hamlet by hamlet by number.
   */
  searchHouseholds(text: string, within?: string | readonly string[], as?: HouseholdSearch): readonly RecordState<'household'>[];

  /** What was photographed here, beside the records. */
  readonly pictures: PictureShelf;

  mark(record: AnyRecord): RecordMark;
  outbox(): readonly OutboxEntry[];

  /** Saves all entries or none (strict durability), ends the draft in the same transaction, then shows them. Resolves after the commit. */
  write(entries: readonly EntryDraft[], options?: WriteOptions): Promise<Result<void, SaveError>>;
  /** What an entry of the outbox says, to mend it, without what its household took back since; undefined: it is gone, or was sealed by a key that is. */
  entryOf(deviceSeq: number): Entry | undefined;
  /**
   * Puts new entries in the place of one that was rejected (also by a supervisor): one transaction. The new ones need ids of their own;
   * `ended_elsewhere`: another tab mended it or gave it up. Throws on an entry that was not rejected.
   */
  mend(deviceSeq: number, entries: readonly EntryDraft[], options?: WriteOptions): Promise<Result<void, SaveError>>;
  /** What exists only here as a file to be carried by hand; undefined: nothing does. Throws `StorageFailure`. */
  handOverFile(): Promise<HandOverFile | undefined>;
  /** Entries that waited for a supervisor and were accepted, as long as this phone retains them; the newest first. */
  accepted(): readonly AcceptedEntry[];
  /** Knowingly gives up an entry that needs you: `rejected`, `erased` or `unreadable`. Throws on any other. */
  discard(deviceSeq: number): Promise<void>;

  /**
   * Verdicts that came by file. `settled`: entries that this brought to their end. `notOurs`: receipts that no sealing session of this
   * phone opens (another phone's, damaged, forged); they change nothing. Throws `StorageFailure`.
   */
  loadReceipts(receipts: readonly SealedReceipt[]): Promise<{ readonly settled: number; readonly notOurs: number }>;

  drafts(): readonly Draft[];
  /** `goesOn`: a draft that was kept before; where it is gone the answer is `ended_elsewhere`. */
  saveDraft(draft: Omit<Draft, 'savedAt'>, options?: Pick<WriteOptions, 'goesOn'>): Promise<Result<void, SaveError>>;
  removeDraft(draftId: string): Promise<void>;

  /**
   * This phone's disk was copied or put back: an entry that it sealed has the number of another, or the endpoint knows it as retired. It
   * is to take a new identity (`renew-phone.ts`); what it saved goes on meanwhile.
   */
  needsNewIdentity(): boolean;
  /** When the endpoint was last heard, milliseconds since 1970 by this phone's clock; undefined: never. */
  lastContactAt(): number | undefined;
  /** Reads what other tabs have saved meanwhile. Done by itself when they tell; to be called when the page wakes. Never throws. */
  refresh(): Promise<void>;

  /** Resolves when what was begun (a save, a draft) has come to its end. To be awaited before `close` where the screens have gone by themselves. */
  settled(): Promise<void>;
  /** Forgets all keys and tables in memory. Later calls to `write` answer `locked`. */
  close(): void;
}
