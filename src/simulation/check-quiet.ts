/** What must hold when the faults have stopped and everybody has synced: each broken one in a line a person can follow. */
import { isLetGo, withoutName } from '#domain/let-go.ts';
import { isSameValue } from '#domain/change.ts';
import { recordKinds } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import { commune } from './commune.ts';
import { touchesAny } from './ledger.ts';
import type { SavedEntry } from './ledger.ts';
import type { Members } from './members.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { PhoneStore, SimulatedPhone } from './simulated-phone.ts';
import { channelNames, channelRows } from './watch-phone.ts';

export interface QuietArgs {
  readonly run: RunContext;
  readonly endpoint: SimulatedEndpoint;
  readonly members: Members;
  readonly phones: readonly SimulatedPhone[];
  /** Phones whose disk was put back to a copy. */
  readonly putBack: ReadonlySet<number>;
}

interface ShownRow {
  readonly sequence: number;
  readonly recordId: string;
  readonly version: number;
  readonly record: Readonly<Record<string, unknown>>;
}
type Channels = ReadonlyMap<string, { readonly counter: number; readonly rows: readonly ShownRow[] }>;

export async function checkQuiet(args: QuietArgs): Promise<void> {
  const { run, endpoint, members, phones, putBack } = args;
  const channels = readChannels(endpoint);
  for (const saved of run.ledger.entries.values()) {
    const isTwin = endpoint.record.verdict(saved.draft.entryId)?.code === 'restored_phone';
    if (isTwin && !putBack.has(saved.phone)) run.broke(`${saved.draft.entryId} is taken for one of a phone that was put back`);
  }
  for (const phone of phones) {
    if (phone.tabs().length === 0) run.broke(`${phone.name} cannot be opened`);
    checkCursors(run, phone, channels, members);
    const expected = recordsOf(channels, channelNames(present(members, phone.memberId), commune));
    for (const tab of phone.tabs()) {
      checkOutbox(args, phone, tab.store);
      compare(run, `${phone.name} in a tab`, tab.store, expected, endpoint.wasPutBack() !== 'unnoticed');
    }
    // What its tab has in memory was read from the disk a moment ago; one phone a run is read once more all the same.
    if (phone.index !== run.salt % phones.length) continue;
    const fresh = await phone.reopen();
    compare(run, `${phone.name} on disk`, fresh, expected, endpoint.wasPutBack() !== 'unnoticed');
    fresh.close();
  }
}

function present(members: Members, memberId: string) {
  return members.assignmentsOf(memberId).map((one) => (one.hamletId === undefined ? one : { ...one, hamletId: members.present(one.hamletId) }));
}

/** Nothing waits any more, and every verdict that asks for a person is on the list. */
function checkOutbox({ run, endpoint, putBack }: QuietArgs, phone: SimulatedPhone, store: PhoneStore): void {
  if (store.unsettledCount() > 0) run.broke(`${phone.name} waits for ${store.unsettledCount()} verdicts`);
  const listed = new Map(store.outbox().map((entry) => [entry.entryId, entry]));
  const hasTwins = putBack.has(phone.index);
  for (const saved of run.ledger.ofPhone(phone.index)) {
    if (!saved.isOnDisk || saved.isGivenUp) continue;
    const { entryId } = saved.draft;
    const verdict = endpoint.record.verdict(entryId)?.verdict;
    if (verdict === undefined) {
      // Settled as erased, its sealed copy was emptied; the backup that was put back knows nothing of it, and it must never come again.
      const isErased = endpoint.wasPutBack() !== 'no' && touchesAny(saved, endpoint.record.erased);
      if (isErased && sealedRows(phone, saved).length === 0) continue;
      const isForgotten = endpoint.wasPutBack() === 'unnoticed' && isSettledInEarlierLife(phone, saved);
      if (saved.isConfirmed && !isForgotten) run.broke(`${phone.name} saved ${entryId}, and the endpoint does not have it${saved.isTold ? ', though it was told that it was applied' : ''}`);
    } else if (verdict === 'erased' && saved.isTold && !listed.has(entryId)) {
      // Applied, let go once a verified backup held it, and erased after that: the phone has nothing of it left to tell about.
      continue;
    } else if (verdict === 'erased' && hasTwins) {
      // Of what was erased no copy is left that would tell which of two with one number it was.
      continue;
    } else if (verdict !== 'applied' && verdict !== 'merged' && phone.isOwn(saved.deviceId) && listed.get(entryId)?.reason?.verdict !== verdict) {
      run.broke(`${phone.name} does not show that ${entryId} is ${verdict}`);
    }
  }
}

