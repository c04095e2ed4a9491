/** A record with its history, and its picture, leaves the tables; every channel that showed it says that it is gone. */
import { raiseRows } from './channel-rows.ts';
import type { Writing } from './database/schema.ts';
import { dropPicture } from './drop-picture.ts';

/** By channel, the sequence at which it tells so. */
export async function removeRecord(tx: Writing, communeCode: string, recordId: string, epoch: number): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('channel_row')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('gone', 'is', null)
    .execute();
  const raised = rows.map((row) => ({ channelId: row.channelId, recordId, version: row.version, gone: 'deleted' as const, hidden: '[]', replaces: row }));
  const sequences = await raiseRows(tx, { communeCode, rows: raised, epoch });
  await tx.deleteFrom('record_history').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
  await dropPicture(tx, communeCode, recordId);
  await tx.deleteFrom('record').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
  return sequences;
}
