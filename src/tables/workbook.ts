/** An Excel workbook (.xlsx, .xlsm) as sheets of text. The library is named and weighed in docs/decisions/0026. */
import { readXlsx } from 'hucre/xlsx';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { cellText } from './cell-text.ts';
import { fillMerged } from './merged-cells.ts';
import { bounds } from './table.ts';
import type { Sheet, TableError, TableRow } from './table.ts';
import { workbookParts } from './workbook-parts.ts';

/** One row and one column further than a list may go, so that one that goes on is seen. */
const readRange = `A1:${columnLetters(bounds.columns + 1)}${bounds.rows + 1}`;

export async function readWorkbook(bytes: Uint8Array): Promise<Result<readonly Sheet[], TableError>> {
  const parts = workbookParts(bytes);
  if (!parts.ok) return parts;
  const { file, sheets } = parts.value;
  const areAllHidden = sheets.every(({ isHidden }) => isHidden);
  const read: Sheet[] = [];
  let cells = 0;
  // One by one: what the library makes of a sheet is larger than its text, and is let go of before the next.
  for (const [index, { isHidden }] of sheets.entries()) {
    if (isHidden && !areAllHidden) continue;
    const sheet = await readSheet(file, index, bounds.cells - cells);
    if (!sheet.ok) return sheet;
    if (sheet.value === undefined) continue;
    cells += sheet.value.rows.reduce((sum, row) => sum + row.cells.length, 0);
    read.push(sheet.value);
  }
  return read.length === 0 ? err({ code: 'empty' }) : ok(read);
}

/** Undefined: nothing is written in it. */
async function readSheet(file: Uint8Array, index: number, mostCells: number): Promise<Result<Sheet | undefined, TableError>> {
  const workbook = await openWorkbook(file, index);
  const sheet = workbook?.sheets[0];
  if (workbook === undefined || sheet === undefined) return err({ code: 'damaged' });
  const rows = sheet.rows.map((values) => withoutEmptyEnd(values.map((value) => cellText(value, workbook.dateSystem))));
  while (rows.at(-1)?.length === 0) rows.pop();
  if (rows.length === 0) return ok(undefined);
  if (rows.length > bounds.rows) return err({ code: 'too_large', line: bounds.rows + 1 });
  const wide = rows.findIndex((cells) => cells.length > bounds.columns);
  if (wide !== -1) return err({ code: 'too_large', line: wide + 1 });
  const filled = fillMerged(rows, sheet.merges ?? [], mostCells);
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  if (filled === undefined || cells > mostCells) return err({ code: 'too_large' });
  return ok({ name: sheet.name, rows: rows.map((texts, row): TableRow => ({ line: row + 1, cells: texts })) });
}

async function openWorkbook(file: Uint8Array, index: number) {
  try {
    return await readXlsx(file, { sheets: (_, at) => at === index, range: readRange });
  } catch {
    // Its parts are whole (their checksums are right) and it makes no sense: the library's kinds of error tell a person nothing more.
    return undefined;
  }
}

function withoutEmptyEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

/** 1 is A, 27 is AA. */
function columnLetters(column: number): string {
  const rest = (column - 1) % 26;
  const letter = String.fromCharCode(65 + rest);
  return column <= 26 ? letter : columnLetters((column - 1 - rest) / 26) + letter;
}
