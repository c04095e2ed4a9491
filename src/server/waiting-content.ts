/** What an entry that waits is kept with: never what is forgotten by then. It is judged as it was written all the same. */
import type { Change } from '#domain/change.ts';
import { withDetailsMarked } from '#domain/declining.ts';
import { detailFields } from '#domain/household.ts';
import { withoutErasedName } from '#domain/let-go.ts';
import { isKind } from '#domain/record.ts';
import type { Writing } from './database/schema.ts';
import { ownEntriesOf } from './device-chain.ts';
import { erasedAmong } from './erased-records.ts';
import { readSettings } from './field-settings.ts';
import { createRecordsAtHand } from './records-at-hand.ts';

type Opened = Readonly<Record<string, unknown>>;

/** Who wrote it, as it will be judged: set aside, or of a copied phone, it is judged as of a device of its own. */
interface WrittenBy {
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly isOfItsOwn: boolean;
}

/** Without who said it where its household was erased, without the details that a household took back; the very same where there is nothing of it. */
export async function withoutForgotten(tx: Writing, communeCode: string, opened: Opened, by: WrittenBy): Promise<Opened> {
  const written = changesIn(opened);
  const erased = await erasedAmong(tx, communeCode, written.flatMap(householdSaidToSpeak));
  const changes: Change[] = [];
  for (const change of written) {
    const named = withoutErasedName(change, (recordId) => erased.has(recordId));
    changes.push(givesDetails(named) && !isAgreedTo(named.recordId, written) ? await withTakenBackMarked(tx, communeCode, { change: named, opened, by }) : named);
  }
  return changes.every((change, index) => change === written[index]) ? opened : { ...opened, changes };
}

/** These were erased, or declined: what is forgotten by that goes from all that waits and names them. */
export async function forgetInWaiting(tx: Writing, communeCode: string, recordIds: Iterable<string>): Promise<void> {
  for (const recordId of recordIds) {
    const rows = await tx
      .selectFrom('waiting_entry')
      .innerJoin('entry', (join) => join.onRef('entry.communeCode', '=', 'waiting_entry.communeCode').onRef('entry.entryId', '=', 'waiting_entry.entryId'))
      .select(['waiting_entry.entryId', 'content', 'reason', 'restoredPhone', 'deviceId', 'deviceSeq'])
      .where('waiting_entry.communeCode', '=', communeCode)
      // Looked for as text first: few of them are worth reading.
      .where('content', 'like', `%${recordId}%`)
      .execute();
    for (const { entryId, content, reason, restoredPhone, deviceId, deviceSeq } of rows) {
      const opened = JSON.parse(content) as Opened;
      const left = await withoutForgotten(tx, communeCode, opened, { deviceId, deviceSeq, isOfItsOwn: reason === 'quarantined' || restoredPhone === 1 });
      if (left === opened) continue;
      await tx.updateTable('waiting_entry').set({ content: JSON.stringify(left) }).where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
    }
  }
}

/** As they lie there: of a newer schema, or broken, they may be anything. */
function changesIn({ changes }: Opened): Change[] {
  return Array.isArray(changes) ? (changes as Change[]) : [];
}

function householdSaidToSpeak(change: Change): string[] {
  const householdId = change?.kind === 'feedback' && 'set' in change ? change.set?.['householdId'] : undefined;
  return typeof householdId === 'string' ? [householdId] : [];
}

function givesDetails(change: Change): boolean {
  if (change?.kind !== 'household' || typeof change.recordId !== 'string' || typeof change.base !== 'number' || !('set' in change)) return false;
  return detailFields.some((field) => (change.set?.[field] ?? null) !== null);
}

/** The entry itself says that the household agrees, maybe in a change of its own: what it gives, it gives under that. */
function isAgreedTo(householdId: string, changes: readonly Change[]): boolean {
  return changes.some((change) => change?.recordId === householdId && 'set' in change && (change.set?.['contact'] ?? 'no') !== 'no');
}

/** Of details that the household has taken back by now, only that the change gave them. */
async function withTakenBackMarked(
  tx: Writing,
  communeCode: string,
  { change, opened, by }: { readonly change: Change; readonly opened: Opened; readonly by: WrittenBy },
): Promise<Change> {
  const records = createRecordsAtHand(tx, communeCode);
  await records.loadWhole(change.recordId);
  const record = records.find(change.recordId);
  if (!isKind(record, 'household')) return change;
  const { entryId, after, memberId, occurredAt } = opened;
  const deviceId = by.isOfItsOwn ? String(entryId) : by.deviceId;
  const own = await ownEntriesOf(tx, communeCode, { deviceId: by.deviceId, after: Array.isArray(after) ? after.map(String) : [] });
  const settingsSince = await readSettings(tx, communeCode, change, { entry: { deviceId, deviceSeq: by.deviceSeq }, own });
  const entry = { deviceId, memberId: String(memberId), occurredAt: String(occurredAt) };
  return withDetailsMarked(record, change, { entry, settingsSince, endpoint: { nextVersion: (version) => version, receivedAt: record.receivedAt ?? '' } });
}
