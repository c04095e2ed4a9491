/** After the kills: every confirmed entry once in the database, and every phone holding what the endpoint holds. */
import { currentSchema, isSameValue } from '#domain/change.ts';
import type { EntryDraft } from '#domain/change.ts';
import { recordKinds } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import { protocolVersion } from '#sync/protocol.ts';
import type { Page, RecordRow } from '#sync/protocol.ts';
import { readDatabase } from './endpoint-database.ts';
import type { DatabaseFound } from './endpoint-database.ts';
import type { NodePhone, OpenStore } from './node-phone.ts';

export interface Reckoning {
  /** Confirmed entries that the database knows. */
  readonly settled: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Whatever else is not as it must be. */
  readonly otherwise: readonly string[];
}

/** To be called when nothing is under way: all outboxes are drained and nobody writes. `thorough`: reads every phone's disk from nothing as well. */
export async function reckon(folder: string, phones: readonly NodePhone[], { thorough }: { readonly thorough: boolean }): Promise<Reckoning> {
  const found = readDatabase(folder);
  const parts = phones.map((phone) => checkEntries(phone, found));
  const otherwise = [...found.damage, ...parts.flatMap((part) => part.otherwise)];
  for (const phone of phones) otherwise.push(...(await checkChannels(phone, thorough)));
  return {
    settled: parts.reduce((sum, part) => sum + part.settled, 0),
    lost: parts.flatMap((part) => part.lost),
    doubled: parts.flatMap((part) => part.doubled),
    otherwise,
  };
}

function checkEntries(phone: NodePhone, found: DatabaseFound): Reckoning {
  const { name, deviceId, confirmed, store } = phone;
  const lost: string[] = [];
  const doubled: string[] = [];
  const otherwise: string[] = [];
  const ours = found.entries.filter((entry) => entry.deviceId === deviceId);
  const verdicts = new Map(ours.map((entry) => [entry.entryId, entry.verdict]));
  const history = new Map(found.history.map((row) => [`${row.entryId} ${row.recordId}`, row]));
  const needy = new Map(store.outbox().map((entry) => [entry.entryId, entry.reason?.verdict]));
  for (const [entryId, draft] of confirmed) {
    const verdict = verdicts.get(entryId);
    if (verdict === undefined) lost.push(`${name} saved ${entryId}, and the endpoint does not know it`);
    else if (verdict === 'applied' || verdict === 'merged') {
      for (const [recordId, fields] of settingsOf(draft)) {
        const row = history.get(`${entryId} ${recordId}`);
        if (row === undefined) lost.push(`${entryId} of ${name} is ${verdict}, and left nothing on ${recordId}`);
        else if (row.versions > 1) doubled.push(`${entryId} of ${name} was applied ${row.versions} times to ${recordId}`);
        else if (!isSameValue([...row.fields].sort(), fields)) otherwise.push(`${entryId} of ${name} set ${row.fields.join()} on ${recordId}, not ${fields.join()}`);
      }
    } else if (needy.get(entryId) !== verdict) otherwise.push(`${name} does not show that ${entryId} is ${verdict}`);
  }
  for (const { entryId } of ours) if (!confirmed.has(entryId)) doubled.push(`the endpoint has ${entryId} of ${name}, who never saved it`);
  const numbers = ours.map(({ deviceSeq }) => deviceSeq);
  if (new Set(numbers).size !== numbers.length) doubled.push(`two entries of ${name} have one deviceSeq`);
  if (store.unsettledCount() > 0) otherwise.push(`${name} waits for ${store.unsettledCount()} verdicts`);
  return { settled: confirmed.size - lost.length, lost, doubled, otherwise };
}

/** By record, the fields an entry sets. */
function settingsOf({ changes }: EntryDraft): Map<string, string[]> {
  return new Map(changes.map((change) => [change.recordId, 'set' in change ? Object.keys(change.set).sort() : ['deleted']]));
}

/** The phone holds, channel by channel, what the endpoint would give to a phone that has nothing. */
async function checkChannels(phone: NodePhone, thorough: boolean): Promise<string[]> {
  const { name, store } = phone;
  const pages = await pullAll(phone);
  const expected = recordsOf(pages);
  const broken = compare(name, 'in memory', store, expected);
  if (thorough) {
    const reopened = await phone.reopen();
    broken.push(...compare(name, 'on disk', reopened, expected));
    reopened.close();
  }
  const ends = new Map(pages.map((page) => [page.channelId, page.cursor]));
  const rows = await phone.disk.open().read(['channels'], async ({ channels }) => await channels.all());
  for (const row of rows) {
    if (row.mismatches > 0) broken.push(`${name} found the digest of ${row.channelId} wrong ${row.mismatches} times`);
    if (row.cursor !== ends.get(row.channelId)) broken.push(`${name} stands at ${row.cursor} of ${row.channelId}, whose end is ${ends.get(row.channelId)}`);
  }
  return broken;
}

async function pullAll({ name, transport }: NodePhone): Promise<Page[]> {
  const pages: Page[] = [];
  const channels: Record<string, { cursor: number; upTo?: number | undefined }> = {};
  for (let isMore = true; isMore; ) {
    const answer = await transport.sync({ protocol: protocolVersion, sessions: [], entries: [], pull: { epoch: 0, schema: currentSchema, channels, unsent: 0 } });
    if (!answer.ok) throw new Error(`${name} cannot ask the endpoint: ${answer.error.code}`);
    const { pull } = answer.value;
    if (pull === undefined || !('pages' in pull)) throw new Error(`${name} was given no pages`);
    pages.push(...pull.pages);
    for (const { channelId, cursor, upTo } of pull.pages) channels[channelId] = { cursor, upTo };
    isMore = pull.pages.some((page) => page.more);
  }
  return pages;
}

/** A record may stand in several channels: the highest version counts, and what any of them shows of it. */
function recordsOf(pages: readonly Page[]): Map<string, RecordRow> {
  const records = new Map<string, RecordRow>();
  for (const row of pages.flatMap((page) => page.rows)) {
    if ('gone' in row || 'verdict' in row) continue;
    const known = records.get(row.recordId);
    if (known === undefined || row.version > known.version) records.set(row.recordId, row);
    else if (row.version === known.version) records.set(row.recordId, { ...row, fields: { ...known.fields, ...row.fields } });
  }
  return records;
}

/** Field by field, but for what a refused entry of this phone still lays over it. */
function compare(name: string, where: string, store: OpenStore, expected: ReadonlyMap<string, RecordRow>): string[] {
  const refused = new Set(store.outbox().flatMap((entry) => entry.recordIds));
  const shown = new Map<string, AnyRecord>(recordKinds.flatMap((kind) => store.all(kind).map((record) => [record.recordId, record as AnyRecord])));
  const broken: string[] = [];
  for (const [recordId, row] of expected) {
    if (refused.has(recordId)) continue;
    const record = shown.get(recordId);
    if (record === undefined) broken.push(`${name} lacks ${row.kind} ${recordId} ${where}`);
    else if (!isSameRecord(record, row)) broken.push(`${name} holds another ${row.kind} ${recordId} ${where}`);
  }
  for (const [recordId, { kind }] of shown) {
    if (!expected.has(recordId) && !refused.has(recordId)) broken.push(`${name} shows ${kind} ${recordId} ${where}, which the endpoint does not give it`);
  }
  return broken;
}

function isSameRecord(record: AnyRecord, { sequence: _sequence, ...row }: RecordRow): boolean {
  return isSameValue(JSON.parse(JSON.stringify(record)), { ...row, deleted: false, conflicts: row.conflicts ?? [] });
}
