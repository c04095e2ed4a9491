import { expect, it } from 'vitest';
import { createDraw, mutateTable } from '../../tools/awkward-tables/mutate-table.ts';
import { awkwardTables } from '../../tools/make-awkward-tables.ts';
import { readSheets } from './read-sheets.ts';
import { bounds } from './table.ts';

/** The seed stands in the test's name; another one: `MUTATION_SEED=7 npm run unit -- mutated-tables`. */
const seed = Number(process.env['MUTATION_SEED'] ?? 20261130);
const files = 1000;

const codes = ['empty', 'old_spreadsheet', 'not_spreadsheet', 'locked', 'damaged', 'not_text', 'broken_quotes', 'too_large'];

it(`${files} spoiled files give rows or say what is wrong, seed ${seed}`, async () => {
  const tables = await awkwardTables();
  const met = new Map<string, number>();
  for (let number = 0; number < files; number += 1) {
    const draw = createDraw(seed * files + number);
    const table = tables[number % tables.length];
    if (table === undefined) throw new Error('no table');
    const read = await readSheets(mutateTable(table.bytes, draw)).catch((error: unknown) => {
      throw new Error(`number ${number}, from ${table.file}`, { cause: error });
    });
    const outcome = read.ok ? 'read' : read.error.code;
    met.set(outcome, (met.get(outcome) ?? 0) + 1);
    if (!read.ok) expect(codes).toContain(read.error.code);
    else {
      const { sheets } = read.value;
      expect(sheets.length).toBeGreaterThan(0);
      for (const { rows } of sheets) {
        expect(rows.length).toBeLessThanOrEqual(bounds.rows);
        expect(rows.every(({ line, cells }, index) => Number.isInteger(line) && line > index && cells.every((cell) => typeof cell === 'string'))).toBe(true);
      }
    }
  }
  // Spoiled enough to be refused, and not so much that nothing inside is ever looked at.
  expect(met.get('read')).toBeGreaterThan(files / 5);
  expect(met.get('damaged')).toBeGreaterThan(files / 20);
  if (process.env['MUTATION_SEED'] !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries(met))}\n`);
});
