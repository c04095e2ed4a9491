/** The row that says where the log stands. */
import { DiskError } from './disk.ts';
import type { DiskTables, LogRow } from './disk.ts';

/** A random text that tells one state of the log from another; it says nothing else. */
export function newGeneration(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 16);
}

export function firstLog(): LogRow {
  return {
    key: 'log', epoch: 0, round: newGeneration(), absent: newGeneration(), lastSeq: 0,
    outboxRevision: 0, draftsRevision: 0, accountRevision: 0,
  };
}

/** Throws `DiskError` where there is none: nobody enrolled, or the browser emptied the disk under an open page. */
export async function readLog({ meta }: Pick<DiskTables, 'meta'>): Promise<LogRow> {
  const log = await meta.get('log');
  if (log === undefined) throw new DiskError('failed', { cause: 'this disk holds no log' });
  return log;
}
