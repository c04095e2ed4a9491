/** What must hold when the faults have stopped and everybody has synced: each broken one in a line a person can follow. */
import { isSameValue } from '#domain/change.ts';
import { recordKinds } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { Page, RecordRow } from '#sync/protocol.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { PhoneStore, SimulatedPhone } from './simulated-phone.ts';

export async function findBroken(endpoint: SimulatedEndpoint, phones: readonly SimulatedPhone[]): Promise<string[]> {
  const broken = phones.flatMap((phone) => phone.broken);
  for (const phone of phones) {
    broken.push(...(await checkOutbox(endpoint, phone)), ...(await checkChannels(endpoint, phone)));
  }
  return [...new Set(broken), ...(await checkHistory(endpoint))];
}

/** Every saved entry is at the endpoint exactly once: applied, or in sight on its phone with the reason why not. */
async function checkOutbox(endpoint: SimulatedEndpoint, phone: SimulatedPhone): Promise<string[]> {
  const broken: string[] = [];
  const store = await phone.reopen();
  const left = await store.outbound({ entries: 200, bytes: 1e9 });
  if (left.entries.length > 0) broken.push(`${phone.name} has not sent ${left.entries.map((entry) => entry.deviceSeq).join(', ')}`);
  if (store.unsettledCount() > 0) broken.push(`${phone.name} waits for ${store.unsettledCount()} verdicts`);
  const needy = new Map(store.outbox().map((entry) => [entry.entryId, entry]));
  const known = await endpoint.db.selectFrom('entry').select(['entryId', 'verdict', 'deviceSeq']).where('deviceId', '=', phone.deviceId).execute();
  const verdicts = new Map(known.map((row) => [row.entryId, row.verdict]));
  for (const entryId of phone.saved.keys()) {
    const verdict = verdicts.get(entryId);
    if (verdict === undefined) broken.push(`${phone.name} saved ${entryId}, the endpoint never saw it`);
    else if (verdict !== 'applied' && verdict !== 'merged' && needy.get(entryId)?.reason?.verdict !== verdict) {
      broken.push(`${phone.name} does not show that ${entryId} is ${verdict}`);
    }
  }
  for (const { entryId } of known) {
    if (!phone.saved.has(entryId) && !phone.cutOff.has(entryId)) broken.push(`the endpoint has ${entryId} of ${phone.name}, who never saved it`);
  }
  const seqs = known.map((row) => row.deviceSeq);
  if (new Set(seqs).size !== seqs.length) broken.push(`${phone.name} gave a deviceSeq twice`);
  store.close();
  return broken;
}

/** Phone and endpoint hold the same rows channel by channel, in every open tab and on disk. */
async function checkChannels(endpoint: SimulatedEndpoint, phone: SimulatedPhone): Promise<string[]> {
  const broken: string[] = [];
  const auth = await endpoint.endpoint().authenticate(phone.authorization);
  if (!auth.ok) throw new Error('no session');
  const pages: Page[] = [];
  const channels: Record<string, { cursor: number }> = {};
  for (let isMore = true; isMore; ) {
    const { pull } = await endpoint.endpoint().sync(auth.value, {
      protocol: 1, sessions: [], entries: [], pull: { epoch: 0, schema: 1, channels, unsent: 0 },
    });
    if (pull === undefined || !('pages' in pull)) throw new Error('nothing pulled');
    pages.push(...pull.pages);
    for (const page of pull.pages) channels[page.channelId] = { cursor: page.cursor };
    isMore = pull.pages.some((page) => page.more);
  }
  const expected = recordsOf(pages);
  const reopened = await phone.reopen();
  const stores: readonly (readonly [string, PhoneStore])[] = [
    ['on disk', reopened],
    ...phone.tabs().map((tab, index) => [`in tab ${index + 1}`, tab.store] as const),
  ];
  for (const [where, store] of stores) broken.push(...compare(phone, where, store, expected));
  const rows = await phone.disk.open().read(['channels'], async (tables) => await tables.channels.all());
  for (const row of rows) {
    if (row.mismatches > 0) broken.push(`${phone.name} found a digest of ${row.channelId} wrong ${row.mismatches} times`);
    if (row.cursor !== channels[row.channelId]?.cursor) broken.push(`${phone.name} stands at ${row.cursor} of ${row.channelId}, not at its end`);
  }
  reopened.close();
  return broken;
}

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

/** Byte for byte, but for what a refused entry of this phone still lays over it. */
function compare(phone: SimulatedPhone, where: string, store: PhoneStore, expected: ReadonlyMap<string, RecordRow>): string[] {
  const broken: string[] = [];
  const refused = new Set(store.outbox().flatMap((entry) => entry.recordIds));
  const shown = new Map<string, AnyRecord>(recordKinds.flatMap((kind) => store.all(kind).map((record) => [record.recordId, record as AnyRecord] as const)));
  for (const [recordId, row] of expected) {
    const record = shown.get(recordId);
    if (refused.has(recordId)) continue;
    if (record === undefined) broken.push(`${phone.name} lacks ${row.kind} ${recordId} ${where}`);
    else if (!isSameRecord(record, row)) broken.push(`${phone.name} holds another ${row.kind} ${recordId} ${where}`);
  }
  for (const [recordId, record] of shown) {
    if (!expected.has(recordId) && !refused.has(recordId)) broken.push(`${phone.name} still shows ${record.kind} ${recordId} ${where}`);
  }
  return broken;
}

function isSameRecord(record: AnyRecord, { sequence: _sequence, ...row }: RecordRow): boolean {
  return isSameValue(JSON.parse(JSON.stringify(record)), { ...row, deleted: false, conflicts: row.conflicts ?? [] });
}

/** No entry was applied twice: it raised each of its records once. */
async function checkHistory({ db }: SimulatedEndpoint): Promise<string[]> {
  const rows = await db.selectFrom('record_history').select(['entryId', 'recordId', 'version']).distinct().execute();
  const versions = new Map<string, number[]>();
  for (const { entryId, recordId, version } of rows) {
    const key = `${entryId} to ${recordId}`;
    versions.set(key, [...(versions.get(key) ?? []), version]);
  }
  return [...versions].filter(([, applied]) => applied.length > 1).map(([key, applied]) => `applied ${applied.length} times: ${key}`);
}
