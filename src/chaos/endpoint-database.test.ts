import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { databaseName, readAsLeft, readDatabase, watchCommits } from './endpoint-database.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function database(): { readonly folder: string; readonly open: Sqlite.Database } {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-database-'));
  folders.push(folder);
  const open = new Sqlite(join(folder, databaseName));
  open.pragma('journal_mode = WAL');
  open.exec('create table entry (entryId text, deviceId text, deviceSeq int, verdict text)');
  open.exec('create table record_history (entryId text, recordId text, version int, field text)');
  return { folder, open };
}

test('what a process had committed is read from what it left, and the files stay as they are', () => {
  const { folder, open } = database();
  open.exec(`insert into entry values ('e1', 'd1', 1, 'applied')`);
  const names = [databaseName, `${databaseName}-wal`];
  const before = names.map((name) => readFileSync(join(folder, name)));
  expect(readAsLeft(folder)).toEqual({ entries: [{ entryId: 'e1', deviceId: 'd1', deviceSeq: 1, verdict: 'applied' }], damage: [] });
  expect(names.map((name) => readFileSync(join(folder, name)))).toEqual(before);
  open.close();
});

test('an entry that was applied twice shows two versions of the record', () => {
  const { folder, open } = database();
  open.exec(`insert into record_history values ('e1', 'r1', 1, 'met'), ('e1', 'r1', 1, 'date'), ('e2', 'r1', 2, 'met'), ('e2', 'r1', 3, 'met')`);
  expect(readDatabase(folder).history).toEqual([
    { entryId: 'e1', recordId: 'r1', versions: 1, fields: ['met', 'date'] },
    { entryId: 'e2', recordId: 'r1', versions: 2, fields: ['met'] },
  ]);
  open.close();
});

test('a file that is not whole stops whoever reads it', () => {
  const { folder, open } = database();
  for (let number = 0; number < 2_000; number++) open.prepare('insert into entry values (?, ?, ?, ?)').run(`e${number}`, 'd1', number, 'applied');
  open.pragma('wal_checkpoint(TRUNCATE)');
  open.close();
  truncateSync(join(folder, databaseName), 16_384);
  expect(() => readDatabase(folder)).toThrow(/malformed/u);
});

test('a commit of another connection is seen, once', () => {
  const { folder, open } = database();
  const commits = watchCommits(folder);
  expect(commits.hasMore()).toBe(false);
  open.exec(`insert into entry values ('e1', 'd1', 1, 'applied')`);
  expect([commits.hasMore(), commits.hasMore()]).toEqual([true, false]);
  commits.close();
  open.close();
});
