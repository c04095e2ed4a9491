/** Reads the endpoint's database file beside the process, or as a process that was killed left it. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export const databaseName = 'gan-dan.sqlite';

export interface EntryFound {
  readonly entryId: string;
  readonly deviceId: string;
  readonly deviceSeq: number;
  readonly verdict: string;
}

/** What an applied entry set on a record, and at how many versions of it: more than one would be a doubled entry. */
export interface HistoryFound {
  readonly entryId: string;
  readonly recordId: string;
  readonly versions: number;
  readonly fields: readonly string[];
}

export interface DatabaseFound {
  readonly entries: readonly EntryFound[];
  readonly history: readonly HistoryFound[];
  /** What SQLite finds wrong with the file; empty when it is whole. */
  readonly damage: readonly string[];
}

export function readDatabase(folder: string): DatabaseFound {
  return withDatabase(join(folder, databaseName), (database) => ({
    entries: entriesOf(database),
    history: (
      database
        .prepare(
          `select entryId, recordId, count(distinct version) as versions, json_group_array(distinct field) as fields
             from record_history group by entryId, recordId`,
        )
        .all() as (Omit<HistoryFound, 'fields'> & { readonly fields: string })[]
    ).map((row) => ({ ...row, fields: JSON.parse(row.fields) as string[] })),
    damage: damageOf(database),
  }));
}

/** Sees each commit of another process as it becomes visible. */
export interface CommitWatch {
  /** Has anything been committed since the last look? */
  hasMore(): boolean;
  close(): void;
}

export function watchCommits(folder: string): CommitWatch {
  const database = new Sqlite(join(folder, databaseName), { readonly: true });
  const look = database.prepare('pragma data_version').pluck();
  let last = look.get();
  return {
    hasMore() {
      const before = last;
      last = look.get();
      return last !== before;
    },
    close: () => {
      database.close();
    },
  };
}

/**
 * What a killed process had committed. A copy is read, so that the process which starts next finds the files as the killed one left
 * them and recovers them itself.
 */
export function readAsLeft(folder: string): Pick<DatabaseFound, 'entries' | 'damage'> {
  const copies = mkdtempSync(join(tmpdir(), 'gan-dan-left-'));
  try {
    for (const name of [databaseName, `${databaseName}-wal`]) {
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copies, name));
    }
    return withDatabase(join(copies, databaseName), (database) => ({ entries: entriesOf(database), damage: damageOf(database) }));
  } finally {
    rmSync(copies, { recursive: true, force: true });
  }
}

/** `readAsLeft` may write to its copy: it is the first to open it after the kill. */
function withDatabase<T>(file: string, read: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(file, { fileMustExist: true });
  try {
    database.pragma('busy_timeout = 10000');
    return read(database);
  } finally {
    database.close();
  }
}

function entriesOf(database: Sqlite.Database): EntryFound[] {
  return database.prepare('select entryId, deviceId, deviceSeq, verdict from entry').all() as EntryFound[];
}

function damageOf(database: Sqlite.Database): string[] {
  const found = database.pragma('integrity_check') as { readonly integrity_check: string }[];
  const orphans = database.pragma('foreign_key_check') as unknown[];
  return [
    ...found.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
    ...(orphans.length === 0 ? [] : [`${orphans.length} rows refer to nothing`]),
  ];
}
