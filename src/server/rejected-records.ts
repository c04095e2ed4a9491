/**
 * Which records a rejected entry touched, by their ids: its content is kept nowhere at the endpoint, but its sealed copy lies with its author until it is mended,
 * and an erasure must find it.
 */
import type { Writing } from './database/schema.ts';
import type { EntryOutline } from './read-entry.ts';

export async function noteRejected(tx: Writing, communeCode: string, { entryId, recordIds, children }: EntryOutline): Promise<void> {
  const parents = new Map(children.map(({ recordId, parentId }) => [recordId, parentId]));
  for (const recordId of new Set(recordIds)) {
    await tx
      .insertInto('rejected_record')
      .values({ communeCode, recordId, entryId, parentId: parents.get(recordId) ?? null })
      .onConflict((conflict) => conflict.columns(['communeCode', 'recordId', 'entryId']).doNothing())
      .execute();
  }
}

export async function rejectedTouching(tx: Writing, communeCode: string, recordId: string): Promise<string[]> {
  const rows = await tx.selectFrom('rejected_record').select('entryId').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
  return rows.map((row) => row.entryId);
}

/** The records that rejected entries would have made or moved below this one. What mends such an entry keeps its records and what they belong to (`mendEntry`). */
export async function rejectedBelow(tx: Writing, communeCode: string, parentId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('rejected_record')
    .select('recordId')
    .distinct()
    .where('communeCode', '=', communeCode)
    .where('parentId', '=', parentId)
    .orderBy('recordId')
    .execute();
  return rows.map((row) => row.recordId);
}

/** It was settled anew: nothing of it is looked for any more. */
export async function forgetRejected(tx: Writing, communeCode: string, entryId: string): Promise<void> {
  await tx.deleteFrom('rejected_record').where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
}
