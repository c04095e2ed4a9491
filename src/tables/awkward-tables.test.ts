import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeAwkwardTables } from '../../tools/make-awkward-tables.ts';
import { readSheets } from './read-sheets.ts';
import type { Sheet } from './read-sheets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'awkward-tables-'));
const tables = await makeAwkwardTables(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows that say something, each without the empty cells at its end. */
function written({ name, rows }: Sheet) {
  const shown = rows.map(({ line, cells }) => [line, ...cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)]);
  return { name, rows: shown.filter((row) => row.length > 1) };
}

describe('an awkward spreadsheet', () => {
  it('is one of many', () => {
    expect(tables.length).toBeGreaterThan(45);
    expect(new Set(tables.map(({ file }) => file)).size).toBe(tables.length);
  });

  it.each(tables)('$file is read to the cell: $awkward', async ({ file, expected }) => {
    const read = await readSheets(readFileSync(path.join(folder, file)));
    const shown = read.ok ? { encoding: read.value.encoding, sheets: read.value.sheets.map(written) } : { error: read.error.code };
    expect(shown).toEqual(expected);
  });
});
