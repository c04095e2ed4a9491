/**
 * A database that is an older one put back begins a new epoch, before the endpoint starts on it: phones then know that what they were told may be gone. The
 * endpoint sees it by itself (`noticePutBack`), and no phone has a say in it.
 */
import { writeAudit } from './audit.ts';
import { changesIn, epochOf, firstChangeOf } from './change-count.ts';
import type { Database, Writing } from './database/schema.ts';
import type { LastTold } from './last-told.ts';

/**
 * The new epoch, above every one there was, as far as database or `lastTold` know of it: sequences and versions then begin where no earlier one can have come.
 * `now`: milliseconds since 1970, for the audit logs. Throws on a database without an endpoint.
 */
export async function raiseEpoch(db: Database, now: number, lastTold?: LastTold): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    const own = await tx.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirst();
    if (own === undefined) throw new Error('the database has no endpoint: there is no epoch to raise');
    const epoch = Math.max(Number(own.value), epochOf(lastTold?.read() ?? 0)) + 1;
    const value = String(firstChangeOf(epoch));
    // Before the commit: the same backup put back once more must not begin the same epoch twice. One that was named and not begun is skipped.
    lastTold?.write(firstChangeOf(epoch));
    await tx.updateTable('meta').set({ value: String(epoch) }).where('name', '=', 'epoch').execute();
    await tx.insertInto('meta').values({ name: 'changes', value }).onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
    // Nobody can say which of them were ended since. A phone that is unlocked opens its next one by its own proof; who holds a token alone does not.
    await tx.deleteFrom('session').execute();
    await noteInLogs(tx, now, epoch);
    return epoch;
  });
}

/** Each chain holds without the lines that the backup had not: that there were any is said by this one. */
async function noteInLogs(tx: Writing, at: number, epoch: number): Promise<void> {
  const logs = await tx.selectFrom('audit').select('communeCode').distinct().orderBy('communeCode').execute();
  for (const { communeCode } of logs) await writeAudit(tx, { communeCode, at, actor: 'endpoint', action: 'database_put_back', subject: String(epoch) });
}

/** At each start. Phones were told more than this database knows, or nobody can say any more what they were told: a new epoch begins. */
export async function noticePutBack(db: Database, lastTold: LastTold, { clock, log }: { readonly clock: { now(): number }; readonly log: (line: string) => void }): Promise<void> {
  // First what was told: another process may be adding to both.
  const told = lastTold.read();
  const changes = await changesIn(db);
  if (told !== undefined && told <= changes) {
    // From the first start on, and so that a note that cannot be written is found out now, not in the first answer.
    if (changes > 0) lastTold.write(changes);
    return;
  }
  const isFirstStart = (await db.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirst()) === undefined;
  if (isFirstStart) return;
  const epoch = await raiseEpoch(db, clock.now(), lastTold);
  log(`alarm database_put_back changes=${changes} told=${told ?? 'unreadable'} epoch=${epoch}`);
}
