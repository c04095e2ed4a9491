/**
 * The endpoint's database in memory, made once for all runs of a process. A run is one open transaction that is taken back at its
 * end; the endpoint's own transactions are savepoints within it, and so are backups: to restore one is to go back to it.
 */
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { logFolding } from '#server/database/sqlite.ts';
import type { Database, EndpointSchema } from '#server/database/schema.ts';
import { plannedOnce } from './planned-once.ts';

/** One life of the endpoint's process. */
export interface Connection {
  readonly db: Database;
  /** The process is gone: its open transaction is taken back, nothing it has still under way reaches the database. */
  kill(): void;
}

/** Something was written: to be looked at, and done with. */
export interface JournalLine {
  readonly what: 'set' | 'unset' | 'verdict' | 'raised';
  readonly entryId: string;
  /** The record that was set; of a verdict: which. */
  readonly about: string;
  /** Of a record that was set: its version; unset: the field; of a verdict: its code. */
  readonly more: string | number | null;
}

export interface SimulatedDatabase {
  /** `onCommit`: before and after every commit that writes; what it throws before the commit undoes it. */
  connect(onCommit: (moment: 'before' | 'after') => void): Connection;
  rows<T>(sql: string, ...values: readonly (string | number)[]): T[];
  run(sql: string, ...values: readonly (string | number)[]): void;
  takeJournal(): JournalLine[];
  beginRun(): void;
  endRun(): void;
  /** The database as it is; gone as soon as an earlier one is restored. */
  backUp(): number;
  restore(backup: number): void;
}

/** Thrown at whoever still works for a process that is gone. */
export class ProcessGone extends Error {
  constructor() {
    super('the process is gone');
    this.name = 'ProcessGone';
  }
}

export function createSimulatedDatabase(): SimulatedDatabase {
  const sqlite = new Sqlite(':memory:');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('temp_store = MEMORY');
  const statements = new Map<string, SqliteStatement>();
  const own = new Map<string, Sqlite.Statement>();
  let connected: { isDead: boolean; readonly onCommit: (moment: 'before' | 'after') => void } | undefined;
  let isInTransaction = false;
  let backups = 0;
  let hasJournal = false;

  function prepared(sql: string): Sqlite.Statement {
    let statement = own.get(sql);
    if (statement === undefined) own.set(sql, (statement = sqlite.prepare(sql)));
    return statement;
  }

  function takeBack(): void {
    if (!isInTransaction) return;
    isInTransaction = false;
    prepared('rollback to work').run();
    prepared('release work').run();
  }

  const transactionWords: Record<string, () => void> = {
    begin() {
      prepared('savepoint work').run();
      isInTransaction = true;
    },
    commit() {
      committing(() => {
        prepared('release work').run();
        isInTransaction = false;
      });
    },
    rollback: takeBack,
    /** There is no log in memory, and none could be folded within the run's one transaction. */
    [logFolding]() {},
  };

  function committing<T>(write: () => T): T {
    connected?.onCommit('before');
    const written = write();
    connected?.onCommit('after');
    return written;
  }

  function statementOf(sql: string): SqliteStatement {
    const word = transactionWords[sql];
    if (word !== undefined) {
      const run = () => {
        word();
        return { changes: 0, lastInsertRowid: 0 };
      };
      return { reader: false, all: () => [], run, iterate: () => [][Symbol.iterator]() };
    }
    const statement = sqlite.prepare(plannedOnce(sql)) as unknown as SqliteStatement;
    if (statement.reader) return statement;
    const run: SqliteStatement['run'] = (values) => (isInTransaction ? statement.run(values) : committing(() => statement.run(values)));
    return { reader: false, all: (values) => statement.all(values), run, iterate: (values) => statement.iterate(values) };
  }

  return {
    connect(onCommit) {
      const life = { isDead: false, onCommit };
      connected = life;
      const database: SqliteDatabase = {
        close: () => undefined,
        prepare(sql) {
          if (life.isDead) throw new ProcessGone();
          let statement = statements.get(sql);
          if (statement === undefined) statements.set(sql, (statement = statementOf(sql)));
          return statement;
        },
      };
      return {
        db: new Kysely<EndpointSchema>({ dialect: new SqliteDialect({ database }) }),
        kill() {
          if (life.isDead) return;
          life.isDead = true;
          takeBack();
        },
      };
    },
    rows: <T>(sql: string, ...values: readonly (string | number)[]) => prepared(sql).all(...values) as T[],
    run(sql, ...values) {
      prepared(sql).run(...values);
    },
    takeJournal() {
      const lines = prepared('select what, entryId, about, more from temp.journal order by rowid').all() as JournalLine[];
      if (lines.length > 0) prepared('delete from temp.journal').run();
      return lines;
    },
    beginRun() {
      if (!hasJournal) sqlite.exec(journalTables);
      hasJournal = true;
      backups = 0;
      prepared('begin').run();
    },
    endRun() {
      isInTransaction = false;
      prepared('rollback').run();
    },
    backUp() {
      backups += 1;
      sqlite.exec(`savepoint backup_${backups}`);
      return backups;
    },
    restore(backup) {
      takeBack();
      sqlite.exec(`rollback to backup_${backup}`);
      backups = backup;
    },
  };
}

const journalTables = `
  create temp table journal (what text, entryId text, about text, more);
  create temp trigger note_set after insert on main.record_history begin
    insert into journal values ('set', new.entryId, new.recordId, new.version);
  end;
  create temp trigger note_unset after delete on main.record_history begin
    insert into journal values ('unset', old.entryId, old.recordId, old.field);
  end;
  create temp trigger note_reset after update on main.record_history begin
    insert into journal values ('unset', old.entryId, old.recordId, old.field);
  end;
  create temp trigger note_verdict after insert on main.entry begin
    insert into journal values ('verdict', new.entryId, new.verdict, new.code);
  end;
  create temp trigger note_next_verdict after update on main.entry begin
    insert into journal values ('verdict', new.entryId, new.verdict, new.code);
  end;
  create temp trigger note_raised after update on main.channel_row
  when new.version = old.version and new.hidden = old.hidden and old.gone is null and new.gone is null begin
    insert into journal values ('raised', new.channelId, new.recordId, new.sequence);
  end;`;
