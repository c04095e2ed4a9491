/** What a member's channels show above their cursors, in one snapshot. */
import { channelId as channelIds, channelsOfMember } from '#domain/permissions.ts';
import type { AnyRecord } from '#domain/record.ts';
import { digestToHex, emptyDigest } from '#sync/digest.ts';
import type { Page, Row, SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { provinceOf } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import type { ChannelRowTable, Database } from './database/schema.ts';
import { devicesOfPhone } from './device-chain.ts';
import { memberNamesOf } from './member-names.ts';
import { shownConflicts, shownFields } from './place-records.ts';
import { rowToRecord } from './records-at-hand.ts';
import { entryToVerdict } from './verdicts.ts';

export const mostPageRows = 500;
const pageBytes = 256 * 1024;
/** Over all pages of an answer; each channel with news gets a row at least. */
const answerBytes = 512 * 1024;

type Pull = NonNullable<SyncRequest['pull']>;
type Position = Pull['channels'][string];
type Pulled = NonNullable<SyncAnswer['pull']>;

export interface PullArgs {
  readonly communeCode: string;
  readonly deviceId: string;
  readonly memberId: string;
  readonly pull: Pull;
  readonly epoch: number;
  readonly pageRows: number;
}

export type PullAnswer = { readonly answer: Pulled; readonly cursorAbove: string | undefined };

/** `db` is a transaction, so that pages, counters and digests belong together. `cursorAbove`: the channel whose cursor lay above its counter. */
export async function readPages(db: Database, accounts: Accounts, args: PullArgs): Promise<PullAnswer> {
  const { pull } = args;
  if (isOfOtherEpoch(args)) return { answer: { restart: 'epoch' }, cursorAbove: undefined };
  const { member, readable, keeperOf, counters } = await readReadable(db, accounts, args);
  const cursorAbove = channelAbove(pull, readable, counters);
  if (cursorAbove !== undefined) return { answer: { restart: 'cursor' }, cursorAbove };

  const pages: Page[] = [];
  let bytesLeft: number = answerBytes;
  for (const channelId of readable) {
    const state = counters.get(channelId) ?? { counter: 0, digest: digestToHex(emptyDigest) };
    const position = pull.channels[channelId] ?? { cursor: 0 };
    const { page, bytes } = await readPage(db, { communeCode: keeperOf(channelId), channelId, position, state, maxBytes: Math.min(bytesLeft, pageBytes), mostRows: args.pageRows });
    bytesLeft -= bytes;
    pages.push(page);
  }
  const left = Object.keys(pull.channels).filter((id) => !readable.includes(id));
  return { answer: { member, pages, left }, cursorAbove: undefined };
}

/** The channel whose cursor lies above its counter at this moment, if there is one; as `readPages` would say. */
export async function findCursorAbove(db: Database, accounts: Accounts, args: PullArgs): Promise<string | undefined> {
  if (isOfOtherEpoch(args)) return undefined;
  const { readable, counters } = await readReadable(db, accounts, args);
  return channelAbove(args.pull, readable, counters);
}

function isOfOtherEpoch({ pull, epoch }: PullArgs): boolean {
  return pull.epoch !== 0 && pull.epoch !== epoch;
}

async function readReadable(db: Database, accounts: Accounts, { communeCode, deviceId, memberId }: PullArgs) {
  const member = await accounts.accountOf(db, communeCode, memberId);
  // What it sealed before it took a new identity is settled in the channel of the device it was.
  const devices = await devicesOfPhone(db, communeCode, deviceId);
  const provinceId = await provinceOf(db, communeCode);
  const readable = [...devices.map(channelIds.device), ...channelsOfMember({ ...member, provinceId })];
  /** Under whose code its rows lie: one alone is not kept by the commune itself, and only where the member reads it. */
  const keeperOf = (channelId: string) => (provinceId !== undefined && channelId === channelIds.handbook(provinceId) ? provinceId : communeCode);
  const counters = new Map<string, CounterState>();
  for (const [keeper, channels] of Map.groupBy(readable, keeperOf)) {
    for (const [channelId, counter] of await readCounters(db, keeper, channels)) counters.set(channelId, counter);
  }
  return { member, readable, keeperOf, counters };
}

function channelAbove({ channels }: Pull, readable: readonly string[], counters: ReadonlyMap<string, CounterState>): string | undefined {
  return readable.find((id) => (channels[id]?.cursor ?? 0) > (counters.get(id)?.counter ?? 0));
}

interface CounterState {
  readonly counter: number;
  readonly digest: string;
}

async function readCounters(db: Database, communeCode: string, channels: readonly string[]): Promise<ReadonlyMap<string, CounterState>> {
  const rows = await db
    .selectFrom('channel_counter')
    .select(['channelId', 'counter', 'digest'])
    .where('communeCode', '=', communeCode)
    .where('channelId', 'in', channels)
    .execute();
  return new Map(rows.map(({ channelId, counter, digest }) => [channelId, { counter, digest }]));
}

async function readPage(
  db: Database,
  args: {
    readonly communeCode: string;
    readonly channelId: string;
    readonly position: Position;
    readonly state: CounterState;
    readonly maxBytes: number;
    readonly mostRows: number;
  },
): Promise<{ page: Page; bytes: number }> {
  const { communeCode, channelId, position, state, maxBytes, mostRows } = args;
  const from = position.cursor;
  // The first page of a first download fixes how far it reaches: what is gone by then was never shown to this phone.
  const upTo = from === 0 && position.upTo === undefined ? state.counter : (position.upTo ?? 0);
  // Most polls find nothing new, and the counter says so already.
  const found = from >= state.counter ? [] : await readRows();
  const shown = await showRows(db, communeCode, channelId, found.slice(0, mostRows));
  const rows: Row[] = [];
  let bytes = 0;
  for (const row of shown) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (rows.length > 0 && bytes + size > maxBytes) break;
    rows.push(row);
    bytes += size;
  }
  const more = rows.length < found.length;
  const cursor = more ? (rows.at(-1)?.sequence ?? from) : state.counter;
  return {
    bytes,
    page: {
      channelId,
      from,
      cursor,
      ...(upTo > cursor ? { upTo } : {}),
      rows,
      more,
      ...(more ? {} : { digest: state.digest }),
    },
  };

  async function readRows(): Promise<ChannelRowTable[]> {
    return await db
      .selectFrom('channel_row')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('channelId', '=', channelId)
      .where('sequence', '>', from)
      .where((where) => where.or([where('gone', 'is', null), where('sequence', '>', upTo)]))
      .orderBy('sequence')
      .limit(mostRows + 1)
      .execute();
  }
}

