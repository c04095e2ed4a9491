/** A picture goes with its record; no other way leads out of the table. */
import type { Writing } from './database/schema.ts';

/** In the transaction in which its record goes, or stands without its picture from now on. */
export async function dropPicture(tx: Writing, communeCode: string, recordId: string): Promise<void> {
  await tx.deleteFrom('picture').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
}
