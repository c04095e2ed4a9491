/** Which tables of a database changed, asked after each input. Counted by triggers, so that what was rolled back does not count. */
import { sql } from 'kysely';
import type { Database } from '#server/database/schema.ts';

export interface StateWatch {
  /** Tables with rows inserted, updated or deleted since it was last asked. */
  changed(): Promise<ReadonlySet<string>>;
}

export async function watchState(db: Database): Promise<StateWatch> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`.execute(db);
  await sql`create temp table touched (name text primary key, changes integer not null)`.execute(db);
  for (const { name } of rows) {
    await sql`insert into touched values (${name}, 0)`.execute(db);
    for (const operation of ['insert', 'update', 'delete']) {
      await sql
        .raw(`create temp trigger touched_${name}_${operation} after ${operation} on main."${name}" begin update touched set changes = changes + 1 where name = '${name}'; end`)
        .execute(db);
    }
  }
  return {
    async changed() {
      const found = await sql<{ name: string }>`select name from touched where changes > 0`.execute(db);
      if (found.rows.length > 0) await sql`update touched set changes = 0 where changes > 0`.execute(db);
      return new Set(found.rows.map(({ name }) => name));
    },
  };
}
