/** Entries kept with their content: held ones until what they wait for is there, quarantined ones until a supervisor decides. */
import type { EndpointContext } from './context.ts';
import type { Database, WaitingEntryTable, Writing } from './database/schema.ts';
import { devicesOfPhone } from './device-chain.ts';
import type { EntryReceiver } from './receive-entry.ts';
import { writeAndFold } from './write-and-fold.ts';

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

/** It waits no longer, and its content is not kept here any more: it was judged or decided about, erased, or its time is over. */
export async function dropWaiting(tx: Writing, communeCode: string, entryId: string): Promise<void> {
  const gone = await tx.deleteFrom('waiting_entry').where('communeCode', '=', communeCode).where('entryId', '=', entryId).executeTakeFirst();
  if (gone.numDeletedRows === 0n) return;
  await tx.deleteFrom('waiting_after').where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
}

/** Those whose content holds this id anywhere. */
export async function waitingNaming(tx: Writing, communeCode: string, id: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('waiting_entry')
    .select('entryId')
    .where('communeCode', '=', communeCode)
    .where('content', 'like', `%${id}%`)
    .orderBy('since')
    .orderBy('entryId')
    .execute();
  return rows.map((row) => row.entryId);
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

/** The entries that were set aside because this one was, in the order their devices made them. */
export async function refusedFollowersOf(tx: Writing, communeCode: string, afterId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('waiting_entry')
    .innerJoin('entry', (join) =>
      join.onRef('entry.communeCode', '=', 'waiting_entry.communeCode').onRef('entry.entryId', '=', 'waiting_entry.entryId'),
    )
    .select(['waiting_entry.entryId', 'waiting_entry.content'])
    .where('waiting_entry.communeCode', '=', communeCode)
    .where('waiting_entry.reason', '=', 'quarantined')
    .where('entry.code', '=', 'follows_refused')
    // Looked for as text first: few of them are worth reading.
    .where('waiting_entry.content', 'like', `%${afterId}%`)
    .orderBy('entry.deviceSeq')
    .orderBy('waiting_entry.entryId')
    .execute();
  const follows = (content: string): boolean => {
    const { after } = JSON.parse(content) as { after?: unknown };
    return Array.isArray(after) && after.includes(afterId);
  };
  return rows.filter(({ content }) => follows(content)).map((row) => row.entryId);
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
  for (const { entryId } of overdue) await receiver.judgeWaiting(tx, communeCode, entryId, 'waited_too_long');
}

/**
 * A phone names entries that are no longer on it: its own entries that wait for nothing else are judged. Again and again, for one that is judged may be the last
 * that another waited for. What the endpoint has, held or not, is not lost, whatever the phone says.
 */
export async function releaseLost(
  receiver: EntryReceiver,
  tx: Writing,
  device: { readonly communeCode: string; readonly deviceId: string },
  lost: readonly string[],
): Promise<void> {
  const { communeCode } = device;
  if (lost.length === 0) return;
  const devices = await devicesOfPhone(tx, communeCode, device.deviceId);
  for (let released = true; released; ) {
    released = false;
    for (const entryId of await waitersFor(tx, communeCode, devices, lost)) {
      if (!(await isWaitingForLostOnly(tx, communeCode, entryId, { devices, lost }))) continue;
      await receiver.judgeWaiting(tx, communeCode, entryId, 'earlier_lost');
      released = true;
    }
  }
}

async function waitersFor(tx: Writing, communeCode: string, devices: readonly string[], lost: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('waiting_after')
    .innerJoin('entry', (join) =>
      join.onRef('entry.communeCode', '=', 'waiting_after.communeCode').onRef('entry.entryId', '=', 'waiting_after.entryId'),
    )
    .select(['entry.entryId', 'entry.deviceSeq'])
    .distinct()
    .where('waiting_after.communeCode', '=', communeCode)
    .where('waiting_after.afterId', 'in', lost)
    .where('entry.deviceId', 'in', devices)
    .orderBy('entry.deviceSeq')
    .orderBy('entry.entryId')
    .execute();
  return rows.map((row) => row.entryId);
}

async function isWaitingForLostOnly(
  tx: Writing,
  communeCode: string,
  entryId: string,
  { devices, lost }: { readonly devices: readonly string[]; readonly lost: readonly string[] },
): Promise<boolean> {
  const rows = await tx
    .selectFrom('waiting_after')
    .leftJoin('entry', (join) =>
      join.onRef('entry.communeCode', '=', 'waiting_after.communeCode').onRef('entry.entryId', '=', 'waiting_after.afterId'),
    )
    .select(['waiting_after.afterId', 'entry.deviceId'])
    .where('waiting_after.communeCode', '=', communeCode)
    .where('waiting_after.entryId', '=', entryId)
    .execute();
  // Another phone's entry of that id is none of this one's.
  return rows.every(({ afterId, deviceId }) => lost.includes(afterId) && (deviceId === null || !devices.includes(deviceId)));
}

/** At the start: the program may be newer, or mended, since these were set aside. A transaction a commune. */
export async function retryWaiting(context: EndpointContext, receiver: EntryReceiver): Promise<void> {
  const communes = await context.db.selectFrom('waiting_entry').select('communeCode').distinct().orderBy('communeCode').execute();
  for (const { communeCode } of communes) {
    await writeAndFold(context.db, async (tx) => {
      const waiting = await tx
        .selectFrom('waiting_entry')
        .select('entryId')
        .where('communeCode', '=', communeCode)
        .where((where) => where.or([where('reason', '=', 'fault'), where.and([where('reason', '=', 'schema'), where('schema', '<=', context.schema)])]))
        .orderBy('since')
        .orderBy('entryId')
        .execute();
      for (const { entryId } of waiting) await receiver.judgeWaiting(tx, communeCode, entryId);
      await releaseOverdue(context, receiver, tx, communeCode);
    });
  }
}
