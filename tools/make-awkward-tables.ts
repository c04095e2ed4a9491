/**
 * Writes a folder of awkward spreadsheets, as communes have them, and beside them `expected.json`: what must be read from each, cell for cell.
 * `node tools/make-awkward-tables.ts FOLDER`. Nothing of it is kept in the repository; src/tables/awkward-tables.test.ts reads them all.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AwkwardTable } from './awkward-tables/awkward-table.ts';
import { awkwardTexts } from './awkward-tables/awkward-texts.ts';
import { awkwardWorkbooks } from './awkward-tables/awkward-workbooks.ts';
import { libraryWorkbooks } from './awkward-tables/library-workbooks.ts';
import { unreadableFiles } from './awkward-tables/unreadable-files.ts';

export async function awkwardTables(): Promise<AwkwardTable[]> {
  return [...awkwardWorkbooks(), ...(await libraryWorkbooks()), ...awkwardTexts(), ...unreadableFiles()];
}

/** Makes the folder where there is none. */
export async function makeAwkwardTables(folder: string): Promise<AwkwardTable[]> {
  mkdirSync(folder, { recursive: true });
  const tables = await awkwardTables();
  for (const { file, bytes } of tables) writeFileSync(path.join(folder, file), bytes);
  const expected = tables.map(({ file, awkward, expected: read }) => ({ file, awkward, expected: read }));
  writeFileSync(path.join(folder, 'expected.json'), `${JSON.stringify(expected, undefined, 2)}\n`);
  return tables;
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('node tools/make-awkward-tables.ts FOLDER');
    process.exitCode = 1;
  } else console.log(`${(await makeAwkwardTables(folder)).length} files in ${folder}`);
}
