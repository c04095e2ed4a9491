/** A real endpoint on a SQLite database in memory, and a desk in front of it that keeps what was printed. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { createNewId, createNewRandomId } from '#sync/new-id.ts';
import { migrate } from '../database/migrations.ts';
import { openSqlite } from '../database/sqlite.ts';
import { createEndpoint } from '../endpoint.ts';
import { readCommand } from './command-line.ts';
import { runCommand } from './run-command.ts';
import type { CommandDesk } from './command-desk.ts';

/** 2026-11-22, noon in Vietnam. */
export const testNow = Date.parse('2026-11-22T12:00:00+07:00');

export async function openDesk() {
  const db = openSqlite(':memory:');
  await migrate(db);
  const clock = { now: () => testNow };
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const newId = createNewId(clock.now, random);
  const endpoint = await createEndpoint({ db, clock, random, newId });
  const printed: string[] = [];
  const desk: CommandDesk = {
    endpoint,
    publicUrl: 'https://gan-dan.example',
    context: { now: testNow, newId, newRandomId: createNewRandomId(random), random, memberId: endpoint.identity().endpointId },
    print: (line) => printed.push(line),
  };
  return {
    db,
    clock,
    random,
    newId,
    endpoint,
    /** Runs a command as it would be typed; what it printed and whether it was done. */
    async run(...typed: string[]): Promise<{ readonly done: boolean; readonly text: string }> {
      const command = readCommand(typed);
      if (!command.ok) throw new Error(command.error);
      if (command.value.name === 'help') throw new Error('help needs no desk');
      printed.length = 0;
      const done = await runCommand(command.value, desk);
      return { done, text: printed.join('\n') };
    },
    /** Every row of every table, as one text to search in. */
    async dump(): Promise<string> {
      const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
      const parts: string[] = [];
      for (const { name } of tables.rows) parts.push(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows));
      return parts.join('\n');
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;