/**
 * Wiped and enrolled anew, the phone has no cursor left from when this was settled, and where nothing outside the database tells that a backup was put back, the
 * endpoint knows as little: nobody is there who could find out that what lies sealed here would have to go once more.
 */
function isSettledInEarlierLife(phone: SimulatedPhone, saved: SavedEntry): boolean {
  return !phone.isOwn(saved.deviceId) && sealedRows(phone, saved).some((row) => row['settledAt'] !== undefined);
}

/** Where its sealed bytes lie on the phone; reads them as the stand-in writes them. */
function sealedRows(phone: SimulatedPhone, { draft }: SavedEntry) {
  return [...phone.contents().tables.outbox.values()].filter((row) => Buffer.from(String(row['bytes']), 'base64url').toString().includes(draft.entryId));
}

function checkCursors(run: RunContext, phone: SimulatedPhone, channels: Channels, members: Members): void {
  const own = [phone.deviceId(), ...phone.present().replaced].map((deviceId) => `device/${deviceId}`);
  const names = new Set([...channelNames(present(members, phone.memberId), commune), ...own]);
  for (const { channelId, cursor } of channelRows(phone)) {
    if (!names.delete(channelId) && !channelId.startsWith('device/')) run.broke(`${phone.name} still has ${channelId}`);
    const counter = channels.get(channelId)?.counter ?? 0;
    if (cursor !== counter) run.broke(`${phone.name} stands at ${cursor} of ${channelId}, not at its end, ${counter}`);
  }
  for (const missing of names) if ((channels.get(missing)?.counter ?? 0) > 0) run.broke(`${phone.name} lacks ${missing}`);
}

function readChannels({ database }: SimulatedEndpoint): Channels {
  const channels = new Map<string, { counter: number; rows: ShownRow[] }>();
  for (const { channelId, counter } of database.rows<{ channelId: string; counter: number }>('select channelId, counter from channel_counter')) {
    channels.set(channelId, { counter, rows: [] });
  }
  const rows = database.rows<Record<string, string | number>>(
    `select c.channelId, c.sequence, c.recordId, c.version, c.hidden, r.kind, r.areaId, r.fields, r.conflicts, r.memberId, r.occurredAt, r.receivedAt
     from channel_row c join record r on r.communeCode = c.communeCode and r.recordId = c.recordId where c.gone is null`,
  );
  for (const { channelId, sequence, recordId, version, hidden, fields, conflicts, ...rest } of rows) {
    const isHidden = JSON.parse(String(hidden)) as string[];
    const all = Object.entries(JSON.parse(String(fields)) as Record<string, unknown>);
    const open = (JSON.parse(String(conflicts)) as { field: string }[]).filter(({ field }) => !isHidden.includes(field));
    const record = { ...rest, recordId, version, deleted: false, fields: Object.fromEntries(all.filter(([field]) => !isHidden.includes(field))), conflicts: open };
    channels.get(String(channelId))?.rows.push({ sequence: Number(sequence), recordId: String(recordId), version: Number(version), record });
  }
  return channels;
}

/** What these channels show together: the highest version of each record; at the same one the fields of all. */
function recordsOf(channels: Channels, names: readonly string[]): ReadonlyMap<string, ShownRow> {
  const records = new Map<string, ShownRow>();
  for (const row of names.flatMap((name) => channels.get(name)?.rows ?? [])) {
    const known = records.get(row.recordId);
    if (known === undefined || row.version > known.version) records.set(row.recordId, row);
    else if (row.version === known.version) {
      const fields = { ...(known.record['fields'] as object), ...(row.record['fields'] as object) };
      records.set(row.recordId, { ...row, record: { ...known.record, fields } });
    }
  }
  return records;
}

/**
 * Value for value, but for what an entry that waits for a person lays over it. Put back unnoticed, a sequence may be given twice, and no digest
 * tells the two apart: then only what is there is compared.
 */
