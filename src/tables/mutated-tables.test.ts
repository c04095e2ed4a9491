import { expect, it } from 'vitest';
import { createDraw, mutateTable } from '../../tools/awkward-tables/mutate-table.ts';
import { awkwardTables } from '../../tools/make-awkward-tables.ts';
import { readSheets } from './read-sheets.ts';
import { bounds } from './table.ts';

/** The seed stands in the test's name; another one: `MUTATION_SEED=7 npm run unit -- mutated-tables`. */
const seed = Number(process.env['MUTATION_SEED'] ?? 20261130);
const files = 1000;

const codes = ['empty', 'old_spreadsheet', 'not_spreadsheet', 'locked', 'damaged', 'not_text', 'broken_quotes', 'too_large'];

/** `read`, a code, or in words what must not be. */
function outcomeOf(read: Awaited<ReturnType<typeof readSheets>>): string {
  if (!read.ok) return codes.includes(read.error.code) ? read.error.code : `no code: ${read.error.code}`;
  const rows = read.value.sheets.flatMap((sheet) => sheet.rows.map((row, index) => ({ ...row, index })));
  if (rows.length === 0 || rows.length > bounds.rows) return `${rows.length} rows`;
  const wrong = rows.find(({ line, cells, index }) => !Number.isInteger(line) || line <= index || cells.some((cell) => typeof cell !== 'string'));
  return wrong === undefined ? 'read' : `a wrong row: ${JSON.stringify(wrong)}`;
}

it(`${files} spoiled files give rows or say what is wrong, seed ${seed}`, async () => {
  const tables = await awkwardTables();
  const met = new Map<string, number>();
  for (let number = 0; number < files; number += 1) {
    const table = tables[number % tables.length];
    if (table === undefined) throw new Error('no table');
    const read = await readSheets(mutateTable(table.bytes, createDraw(seed * files + number))).catch((error: unknown) => {
      throw new Error(`number ${number}, from ${table.file}`, { cause: error });
    });
    const outcome = outcomeOf(read);
    met.set(outcome, (met.get(outcome) ?? 0) + 1);
  }
  expect([...met.keys()].filter((outcome) => outcome !== 'read' && !codes.includes(outcome))).toEqual([]);
  // Spoiled enough to be refused, and not so much that nothing inside is ever looked at.
  expect(met.get('read')).toBeGreaterThan(files / 5);
  expect(met.get('damaged')).toBeGreaterThan(files / 20);
});
