/**
 * What the channels say, in memory: rows a channel, and the records they make together. A record is shown while any channel holds
 * it, in its highest version; an eviction takes its own channel's row only.
 */
import { channelId as channelIdOf } from '#domain/permissions.ts';
import { isLetGo } from '#domain/let-go.ts';
import { kindRules } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import { addDigest, digestToHex, emptyDigest, hexToDigest, rowDigest, subtractDigest } from '#sync/digest.ts';
import type { RecordRow, Row, Verdict, VerdictRow } from '#sync/protocol.ts';
import type { ChannelSafe } from './safe.ts';

type LiveRow = RecordRow | VerdictRow;

/** The rows of one generation of a channel, folded up to a cursor. */
export interface Rows {
  readonly generation: string;
  foldedTo: number;
  readonly live: Map<string, LiveRow>;
}

export interface HeldChannel {
  readonly safe: ChannelSafe;
  readonly shown: Rows;
  /** Downloaded beside `shown`, to take its place when it is whole. */
  readonly next?: Rows | undefined;
}

export function emptyRows(generation: string): Rows {
  return { generation, foldedTo: 0, live: new Map() };
}

/** Folds into `rows`, in the order of their sequences, what lies above its cursor; says which records that touches. */
export function foldRows(rows: Rows, incoming: readonly Row[], to: number): Set<string> {
  const touched = new Set<string>();
  for (const row of incoming) {
    if (row.sequence <= rows.foldedTo) continue;
    touched.add(row.recordId);
    if ('gone' in row) rows.live.delete(row.recordId);
    else rows.live.set(row.recordId, row);
  }
  rows.foldedTo = Math.max(rows.foldedTo, to);
  return touched;
}

/** What lies in `rows` once `incoming` is folded in, in the order of their sequences: the channel whole, without any mark of what is gone. */
export function wholeWith(rows: Rows, incoming: readonly Row[]): Row[] {
  const folded: Rows = { ...rows, live: new Map(rows.live) };
  foldRows(folded, incoming, rows.foldedTo);
  return [...folded.live.values()].sort((a, b) => a.sequence - b.sequence);
}

/**
 * Does `incoming` say of something that it is gone (deleted, erased, no longer in this channel) or that a part of it is (cleared, let go of, a conflict
 * ended), so that an older box would still hold it?
 */
export function isTakingFrom({ live }: Rows, incoming: readonly Row[]): boolean {
  return incoming.some((row) => {
    if ('gone' in row) return true;
    const before = live.get(row.recordId);
    if (before === undefined || 'verdict' in row || 'verdict' in before) return false;
    if ((before.conflicts?.length ?? 0) > (row.conflicts?.length ?? 0)) return true;
    return Object.entries(before.fields).some(([field, value]) => !Object.hasOwn(row.fields, field) || (isLetGo(row.fields[field]) && !isLetGo(value)));
  });
}

/** The digest these rows would have once `incoming` is folded in; as it travels. */
export function digestWith(rows: Rows, incoming: readonly Row[]): string {
  const last = new Map(incoming.filter((row) => row.sequence > rows.foldedTo).map((row) => [row.recordId, row]));
  let sum = digestOf(rows);
  for (const [recordId, row] of last) {
    const before = rows.live.get(recordId);
    if (before !== undefined) sum = subtractDigest(sum, rowDigest(recordId, before.sequence));
    if (!('gone' in row)) sum = addDigest(sum, rowDigest(recordId, row.sequence));
  }
  return digestToHex(sum);
}

/** Hashing thousands of rows takes a while: what was summed up to a cursor is remembered. */
const digests = new WeakMap<Rows, { readonly foldedTo: number; readonly sum: bigint }>();

export function rememberDigest(rows: Rows, digest: string): void {
  digests.set(rows, { foldedTo: rows.foldedTo, sum: hexToDigest(digest) });
}

function digestOf(rows: Rows): bigint {
  const known = digests.get(rows);
  if (known?.foldedTo === rows.foldedTo) return known.sum;
  let sum = emptyDigest;
  for (const row of rows.live.values()) sum = addDigest(sum, rowDigest(row.recordId, row.sequence));
  digests.set(rows, { foldedTo: rows.foldedTo, sum });
  return sum;
}

export interface ChannelMemory {
  get(channelId: string): HeldChannel | undefined;
  ids(): string[];
  /** Puts a channel as it stands in the place of what was held; undefined drops it, with its key. */
  replace(channelId: string, channel: HeldChannel | undefined): void;
  /** Folds a page into what is shown, or into what is downloaded beside it. */
  fold(channelId: string, into: 'shown' | 'next', incoming: readonly Row[], to: number): void;
  /** The record as all channels together say; undefined: none shows it. */
  record(recordId: string): AnyRecord | undefined;
  /** The records touched since the last call. */
  takeTouched(): Set<string>;
  verdictOf(entryId: string): Verdict | undefined;
  /** What the channel of that device says of its `deviceSeq`; undefined too where it says it of two entries (a restored phone). */
  verdictOfSeq(deviceId: string, deviceSeq: number): Verdict | undefined;
  /** Has every channel that this phone reads passed the sequence named for it? */
  havePassed(sequences: Readonly<Record<string, number>> | undefined): boolean;
  /** Does one of these channels show the record as it stands at the sequence named for it, or later? */
  isShownSince(recordId: string, sequences: Readonly<Record<string, number>>): boolean;
}

