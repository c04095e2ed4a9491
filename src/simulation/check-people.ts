/** What a person must see at quiet (all that waits for somebody), and what nobody may see any more (what was erased). */
import type { SegmentRow } from '#client/store/disk.ts';
import { openRows } from '#client/store/segments.ts';
import { createChance } from './chance.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import { createPlainSafe } from './stand-ins.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import type { Stage } from './take-step.ts';

/** Every entry that is held or set aside stands on the supervisor's list, but for their own. */
export async function checkSupervision({ run, endpoint, supervisorAuth }: Stage): Promise<void> {
  const waiting = await endpoint.ask(async (serving) => await serving.waitingFor(supervisorAuth));
  const listed = new Set(waiting?.map(({ entryId }) => entryId));
  const rows = endpoint.database.rows<{ entryId: string; verdict: string; memberId: string }>(
    `select e.entryId, e.verdict, d.memberId from entry e join device d on d.communeCode = e.communeCode and d.deviceId = e.deviceId
     where e.verdict in ('held', 'quarantined')`,
  );
  for (const { entryId, verdict, memberId } of rows) {
    if (memberId !== supervisorAuth.memberId && !listed.has(entryId)) run.broke(`no supervisor sees ${entryId}, which is ${verdict}`);
  }
}

/** Nothing erased is in a table, on a screen, or in a box on a disk. */
export async function checkErasure({ run, endpoint, phones }: Stage): Promise<void> {
  const { database, record } = endpoint;
  if (record.erased.size === 0) return;
  const tables = [
    'select recordId from record', 'select recordId from record_history', 'select recordId from channel_row where gone is null',
  ];
  for (const sql of tables) {
    for (const { recordId } of database.rows<{ recordId: string }>(sql)) if (record.erased.has(recordId)) run.broke(`${recordId} was erased and is there: ${sql}`);
  }
  const said = "select recordId, fields ->> 'householdId' as householdId from record where kind = 'feedback' and householdId is not null";
  for (const { recordId, householdId } of database.rows<{ recordId: string; householdId: string }>(said)) {
    if (record.erased.has(householdId)) run.broke(`${recordId} still says that ${householdId} said it, which was erased`);
  }
  for (const { entryId, content } of database.rows<{ entryId: string; content: string }>('select entryId, content from waiting_entry')) {
    if (touched(content).some((recordId) => record.erased.has(recordId))) run.broke(`${entryId} waits with what was erased`);
  }
  for (const phone of phones) {
    for (const tab of phone.tabs()) for (const recordId of record.erased) if (tab.store.find(recordId) !== undefined) run.broke(`${phone.name} still shows ${recordId}, which was erased`);
    await checkBoxes(phone, endpoint, run.broke);
  }
}

async function checkBoxes(phone: SimulatedPhone, { record }: SimulatedEndpoint, broke: (line: string) => void): Promise<void> {
  const { erased } = record;
  const { tables } = phone.contents();
  const safe = createPlainSafe(createChance(0));
  const keys = new Map([...tables.channels.values()].map((row) => [String(row['channelId']), row['wrappedKey'] as Uint8Array]));
  for (const segment of tables.segments.values() as unknown as Iterable<SegmentRow>) {
    const key = keys.get(segment.channelId);
    const channel = key === undefined ? undefined : await safe.openChannelKey(segment.channelId, key);
    const rows = channel === undefined ? undefined : await openRows(channel, segment);
    const kept = rows?.find((row) => !('gone' in row) && !('verdict' in row) && erased.has(row.recordId));
    if (kept !== undefined) broke(`${phone.name} keeps ${kept.recordId}, which was erased, in a box of ${segment.channelId}`);
  }
  for (const row of tables.outbox.values()) {
    const sealed = Buffer.from(String(row['bytes']), 'base64url').toString();
    const kept = sealed === '' ? undefined : touched(sealed).find((recordId) => erased.has(recordId));
    // Sealed by an earlier life of the phone, nobody on it can open it, and it goes with what was kept for a restore.
    if (kept !== undefined && phone.isOwn(deviceOf(sealed))) broke(`${phone.name} keeps ${kept}, which was erased, in its outbox`);
  }
}

/** The records that sealed or kept content changes. */
function touched(json: string): string[] {
  return [...json.matchAll(/"recordId":"([^"]+)"/g)].map((found) => found[1] ?? '');
}
function deviceOf(sealed: string): string {
  return /"deviceId":"([^"]+)"/.exec(sealed)?.[1] ?? '';
}