/** Each row as its channel shows it: a verdict in a device's channel, what is gone without content, a record without what is hidden. */
async function showRows(db: Database, communeCode: string, channelId: string, rows: readonly ChannelRowTable[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.recordId);
  if (channelId.startsWith('device/')) {
    const entries = await db.selectFrom('entry').selectAll().where('communeCode', '=', communeCode).where('entryId', 'in', ids).execute();
    const names = await memberNamesOf(db, communeCode, entries.flatMap(({ decidedBy }) => decidedBy ?? []));
    const verdicts = new Map(entries.map((entry) => [entry.entryId, entryToVerdict(entry, names)]));
    return rows.map(({ sequence, recordId, version }) => ({ sequence, recordId, version, verdict: standing(verdicts, recordId) }));
  }
  const stored = await db.selectFrom('record').selectAll().where('communeCode', '=', communeCode).where('recordId', 'in', ids).execute();
  const records = new Map(stored.map((row) => [row.recordId, rowToRecord(row)]));
  return rows.map((row) =>
    row.gone === null
      ? showRecord(row, standing(records, row.recordId))
      : { sequence: row.sequence, recordId: row.recordId, version: row.version, gone: row.gone },
  );
}

function showRecord(row: ChannelRowTable, record: AnyRecord): Row {
  const hidden = JSON.parse(row.hidden) as string[];
  const conflicts = shownConflicts(record.conflicts, hidden);
  return {
    sequence: row.sequence,
    recordId: row.recordId,
    kind: record.kind,
    areaId: record.areaId,
    version: row.version,
    fields: shownFields(record.fields, hidden),
    ...(conflicts.length === 0 ? {} : { conflicts }),
    memberId: record.memberId,
    occurredAt: record.occurredAt,
    ...(record.receivedAt === undefined ? {} : { receivedAt: record.receivedAt }),
  };
}

function standing<T>(from: ReadonlyMap<string, T>, recordId: string): T {
  const value = from.get(recordId);
  if (value === undefined) throw new Error(`a channel shows ${recordId}, which is not there`);
  return value;
}
