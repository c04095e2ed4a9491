/** Of fields whose values are to be kept nowhere, the history keeps only who touched the record. */
import type { Writing } from './database/schema.ts';

/** Stands where a field's name does when a change set none. */
export const nothingSet = '';

/** What was set there goes; that an entry touched the record stays: its erasure must find every phone on which such an entry lies sealed. */
export async function emptyHistory(tx: Writing, communeCode: string, recordId: string, fields: readonly string[]): Promise<void> {
  const settings = await tx
    .selectFrom('record_history')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('field', 'in', fields)
    .execute();
  if (settings.length === 0) return;
  await tx.deleteFrom('record_history').where('communeCode', '=', communeCode).where('recordId', '=', recordId).where('field', 'in', fields).execute();
  const traces = new Map(settings.map((setting) => [setting.version, { ...setting, field: nothingSet, value: 'null' }]));
  await tx
    .insertInto('record_history')
    .values([...traces.values()])
    .onConflict((conflict) => conflict.columns(['communeCode', 'recordId', 'version', 'field']).doNothing())
    .execute();
}
