/** Which column of a list becomes which field: proposed from the headings, changed by a person, remembered for the next file of the same office. */
import type { Sheet, TableRow } from '#tables/table.ts';
import { findHeading } from './heading.ts';
import type { HeadingColumn, SheetHeading } from './heading.ts';
import { fieldsOf } from './layout.ts';
import type { ListField, ListLayout } from './layout.ts';
import { fieldOf } from './plain-heading.ts';
import { listsIn } from './stacked-lists.ts';

/** By the key of a heading (`HeadingColumn.key`): its field; null: read no further. Small, and plain JSON. What it says of a forbidden column counts for nothing. */
export type Mapping = Readonly<Record<string, ListField | null>>;

export interface ProposedColumn {
  readonly key: string;
  readonly heading: string;
  /** At most three different values; of a forbidden column none. */
  readonly samples: readonly string[];
  readonly use: ListField | 'none' | 'forbidden';
}

const mostSamples = 3;
const sampledRows = 200;

/** `recalled`: what was mapped the last time; it goes before the words we know. Undefined: no heading is found. */
export function proposeMapping(sheet: Sheet, layout: ListLayout, recalled: Mapping = {}): readonly ProposedColumn[] | undefined {
  const heading = findHeading(sheet.rows, layout, knownKeys(recalled));
  if (heading === undefined) return undefined;
  const rows = sheet.rows.slice(heading.lastRow + 1, heading.lastRow + 1 + sampledRows);
  return heading.columns.map((column) => {
    const use = meaningOf(column, layout, recalled);
    return { key: column.key, heading: column.heading, use, samples: use === 'forbidden' ? [] : samplesOf(rows, column.index) };
  });
}

/** The columns of all sheets of a file that are such a list, each heading once, as the first sheet that has it shows it. */
export function proposeForSheets(sheets: readonly Sheet[], layout: ListLayout, recalled: Mapping = {}): readonly ProposedColumn[] {
  const columns = new Map<string, ProposedColumn>();
  for (const sheet of sheets.flatMap((whole) => listsIn(whole, layout, knownKeys(recalled)))) {
    for (const column of proposeMapping(sheet, layout, recalled) ?? []) {
      const known = columns.get(column.key);
      // A group of two rows makes it forbidden in one sheet alone: then it is shown so.
      if (known === undefined || column.use === 'forbidden') columns.set(column.key, column);
    }
  }
  return [...columns.values()];
}

function samplesOf(rows: readonly TableRow[], index: number): readonly string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const cell = row.cells[index] ?? '';
    if (cell !== '' && !/^\(\d+\)$/u.test(cell)) found.add(cell);
    if (found.size === mostSamples) break;
  }
  return [...found];
}

function meaningOf({ key, heading, isForbidden }: HeadingColumn, layout: ListLayout, mapping: Mapping): ListField | 'none' | 'forbidden' {
  if (isForbidden) return 'forbidden';
  const said = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
  if (said === null) return 'none';
  // A field of another layout was remembered for another list.
  if (said !== undefined && fieldsOf(layout).includes(said)) return said;
  return fieldOf(heading, layout) ?? 'none';
}

/** Headings that a person mapped. */
export function knownKeys(mapping: Mapping): ReadonlySet<string> {
  return new Set(Object.entries(mapping).flatMap(([key, field]) => (field === null ? [] : [key])));
}

/** What is worth remembering of these columns. */
export function mappingOf(columns: readonly ProposedColumn[]): Mapping {
  return Object.fromEntries(columns.flatMap(({ key, use }) => (use === 'forbidden' ? [] : [[key, use === 'none' ? null : use] as const])));
}

/** What a commune remembered, whatever was written there since: only what is a mapping is taken. */
export function recallMapping(remembered: unknown, layout: ListLayout): Mapping {
  if (typeof remembered !== 'object' || remembered === null) return {};
  const fields: readonly unknown[] = fieldsOf(layout);
  return Object.fromEntries(
    Object.entries(remembered as Readonly<Record<string, unknown>>).filter(([, field]) => field === null || fields.includes(field)),
  ) as Mapping;
}

export interface DroppedColumn {
  readonly heading: string;
  /** False: there is merely no place for it (year of birth), or a person said so. */
  readonly isForbidden: boolean;
}

export interface MappedSheet {
  readonly heading: SheetHeading;
  readonly columns: ReadonlyMap<ListField, { readonly index: number; readonly heading: string }>;
  readonly dropped: readonly DroppedColumn[];
  /** Headings that claim the same field as an earlier one. */
  readonly doubled: readonly string[];
  /** The heading of a name that may go on in the next column, which has none. */
  readonly halfName: string | undefined;
}

/** Undefined: no heading is found. */
export function mapSheet(sheet: Sheet, layout: ListLayout, mapping: Mapping): MappedSheet | undefined {
  const heading = findHeading(sheet.rows, layout, knownKeys(mapping));
  if (heading === undefined) return undefined;
  const columns = new Map<ListField, { index: number; heading: string }>();
  const dropped: DroppedColumn[] = [];
  const doubled: string[] = [];
  for (const column of heading.columns) {
    const use = meaningOf(column, layout, mapping);
    if (use === 'forbidden' || use === 'none') dropped.push({ heading: column.heading, isForbidden: use === 'forbidden' });
    else if (columns.has(use)) doubled.push(column.heading);
    else columns.set(use, { index: column.index, heading: column.heading });
  }
  return { heading, columns, dropped, doubled, halfName: headingOfHalfName(sheet, heading, columns) };
}

const nameFields: readonly ListField[] = ['headName', 'fullName'];

/**
 * The heading of a name beside which a column without any heading holds words: the rest of the name (a heading over two cells) as often as a people or a belief, and
 * nobody can tell which. Undefined: there is none.
 */
function headingOfHalfName({ rows }: Sheet, { columns, lastRow }: SheetHeading, mapped: MappedSheet['columns']): string | undefined {
  const name = nameFields.map((field) => mapped.get(field)).find((column) => column !== undefined);
  if (name === undefined || columns.some(({ index }) => index === name.index + 1)) return undefined;
  const named = rows.slice(lastRow + 1, lastRow + 1 + sampledRows).filter(({ cells }) => (cells[name.index] ?? '') !== '');
  const withWords = named.filter(({ cells }) => /\p{L}[\p{L}\p{M}]/u.test(cells[name.index + 1] ?? ''));
  return withWords.length > 0 && withWords.length * 2 >= named.length ? name.heading : undefined;
}
