/** What supervisors accepted, as its author wrote it: kept with what waits, and waiting for nothing. */
import type { Change } from '#domain/change.ts';
import type { Writing } from './database/schema.ts';

/** Its content is kept as its author wrote it, beside what was made of it. */
export async function keepAsAccepted(tx: Writing, communeCode: string, entryId: string): Promise<void> {
  await tx
    .updateTable('waiting_entry')
    .set({ reason: 'accepted' })
    .where('communeCode', '=', communeCode)
    .where('entryId', '=', entryId)
    .execute();
  await tx.deleteFrom('waiting_after').where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
}

/** Of what was kept as its author wrote it, what gives one of these fields of the record a value: what was made of it stays. */
export async function letGoAccepted(tx: Writing, communeCode: string, recordId: string, fields: readonly string[]): Promise<void> {
  const rows = await tx
    .selectFrom('waiting_entry')
    .select(['entryId', 'content'])
    .where('communeCode', '=', communeCode)
    .where('reason', '=', 'accepted')
    // Looked for as text first: few of them are worth reading.
    .where('content', 'like', `%${recordId}%`)
    .execute();
  const gives = (content: string): boolean => {
    const { changes } = JSON.parse(content) as { changes: readonly Change[] };
    return changes.some((change) => change.recordId === recordId && 'set' in change && fields.some((field) => (change.set[field] ?? null) !== null));
  };
  const gone = rows.filter(({ content }) => gives(content)).map(({ entryId }) => entryId);
  if (gone.length > 0) await tx.deleteFrom('waiting_entry').where('communeCode', '=', communeCode).where('entryId', 'in', gone).execute();
}
