/** Reads the endpoint's database file beside the running process: what really arrived, how often. */
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface ArrivedRecord {
  readonly recordId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly receivedAt: string;
}

export function recordsAt(folder: string, kind: string): ArrivedRecord[] {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('select recordId, fields, receivedAt from record where kind = ? order by recordId').all(kind) as {
      recordId: string;
      fields: string;
      receivedAt: string;
    }[];
    return rows.map(({ recordId, fields, receivedAt }) => ({ recordId, receivedAt, fields: JSON.parse(fields) as Record<string, unknown> }));
  } finally {
    database.close();
  }
}

/** How often each entry was applied, from the history: more than once would be a doubled one. */
export function verdictCounts(folder: string): Readonly<Record<string, number>> {
  const database = new Database(join(folder, 'gan-dan.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('select verdict, count(*) as count from entry group by verdict').all() as { verdict: string; count: number }[];
    return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]));
  } finally {
    database.close();
  }
}
