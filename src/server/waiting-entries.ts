/** Entries kept with their content: held ones until what they wait for is there, quarantined ones until a supervisor decides. */
import { currentSchema } from '#domain/change.ts';
import type { EndpointContext } from './context.ts';
import type { Database, WaitingEntryTable, Writing } from './database/schema.ts';
import type { EntryReceiver } from './receive-entry.ts';

/** Longer than this nothing waits for an earlier entry that never came. */
const longestWaitMs = 7 * 86_400_000;

export async function findWaiting(db: Database, communeCode: string, entryId: string): Promise<WaitingEntryTable | undefined> {
  return await db
    .selectFrom('waiting_entry')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('entryId', '=', entryId)
    .executeTakeFirst();
}

export async function keepWaiting(tx: Writing, waiting: WaitingEntryTable, after: readonly string[]): Promise<void> {
  const { communeCode, entryId } = waiting;
  await tx.insertInto('waiting_entry').values(waiting).execute();
  for (const afterId of after) await tx.insertInto('waiting_after').values({ communeCode, afterId, entryId }).execute();
}

export async function letGo(tx: Writing, communeCode: string, entryId: string): Promise<void> {
  const gone = await tx.deleteFrom('waiting_entry').where('communeCode', '=', communeCode).where('entryId', '=', entryId).executeTakeFirst();
  if (gone.numDeletedRows === 0n) return;
  await tx.deleteFrom('waiting_after').where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
}

/** The entries that wait for this one, in the order their devices made them. */
export async function followersOf(tx: Writing, communeCode: string, afterId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('waiting_after')
    .innerJoin('entry', (join) =>
      join.onRef('entry.communeCode', '=', 'waiting_after.communeCode').onRef('entry.entryId', '=', 'waiting_after.entryId'),
    )
    .select('waiting_after.entryId')
    .where('waiting_after.communeCode', '=', communeCode)
    .where('waiting_after.afterId', '=', afterId)
    .orderBy('entry.deviceSeq')
    .orderBy('waiting_after.entryId')
    .execute();
  return rows.map((row) => row.entryId);
}

/** What has waited too long in this commune is applied by the ordinary merge, and flagged. Asked at each sync of the commune. */
export async function releaseOverdue(context: EndpointContext, receiver: EntryReceiver, tx: Writing, communeCode: string): Promise<void> {
  const overdue = await tx
    .selectFrom('waiting_entry')
    .select('entryId')
    .where('communeCode', '=', communeCode)
    .where('reason', '=', 'after')
    .where('since', '<=', context.clock.now() - longestWaitMs)
    .orderBy('since')
    .orderBy('entryId')
    .execute();
  for (const { entryId } of overdue) await receiver.judgeWaiting(tx, communeCode, entryId, true);
}

/** At the start: the program may be newer, or mended, since these were set aside. A transaction a commune. */
export async function retryWaiting(context: EndpointContext, receiver: EntryReceiver): Promise<void> {
  const communes = await context.db.selectFrom('waiting_entry').select('communeCode').distinct().orderBy('communeCode').execute();
  for (const { communeCode } of communes) {
    await context.db.transaction().execute(async (tx) => {
      const waiting = await tx
        .selectFrom('waiting_entry')
        .select('entryId')
        .where('communeCode', '=', communeCode)
        .where((where) => where.or([where('reason', '=', 'fault'), where.and([where('reason', '=', 'schema'), where('schema', '<=', currentSchema)])]))
        .orderBy('since')
        .orderBy('entryId')
        .execute();
      for (const { entryId } of waiting) await receiver.judgeWaiting(tx, communeCode, entryId, false);
      await releaseOverdue(context, receiver, tx, communeCode);
    });
  }
}
