/**
 * What a household took back lies in the write-ahead log until that is folded into the file. So a transaction that takes something out says so, and whoever opened
 * it folds the log when it is committed: before anybody is answered.
 */
import { foldLog } from './database/sqlite.ts';
import type { Database, Writing } from './database/schema.ts';

const takingOut = new WeakSet<Writing>();

/** This transaction takes words out that are to lie nowhere any more. */
export function noteTakenOut(tx: Writing): void {
  takingOut.add(tx);
}

/** One transaction; what `write` throws undoes it. */
export async function writeAndFold<T>(db: Database, write: (tx: Writing) => Promise<T>): Promise<T> {
  let isToBeFolded = false;
  const written = await db.transaction().execute(async (tx) => {
    const answer = await write(tx);
    isToBeFolded = takingOut.has(tx);
    return answer;
  });
  if (isToBeFolded) await foldLog(db);
  return written;
}
