/** The outbox in memory: what became of each entry, in the words a screen uses, and what of it must be laid over the channels' records. */
import { maxAfter } from '#domain/change.ts';
import type { Change, Entry, EntryDraft } from '#domain/change.ts';
import type { AnyRecord, Records } from '#domain/record.ts';
import type { MemberScope } from '#domain/role.ts';
import { maySettle } from '#domain/settle-conflict.ts';
import type { Receipt, Verdict } from '#sync/protocol.ts';
import type { ChannelMemory } from './channel-memory.ts';
import type { OutboxRow } from './disk.ts';
import type { AcceptedEntry, NeedsYouReason, OutboxEntry, RecordMark } from './field-store.ts';

export interface HeldEntry {
  readonly row: OutboxRow;
  /** Undefined: sealed by a key that is gone (settled, or of an earlier life of this phone). */
  readonly entry: Entry | undefined;
  /** The device that its session belongs to; undefined: nobody knows any more. */
  readonly sealedBy: string | undefined;
  /** The verdict that came by file. */
  readonly receipt: ReceivedVerdict | undefined;
}

/** A verdict by file, and the state of the endpoint that it speaks of. */
export interface ReceivedVerdict extends Pick<Receipt, 'epoch' | 'endpointTime'> {
  readonly verdict: Verdict;
}

/** `sent`: applied, and shown by the channels. `applied`: applied, but a channel has not brought it yet. */
type Standing =
  | { readonly state: 'waiting' | 'applied' | 'sent' }
  | { readonly state: 'needs_you'; readonly reason: NeedsYouReason };

export interface OutboxMemory {
  /** By `deviceSeq`, rising. */
  entries(): readonly HeldEntry[];
  get(deviceSeq: number): HeldEntry | undefined;
  hasEntry(entryId: string): boolean;
  set(held: HeldEntry): void;
  delete(deviceSeq: number): void;
  /** Judges all anew: to be called after channels or outbox changed. */
  judge(): void;
  /** Entries to be laid over the channels' records, as last judged; `but`: as though that one had never been saved. */
  laidOver(but?: number): readonly Entry[];
  unsettledCount(): number;
  /** Has the device's channel said what became of it? */
  hasChannelVerdict(deviceSeq: number): boolean;
  /** The endpoint has said that it has it, and nothing was ever heard of a verdict. */
  isKeptOnly(deviceSeq: number): boolean;
  /** Applied, and shown by the channels: nothing of it needs to be laid over them any more. */
  isSent(deviceSeq: number): boolean;
  /** What held entries wait for and this outbox no longer holds. */
  lost(): string[];
  /** Was an entry that this device sealed told that its `deviceSeq` had been given before? */
  hasTwinOf(deviceId: string): boolean;
  list(): readonly OutboxEntry[];
  accepted(): readonly AcceptedEntry[];
  mark(record: AnyRecord, author: MemberScope, records: Records): RecordMark;
  /** The entries that touch a record this one touches or refers to and that no channel shows yet, the newest `maxAfter`. */
  before(draft: Pick<EntryDraft, 'changes'>): string[];
}

