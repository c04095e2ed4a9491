/** Which records are erased, as the database lists them. */
import { channelId, channelsOfMember, presentArea } from '#domain/permissions.ts';
import type { MemberScope } from '#domain/role.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import type { EntryOutline } from './read-entry.ts';
import type { RecordsAtHand } from './records-at-hand.ts';

/** Which of these are erased. */
export async function erasedAmong(db: Database, communeCode: string, recordIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (recordIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('erasure')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('recordId', 'in', [...recordIds])
    .execute();
  return new Set(rows.map((row) => row.recordId));
}

/**
 * What an entry would have made below an erased record is erased with it, so that the same phone's next change to it settles alike. Only what is not
 * there yet: nobody erases a record by naming another parent for it. Which these are: whatever came before and touches one of them is for the caller.
 */
export async function eraseUnmade(
  { clock, erasures }: Pick<EndpointContext, 'clock' | 'erasures'>,
  tx: Writing,
  communeCode: string,
  { children }: EntryOutline,
  erased: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const unmade = new Set<string>();
  const erasedAt = clock.now();
  for (const { recordId, parentId } of children) {
    if (!erased.has(parentId) || (await isRecord(tx, communeCode, recordId))) continue;
    // Outside as well: the phone's copy of this entry is gone by its verdict, so that after a restore nothing else would tell of it.
    if (!erased.has(recordId)) erasures?.append({ communeCode, recordId, erasedAt });
    await listAsErased(tx, communeCode, recordId, erasedAt);
    unmade.add(recordId);
  }
  return unmade;
}

export async function listAsErased(tx: Writing, communeCode: string, recordId: string, erasedAt: number): Promise<void> {
  await tx
    .insertInto('erasure')
    .values({ communeCode, recordId, erasedAt })
    .onConflict((conflict) => conflict.columns(['communeCode', 'recordId']).doNothing())
    .execute();
}

export async function isRecord(tx: Writing, communeCode: string, recordId: string): Promise<boolean> {
  const row = await tx.selectFrom('record').select('recordId').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
  return row !== undefined;
}

/**
 * Was it erased before this member's eyes, in one of their channels? To all others it is as if it had never been there. Hamlets by what they are today: whoever
 * works in one that was merged reads on in the other.
 */
export async function erasedBefore(db: Database, communeCode: string, recordId: string, { member, records }: { readonly member: MemberScope; readonly records: RecordsAtHand }): Promise<boolean> {
  const rows = await db
    .selectFrom('channel_row')
    .select('channelId')
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('gone', '=', 'deleted')
    .execute();
  const mine = channelsOfMember(member);
  const ofHamlets = channelId.hamlet('');
  for (const row of rows) {
    if (mine.includes(row.channelId)) return true;
    if (!row.channelId.startsWith(ofHamlets)) continue;
    const hamletId = row.channelId.slice(ofHamlets.length);
    await records.loadWhole(hamletId);
    if (mine.includes(channelId.hamlet(presentArea(hamletId, records)))) return true;
  }
  return false;
}
