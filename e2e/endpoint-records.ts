/** Reads the endpoint's database file beside the running process: what really arrived, how often. */
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface ArrivedRecord {
  readonly recordId: string;
  readonly areaId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly occurredAt: string;
  readonly receivedAt: string;
  /** Fields that still wait for somebody to say which value stays. */
  readonly inConflict: readonly string[];
  /** The entries that set something of it. */
  readonly entryIds: readonly string[];
}

export function recordsAt(folder: string, kind: string): ArrivedRecord[] {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const rows = database
      .prepare(
        `select recordId, areaId, fields, occurredAt, receivedAt, conflicts,
           (select json_group_array(distinct entryId) from record_history as history where history.recordId = record.recordId) as entryIds
         from record where kind = ? order by recordId`,
      )
      .all(kind) as { recordId: string; areaId: string; fields: string; occurredAt: string; receivedAt: string; conflicts: string; entryIds: string }[];
    return rows.map(({ fields, conflicts, entryIds, ...row }) => ({
      ...row,
      fields: JSON.parse(fields) as Record<string, unknown>,
      inConflict: (JSON.parse(conflicts) as { field: string }[]).map(({ field }) => field),
      entryIds: JSON.parse(entryIds) as string[],
    }));
  } finally {
    database.close();
  }
}

/** The fields of those that are not deleted. */
export function standingAt(folder: string, kind: string): Readonly<Record<string, unknown>>[] {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('select fields from record where kind = ? and deleted = 0').pluck().all(kind) as string[];
    return rows.map((fields) => JSON.parse(fields) as Record<string, unknown>);
  } finally {
    database.close();
  }
}

/** How many there are: of thousands `recordsAt` takes minutes. */
export function recordCount(folder: string, kind: string): number {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    return database.prepare('select count(*) from record where kind = ?').pluck().get(kind) as number;
  } finally {
    database.close();
  }
}

/** The records whose picture has arrived. */
export function picturesAt(folder: string): string[] {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    return database.prepare('select recordId from picture order by recordId').pluck().all() as string[];
  } finally {
    database.close();
  }
}

/** How many entries stand at each verdict. */
export function verdictCounts(folder: string): Readonly<Record<string, number>> {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('select verdict, count(*) as count from entry group by verdict').all() as { verdict: string; count: number }[];
    return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]));
  } finally {
    database.close();
  }
}

/** All that an applied entry leaves behind: its verdict, what it changed, and the sequences it took in the channels. */
export interface Traces {
  readonly entries: readonly { readonly entryId: string; readonly verdict: string; readonly verdictVersion: number }[];
  readonly history: readonly unknown[];
  readonly counters: readonly unknown[];
}

export function tracesAt(folder: string): Traces {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    return {
      entries: database.prepare('select * from entry order by entryId').all() as Traces['entries'],
      history: database.prepare('select * from record_history order by recordId, version, field').all(),
      counters: database.prepare('select * from channel_counter order by channelId').all(),
    };
  } finally {
    database.close();
  }
}

/** Every value of every table. */
export function databaseText(folder: string): string {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    return tables.map((table) => JSON.stringify(database.prepare(`select * from "${table}"`).all())).join('\n');
  } finally {
    database.close();
  }
}
