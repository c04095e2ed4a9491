import { expect, it } from 'vitest';
import { readSheets } from './read-sheets.ts';
import { writeTable } from './write-table.ts';

it('a table comes back from its file as it was, and no cell is a formula to a spreadsheet', async () => {
  const rows = [['Tên', 'Lý do'], ['Nông "Sơn"', 'a, b;\nc'], ['=1+1', '@x']];
  const text = writeTable(rows);
  expect(text.startsWith('\uFEFF')).toBe(true);
  const table = await readSheets(new TextEncoder().encode(text));
  expect(table.ok && table.value.sheets[0]?.rows.map(({ cells }) => cells)).toEqual([rows[0], rows[1], ["'=1+1", "'@x"]]);
});
