/** Whoever puts a backup back raises the epoch, before the endpoint starts on it: phones then know that what they were told may be gone. */
import type { AppendOnlyList } from './append-only-list.ts';
import type { Database } from './database/schema.ts';

/** Every epoch that was begun, outside the database: the same backup put back twice would otherwise begin the same one twice, and hand out its sequences and versions again. */
export type RaisedEpochs = AppendOnlyList<{ readonly epoch: number }>;

/** The new epoch, above every one there was: sequences and versions then begin where no earlier one can have come. Throws on a database without an endpoint. */
export async function raiseEpoch(db: Database, raised?: RaisedEpochs): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    const own = await tx.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirst();
    if (own === undefined) throw new Error('the database has no endpoint: there is no epoch to raise');
    const epoch = Math.max(Number(own.value), ...(raised?.all() ?? []).map((line) => line.epoch)) + 1;
    // Before the commit: an epoch that was listed and not begun is skipped, never begun twice.
    raised?.append({ epoch });
    await tx.updateTable('meta').set({ value: String(epoch) }).where('name', '=', 'epoch').execute();
    return epoch;
  });
}
