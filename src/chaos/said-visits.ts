/** The visits a browser's member logged: which of them the screen called saved, and where each of them is. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { databaseName } from './endpoint-database.ts';
import type { Household } from './browser-member.ts';

/**
 * `open`: the button was not pressed. `pressed`: the browser died before the words were seen; it may be kept or not. `kept`: the screen
 * called it saved, or it was found there. `gone`: it was pressed, never called saved, and is nowhere. `lost`: it was `kept`, and is nowhere.
 */
export type Fate = 'open' | 'pressed' | 'kept' | 'gone' | 'lost';

export interface SaidVisit {
  readonly number: number;
  readonly household: Household;
  fate: Fate;
  /** The endpoint had it at the last look. */
  hasArrived: boolean;
}

/** What a visit is recognized by, wherever it is. */
export function outcomeOf(number: number): string {
  return `chuyến số ${number}.`;
}

/** The number in an outcome; undefined: none of ours. */
export function numberOf(outcome: string): number | undefined {
  const found = /^chuyến số (\d+)\.$/u.exec(outcome);
  return found === null ? undefined : Number(found[1]);
}

/** How often each visit stands in a text that lists them. */
export function countIn(text: string, number: number): number {
  return text.split(outcomeOf(number)).length - 1;
}

/** How often each visit is at the endpoint, by its number. */
export function arrivedAt(folder: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { fields } of rowsAt(folder, 'visit')) {
    const number = typeof fields['outcome'] === 'string' ? numberOf(fields['outcome']) : undefined;
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** The households of a hamlet that have a name of their own. */
export function householdsOf(folder: string, hamletId: string): Household[] {
  const named = rowsAt(folder, 'household').flatMap(({ recordId, areaId, fields }) =>
    areaId === hamletId && typeof fields['headName'] === 'string' ? [{ recordId, name: fields['headName'] }] : [],
  );
  return named.filter(({ name }) => named.filter((other) => other.name === name).length === 1);
}

interface RecordFound {
  readonly recordId: string;
  readonly areaId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

function rowsAt(folder: string, kind: string): RecordFound[] {
  const database = new Sqlite(join(folder, databaseName), { readonly: true });
  try {
    const rows = database.prepare('select recordId, areaId, fields from record where kind = ? and deleted = 0').all(kind) as (Omit<RecordFound, 'fields'> & {
      readonly fields: string;
    })[];
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as Record<string, unknown> }));
  } finally {
    database.close();
  }
}
