import { describe, expect, it } from 'vitest';
import { readSheets } from '#tables/read-sheets.ts';
import { households } from '../../tools/awkward-tables/awkward-table.ts';
import { awkwardTables } from '../../tools/make-awkward-tables.ts';
import { listLayouts } from './layout.ts';
import { listId, today } from './lists.test-support.ts';
import { readList } from './read-list.ts';

const context = { today, sourceListId: listId, hamlets: [] };
const names = households.map(([, , name = '']) => name);
const tables = await awkwardTables();
/** Those that hold the five households, in whatever dress. */
const lists = tables.filter(({ expected }) => 'sheets' in expected && names.every((name) => expected.sheets.some(({ rows }) => rows.some((row) => row.includes(name)))));

describe('awkward spreadsheets', () => {
  it('are many', () => {
    expect(lists.length).toBeGreaterThan(20);
  });

  it.each(lists.map(({ file, awkward, bytes }) => [file, awkward, bytes] as const))('%s (%s) gives its five households, each in its hamlet', async (_file, _awkward, bytes) => {
    const read = await readSheets(bytes);
    const list = readList(read.ok ? read.value.sheets : [], 'households', {}, context);
    expect(list.ok && list.value.wrong).toEqual([]);
    expect(list.ok && list.value.rows.map(({ hamlet, row }) => [hamlet.toLowerCase().replace(/^xóm /u, ''), row.household.no, row.household.headName])).toEqual(
      households.map(([no, hamlet, name]) => [hamlet?.toLowerCase(), Number(no), name]),
    );
  });

  it('give an answer for every list, whatever list they hold', async () => {
    for (const { bytes } of tables) {
      const read = await readSheets(bytes);
      for (const layout of listLayouts) expect(readList(read.ok ? read.value.sheets : [], layout, {}, context).ok).toBeTypeOf('boolean');
    }
  });
});
