/** Which records are erased, as the database lists them. */
import type { Database, Writing } from './database/schema.ts';
import type { EntryOutline } from './read-entry.ts';

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
 * there yet: nobody erases a record by naming another parent for it.
 */
export async function eraseUnmade(tx: Writing, communeCode: string, outline: EntryOutline, erased: ReadonlySet<string>, at: number): Promise<void> {
  for (const { recordId, parentId } of outline.children) {
    if (!erased.has(parentId) || (await isRecord(tx, communeCode, recordId))) continue;
    await listAsErased(tx, communeCode, recordId, at);
  }
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
