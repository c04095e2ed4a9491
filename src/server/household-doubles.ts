/** Which households were merged into which: a double stands in no list, and is found only from here. */
import { sql } from 'kysely';
import type { Writing } from './database/schema.ts';

export interface HouseholdDouble {
  readonly recordId: string;
  readonly into: string | null;
}

/** Every double with the household that it was merged into. */
export async function doublesIn(tx: Writing, communeCode: string): Promise<readonly HouseholdDouble[]> {
  return await tx
    .selectFrom('record')
    .select(['recordId', sql<string | null>`fields ->> 'mergedInto'`.as('into')])
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'household')
    .where(sql`fields ->> 'mergedInto'`, 'is not', null)
    .orderBy('recordId')
    .execute();
}

/** What was merged into this one, and into those. */
export async function doublesOf(tx: Writing, communeCode: string, householdId: string): Promise<readonly string[]> {
  const all = await doublesIn(tx, communeCode);
  const found = new Set([householdId]);
  for (const id of found) for (const { recordId, into } of all) if (into === id) found.add(recordId);
  found.delete(householdId);
  return [...found];
}
