/** Opens the SQLite database: WAL with a full sync at each commit, so that what was answered for is on the disk. */
import { existsSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type { Database, EndpointSchema } from './schema.ts';

/** Before it, a checkpoint could lose a commit in WAL mode. */
const oldestSafeLibrary = [3, 51, 3] as const;
const busyTimeoutMs = 10_000;
const maxCachedStatements = 300;

/** `path`: a file, or `:memory:`. The tables are brought to today's form by `migrate`. `db.destroy()` closes it. */
export function openSqlite(path: string): Database {
  // Left by a process that was killed, or by one whose database file has been replaced since: then the two do not belong together.
  const hasLog = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  const sqlite = new Sqlite(path);
  const library = sqlite.prepare<[], { version: string }>('select sqlite_version() as version').get()?.version ?? '';
  if (!isAtLeast(library, oldestSafeLibrary)) {
    throw new Error(`SQLite ${library} is older than ${oldestSafeLibrary.join('.')}, the first one that keeps every commit`);
  }
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  if (hasLog && sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    sqlite.close();
    throw new Error(`${path} and ${path}-wal do not belong together. Was a backup put back? Then remove the -wal and -shm files of the database that was there before, copy the backup once more, and start`);
  }
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What was erased or declined must not be left in the file's free pages.
  sqlite.pragma('secure_delete = ON');
  return new Kysely<EndpointSchema>({ dialect: new SqliteDialect({ database: withWriteLock(sqlite) }) });
}

/** As it stands in the statement: a database in memory, which has no log, knows it by these words. */
export const logFolding = 'pragma wal_checkpoint(truncate)';

/** What was let go of lies in the write-ahead log until it is folded into the file, whose free pages are overwritten. Outside of a transaction. */
export async function foldLog(db: Database): Promise<void> {
  await sql.raw(logFolding).execute(db);
}

/**
 * A plain `begin` takes the write lock at the first write; if another process wrote in between, SQLite refuses at once, whatever the
 * busy timeout. `begin immediate` waits its turn instead. Statements are kept: preparing costs more than most of them take.
 */
function withWriteLock(sqlite: Sqlite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = sqlite.prepare(text === 'begin' ? 'begin immediate' : text);
      if (statements.size >= maxCachedStatements) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, part] of oldest.entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