function compare(run: RunContext, where: string, store: PhoneStore, expected: ReadonlyMap<string, ShownRow>, isByValue: boolean): void {
  const refused = new Set(store.outbox().flatMap((entry) => entry.recordIds));
  const shown = new Map<string, AnyRecord>(recordKinds.flatMap((kind) => store.all(kind).map((record) => [record.recordId, record as AnyRecord] as const)));
  for (const [recordId, { record }] of expected) {
    if (refused.has(recordId)) continue;
    const held = shown.get(recordId);
    if (held === undefined) run.broke(`${where}: ${String(record['kind'])} ${recordId} is missing`);
    else if (isByValue && !isSameValue(held, record)) run.broke(`${where}: ${held.kind} ${recordId} is another`);
  }
  for (const [recordId, record] of shown) {
    if (!expected.has(recordId) && !refused.has(recordId)) run.broke(`${where}: ${record.kind} ${recordId} is still shown`);
  }
}

/** The history tells all that was applied, and both sides of every conflict; a record shows what was set last. */
export function checkHistory(run: RunContext, { database, record: seen }: SimulatedEndpoint): void {
  const settings = new Map<string, string>();
  const newest = new Map<string, { readonly version: number; readonly value: string }>();
  const values = new Set<string>();
  const rows = database.rows<{ entryId: string; recordId: string; version: number; field: string; value: string }>(
    'select entryId, recordId, version, field, value from record_history order by version',
  );
  for (const { entryId, recordId, version, field, value } of rows) {
    settings.set(`${entryId} ${recordId} ${field}`, value);
    newest.set(`${recordId} ${field}`, { version, value });
    values.add(`${recordId} ${field} ${value}`);
  }
  for (const saved of run.ledger.entries.values()) {
    const { entryId } = saved.draft;
    // One that a supervisor accepted was applied as another, perhaps into another hamlet.
    if (seen.isApplied(entryId) && seen.verdict(entryId)?.code !== 'accepted') checkSettings(run, saved, settings, seen.erased);
  }
  for (const { recordId, fields, conflicts } of database.rows<Record<'recordId' | 'fields' | 'conflicts', string>>('select recordId, fields, conflicts from record')) {
    for (const [field, value] of Object.entries(JSON.parse(fields) as Record<string, unknown>)) {
      const last = newest.get(`${recordId} ${field}`);
      if (last === undefined || !isSameValue(JSON.parse(last.value), value)) run.broke(`the history of ${recordId} does not tell its ${field}`);
    }
    for (const { field, value } of JSON.parse(conflicts) as { field: string; value: unknown }[]) {
      if (!values.has(`${recordId} ${field} ${JSON.stringify(value ?? null)}`)) run.broke(`the history of ${recordId} lacks the other ${field}`);
    }
  }
}

function checkSettings(run: RunContext, { draft, isSpoiled }: SavedEntry, settings: ReadonlyMap<string, string>, erased: ReadonlySet<string>): void {
  if (isSpoiled) return run.broke(`${draft.entryId} was applied with a field that no schema has`);
  for (const change of draft.changes) {
    if (!('set' in change) || erased.has(change.recordId)) continue;
    for (const [field, value] of Object.entries(change.set)) {
      const kept = settings.get(`${draft.entryId} ${change.recordId} ${field}`);
      // A household that declined meanwhile takes details back: they are kept nowhere.
      const mayBeDeclined = change.kind === 'household' && ['headName', 'phone', 'needs'].includes(field);
      // What was said in the name of a household that was erased stays without the name; the number may stand in a detail that was asked for.
      // Nor what took a feedback in, where that was erased: it is answered for itself once more.
      const isUnmerged = field === 'intoId' && typeof value === 'string' && erased.has(value);
      const mayBeLetGo = (change.kind === 'feedback' && Object.hasOwn(withoutName, field)) || field === 'detail' || isUnmerged;
      if (kept === undefined ? !mayBeDeclined && !mayBeLetGo : mayBeLetGo && isLetGo(JSON.parse(kept)) ? false : !isSameValue(JSON.parse(kept), value ?? null)) {
        run.broke(`the history of ${change.recordId} does not tell that ${draft.entryId} set its ${field}`);
      }
    }
  }
}