export function createChannelMemory(): ChannelMemory {
  const channels = new Map<string, HeldChannel>();
  const records = new Map<string, AnyRecord | undefined>();
  const verdicts = new Map<string, Verdict>();
  let touched = new Set<string>();

  function touch(recordId: string): void {
    touched.add(recordId);
    records.delete(recordId);
  }

  function noteVerdict(recordId: string, row: LiveRow | undefined): void {
    if (row === undefined || !('verdict' in row)) verdicts.delete(recordId);
    else verdicts.set(recordId, row.verdict);
  }

  function noteShown(recordIds: Iterable<string>): void {
    for (const recordId of recordIds) {
      touch(recordId);
      const rows = [...channels.values()].map((channel) => channel.shown.live.get(recordId));
      noteVerdict(recordId, rows.find((row) => row !== undefined && 'verdict' in row));
    }
  }

  return {
    get: (channelId) => channels.get(channelId),
    ids: () => [...channels.keys()],
    replace(channelId, channel) {
      const before = channels.get(channelId);
      if (channel === undefined) channels.delete(channelId);
      else channels.set(channelId, channel);
      if (before?.shown === channel?.shown) return;
      noteShown(new Set([...(before?.shown.live.keys() ?? []), ...(channel?.shown.live.keys() ?? [])]));
    },
    fold(channelId, into, incoming, to) {
      const rows = channels.get(channelId)?.[into];
      if (rows === undefined) throw new Error(`channel ${channelId} holds no ${into} rows`);
      const folded = foldRows(rows, incoming, to);
      if (into === 'shown') noteShown(folded);
    },
    record(recordId) {
      if (records.has(recordId)) return records.get(recordId);
      let record: AnyRecord | undefined;
      for (const { shown } of channels.values()) {
        const row = shown.live.get(recordId);
        if (row !== undefined && !('verdict' in row)) record = together(record, rowToRecord(row));
      }
      records.set(recordId, record);
      return record;
    },
    takeTouched() {
      const taken = touched;
      touched = new Set();
      return taken;
    },
    verdictOf: (entryId) => verdicts.get(entryId),
    verdictOfSeq(deviceId, deviceSeq) {
      const shown = channels.get(channelIdOf.device(deviceId))?.shown;
      return shown && verdictsBySeqOf(shown).get(deviceSeq);
    },
    havePassed: (sequences) =>
      Object.entries(sequences ?? {}).every(([channelId, sequence]) => {
        const channel = channels.get(channelId);
        return channel === undefined || channel.shown.foldedTo >= sequence;
      }),
    isShownSince: (recordId, sequences) =>
      Object.entries(sequences).some(([channelId, sequence]) => {
        const row = channels.get(channelId)?.shown.live.get(recordId);
        return row !== undefined && row.sequence >= sequence;
      }),
  };
}

const bySeq = new WeakMap<Rows, { readonly foldedTo: number; readonly verdicts: ReadonlyMap<number, Verdict | undefined> }>();

function verdictsBySeqOf(rows: Rows): ReadonlyMap<number, Verdict | undefined> {
  const known = bySeq.get(rows);
  if (known?.foldedTo === rows.foldedTo) return known.verdicts;
  const verdicts = new Map<number, Verdict | undefined>();
  for (const row of rows.live.values()) {
    if (!('verdict' in row)) continue;
    const { deviceSeq } = row.verdict;
    verdicts.set(deviceSeq, verdicts.has(deviceSeq) ? undefined : row.verdict);
  }
  bySeq.set(rows, { foldedTo: rows.foldedTo, verdicts });
  return verdicts;
}

/** Undefined: a kind this version does not know; it is kept on disk for the one that does. */
function rowToRecord(row: RecordRow): AnyRecord | undefined {
  if (!Object.hasOwn(kindRules, row.kind)) return undefined;
  const { sequence: _sequence, ...rest } = row;
  return { ...rest, deleted: false, conflicts: row.conflicts ?? [] } as unknown as AnyRecord;
}

/** The higher version wins; at the same one each channel may show fields the other hides. */
function together(one: AnyRecord | undefined, other: AnyRecord | undefined): AnyRecord | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.version !== other.version) return one.version > other.version ? one : other;
  const conflicts = one.conflicts.length >= other.conflicts.length ? one.conflicts : other.conflicts;
  return { ...one, fields: { ...one.fields, ...other.fields }, conflicts } as AnyRecord;
}