/** `round`: of the log as it is now; `kept` of another round counts for nothing. */
export function createOutboxMemory(channels: ChannelMemory, round: () => string | undefined): OutboxMemory {
  let held = new Map<number, HeldEntry>();
  const standings = new Map<number, Standing>();
  const touching = new Map<string, number[]>();
  let listed: readonly OutboxEntry[] | undefined;

  function channelVerdictOf({ row, entry, sealedBy }: HeldEntry): Verdict | undefined {
    if (entry !== undefined) return channels.verdictOf(entry.entryId);
    return sealedBy === undefined ? undefined : channels.verdictOfSeq(sealedBy, row.deviceSeq);
  }

  function verdictOf(one: HeldEntry): Verdict | undefined {
    return channelVerdictOf(one) ?? one.receipt?.verdict;
  }

  /**
   * A verdict of the device's channel comes when all else of its answer is here. One that came by file tells of sequences alone, and a record that was
   * changed since stands at a later one, on a page that may be still to come: until each record is seen, or the channel speaks, the entry stays laid over.
   */
  function isShown(one: HeldEntry, { sequences = {} }: Verdict): boolean {
    if (!channels.havePassed(sequences)) return false;
    return channelVerdictOf(one) !== undefined || one.entry?.changes.every(({ recordId }) => channels.isShownSince(recordId, sequences)) === true;
  }

  function isAtEndpoint({ row }: HeldEntry): boolean {
    return row.kept !== undefined && row.kept === round();
  }

  function idOf(one: HeldEntry): string | undefined {
    return one.entry?.entryId ?? verdictOf(one)?.entryId;
  }

  function standingOf(one: HeldEntry): Standing {
    const verdict = verdictOf(one);
    if (verdict === undefined) {
      const { refused, settledAt, bytes } = one.row;
      // Emptied because it was erased, and a restored endpoint has not said so again yet.
      if (bytes === '') return { state: 'needs_you', reason: { verdict: 'erased' } };
      if (refused !== undefined) return { state: 'needs_you', reason: { verdict: 'unreadable', code: refused } };
      return { state: settledAt === undefined ? 'waiting' : 'sent' };
    }
    switch (verdict.verdict) {
      case 'applied':
      case 'merged':
        return { state: isShown(one, verdict) ? 'sent' : 'applied' };
      case 'held':
      case 'quarantined':
      case 'rejected':
      case 'erased':
        return { state: 'needs_you', reason: reasonOf(verdict, verdict.verdict) };
    }
  }

  /** What needs a person stays in sight until it is mended, accepted or given up. */
  function isLaidOver(one: HeldEntry, standing: Standing): boolean {
    if (standing.state === 'sent' || one.row.again === true) return false;
    return !(standing.state === 'needs_you' && standing.reason.verdict === 'erased');
  }

  const rising = () => [...held.values()].sort((a, b) => a.row.deviceSeq - b.row.deviceSeq);

  function put(one: HeldEntry): void {
    held.set(one.row.deviceSeq, one);
  }

  return {
    entries: rising,
    get: (deviceSeq) => held.get(deviceSeq),
    hasEntry: (entryId) => [...held.values()].some(({ entry }) => entry?.entryId === entryId),
    set: put,
    delete: (deviceSeq) => {
      held.delete(deviceSeq);
    },
    judge() {
      standings.clear();
      touching.clear();
      listed = undefined;
      held = new Map(rising().map((one) => [one.row.deviceSeq, one]));
      for (const one of held.values()) {
        const standing = standingOf(one);
        standings.set(one.row.deviceSeq, standing);
        if (one.entry === undefined) continue;
        if (standing.state === 'sent' || standing.state === 'applied') continue;
        for (const { recordId } of one.entry.changes) {
          touching.set(recordId, [...(touching.get(recordId) ?? []), one.row.deviceSeq]);
        }
      }
    },
    laidOver: (but) =>
      [...held.values()].flatMap((one) => {
        const standing = standings.get(one.row.deviceSeq);
        if (one.entry === undefined || standing === undefined || one.row.deviceSeq === but) return [];
        return isLaidOver(one, standing) ? [one.entry] : [];
      }),
    hasChannelVerdict(deviceSeq) {
      const one = held.get(deviceSeq);
      return one !== undefined && channelVerdictOf(one) !== undefined;
    },
    isKeptOnly(deviceSeq) {
      const one = held.get(deviceSeq);
      return one !== undefined && isAtEndpoint(one) && one.row.settledAt === undefined && verdictOf(one) === undefined;
    },
    isSent: (deviceSeq) => standings.get(deviceSeq)?.state === 'sent',
    lost() {
      const all = [...held.values()];
      const known = new Set(all.map(idOf));
      // One that does not open here may be the very one: the endpoint is told nothing before it has said which it is.
      if (all.some((one) => idOf(one) === undefined && standings.get(one.row.deviceSeq)?.state === 'waiting')) return [];
      const awaited = all.flatMap((one) => {
        const verdict = verdictOf(one);
        return verdict?.verdict === 'held' ? (verdict.after ?? []) : [];
      });
      return [...new Set(awaited)].filter((entryId) => !known.has(entryId));
    },
    hasTwinOf: (deviceId) =>
      [...held.values()].some((one) => one.sealedBy === deviceId && verdictOf(one)?.code === 'restored_phone'),
    unsettledCount: () => [...standings.values()].filter(({ state }) => state === 'waiting').length,
    list() {
      listed ??= [...held.values()].flatMap((one): OutboxEntry[] => {
        const standing = standings.get(one.row.deviceSeq);
        if (standing === undefined || standing.state === 'sent' || standing.state === 'applied') return [];
        const { deviceSeq, savedAt } = one.row;
        const about = {
          deviceSeq,
          savedAt,
          entryId: idOf(one) ?? '',
          occurredAt: one.entry?.occurredAt ?? new Date(savedAt).toISOString(),
          recordIds: one.entry?.changes.map((change) => change.recordId) ?? [],
        };
        return standing.state === 'needs_you'
          ? [{ ...about, state: 'needs_you', reason: standing.reason }]
          : [{ ...about, state: 'on_this_phone', isKept: isAtEndpoint(one) ? true : undefined }];
      });
      return listed;
    },
    accepted: () =>
      rising()
        .reverse()
        .flatMap((one): AcceptedEntry[] => {
          const verdict = verdictOf(one);
          if (verdict?.verdict !== 'applied' || verdict.code !== 'accepted') return [];
          const { entryId, decidedBy, decidedByName, settledAt } = verdict;
          const { deviceSeq, savedAt } = one.row;
          const recordIds = one.entry?.changes.map((change) => change.recordId) ?? [];
          return [{ deviceSeq, savedAt, entryId, recordIds, decidedBy, decidedByName, decidedAt: settledAt }];
        }),
    mark(record, author, records) {
      const own = (touching.get(record.recordId) ?? []).flatMap((deviceSeq) => held.get(deviceSeq) ?? []);
      const needy = own.flatMap(({ row }) => standings.get(row.deviceSeq) ?? []).find((standing) => standing.state === 'needs_you');
      if (needy?.state === 'needs_you') return { state: 'needs_you', reason: needy.reason };
      if (own.some((one) => !isAtEndpoint(one))) return { state: 'on_this_phone' };
      const conflict = record.conflicts.find(({ field }) => maySettle(author, record, records, field));
      if (conflict !== undefined) {
        return { state: 'needs_you', reason: { verdict: 'merged', field: conflict.field } };
      }
      return { state: 'sent' };
    },
    before({ changes }) {
      const named = recordsNamedIn(changes);
      const after = [...held.values()].filter(({ row, entry }) => {
        if (entry === undefined) return false;
        const standing = standings.get(row.deviceSeq);
        // Applied and not shown yet: what is written now was not written on top of it, for all that its versions say.
        const mayStillApply =
          standing?.state === 'waiting' ||
          standing?.state === 'applied' ||
          (standing?.state === 'needs_you' && (standing.reason.verdict === 'held' || standing.reason.verdict === 'quarantined'));
        return mayStillApply && entry.changes.some(({ recordId }) => named.has(recordId));
      });
      return after.slice(-maxAfter).flatMap(({ entry }) => entry?.entryId ?? []);
    },
  };
}

function reasonOf({ code, field, note, decidedBy, decidedByName }: Verdict, verdict: NeedsYouReason['verdict']): NeedsYouReason {
  return { verdict, code, field, note, decidedBy, decidedByName };
}

/** Every record that changes touch or may refer to: their own, their area's, and each text among their values. */
export function recordsNamedIn(changes: readonly Change[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const change of changes) {
    named.add(change.recordId).add(change.areaId);
    if (!('set' in change)) continue;
    for (const value of Object.values(change.set).flat()) if (typeof value === 'string') named.add(value);
  }
  return named;
}
