/** How many changes the database has seen, over all channels, audit logs and epochs: what an older copy of it has fewer of. */
import { sql } from 'kysely';
import { epochSpan } from '#sync/protocol.ts';
import type { Database, Writing } from './database/schema.ts';

export async function changesIn(db: Database): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'changes').executeTakeFirst();
  return Number(row?.value ?? 0);
}

export async function countChange(tx: Writing): Promise<void> {
  await tx
    .insertInto('meta')
    .values({ name: 'changes', value: '1' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql<string>`cast(cast(meta.value as bigint) + 1 as text)` }))
    .execute();
}

/** Where an epoch begins to count, above all that an earlier one can have counted. */
export function firstChangeOf(epoch: number): number {
  return (epoch - 1) * epochSpan;
}

/** The epoch in which so many were counted. */
export function epochOf(changes: number): number {
  return Math.floor(changes / epochSpan) + 1;
}
