/** A sheet may hold several lists, one under the other: the same form for each hamlet, or another one whose columns mean something else. Each is read under its own heading. */
import { tidyText } from '#domain/vietnamese-text.ts';
import type { Sheet, TableRow } from '#tables/table.ts';
import { hamletInTitle } from './hamlet-names.ts';
import { findHeading, isHeadingRow } from './heading.ts';
import type { SheetHeading } from './heading.ts';
import type { ListLayout } from './layout.ts';
import { plainHeading } from './plain-heading.ts';

/** From above; the whole sheet where it holds one list. The same heading again, on the next printed page, begins none unless a title above it names a hamlet. */
export function listsIn(sheet: Sheet, layout: ListLayout, known: ReadonlySet<string>): readonly Sheet[] {
  const { rows } = sheet;
  const first = findHeading(rows, layout, known);
  if (first === undefined) return [sheet];
  const begins = [0];
  let heading = headingWords(rows[first.firstRow]);
  let readable = readableIn(first);
  for (let index = first.lastRow + 1; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined || !mayBeHeading(readable(row)) || !isHeadingRow(readable(row), layout)) continue;
    const begin = titlesAbove(rows, index, readable);
    const words = headingWords(row);
    const namesHamlet = rows.slice(begin, index).some((title) => readable(title).cells.some((cell) => hamletInTitle(cell) !== undefined));
    if (words === heading && !namesHamlet) continue;
    begins.push(begin);
    heading = words;
    const own = findHeading(rows.slice(begin), layout, known);
    if (own !== undefined) readable = readableIn(own);
  }
  return begins.map((begin, at) => ({ ...sheet, rows: rows.slice(begin, begins[at + 1]) }));
}

/** A row without its cells under a forbidden heading: they are not looked at to find the next one either. */
function readableIn({ columns }: SheetHeading): (row: TableRow) => TableRow {
  const forbidden = new Set(columns.flatMap((column) => (column.isForbidden ? [column.index] : [])));
  if (forbidden.size === 0) return (row) => row;
  return ({ line, cells }) => ({ line, cells: Array.from({ length: cells.length }, (_, index) => (forbidden.has(index) ? '' : (cells[index] ?? ''))) });
}

/** Looked at for every row of a long list: one with a number of its own is no heading. */
function mayBeHeading({ cells }: TableRow): boolean {
  return cells.length > 1 && !cells.some((cell) => /^\d+$/u.test(cell));
}

function headingWords(row: TableRow | undefined): string {
  return (row?.cells ?? []).map(plainHeading).join('|').replace(/\|+$/u, '');
}

/** Where the titles begin that stand above a heading: rows with nothing beside one text. */
function titlesAbove(rows: readonly TableRow[], heading: number, readable: (row: TableRow) => TableRow): number {
  const isTitle = (row: TableRow | undefined) => row !== undefined && new Set(readable(row).cells.map(tidyText).filter((cell) => cell !== '')).size <= 1;
  let begin = heading;
  while (isTitle(rows[begin - 1])) begin -= 1;
  return begin;
}
