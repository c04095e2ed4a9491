/** The endpoint's database in memory, for a great many small worlds: each statement is prepared and planned once, and nothing waits for a disk. */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { SqliteStatement } from 'kysely';
import type { Database, EndpointSchema } from '#server/database/schema.ts';
import { plannedOnce } from '#simulation/planned-once.ts';

/** `db.destroy()` closes it. Without the checks of a file that `openSqlite` makes, and what is deleted is not overwritten. */
export function openStageDatabase(): Database {
  const sqlite = new Sqlite(':memory:');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('temp_store = MEMORY');
  const statements = new Map<string, SqliteStatement>();
  return new Kysely<EndpointSchema>({
    dialect: new SqliteDialect({
      database: {
        close: () => sqlite.close(),
        prepare(sql) {
          let statement = statements.get(sql);
          if (statement === undefined) statements.set(sql, (statement = sqlite.prepare(plannedOnce(sql))));
          return statement;
        },
      },
    }),
  });
}
