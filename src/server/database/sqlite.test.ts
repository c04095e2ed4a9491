import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from './migrations.ts';
import { openSqlite } from './sqlite.ts';

it('What was deleted, or took a shorter text, is not left in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-sqlite-'));
  const kept = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join('');
  try {
    const open = async () => {
      const db = openSqlite(join(folder, 'gan-dan.sqlite'));
      await migrate(db);
      return db;
    };
    const first = await open();
    const rows = Array.from({ length: 200 }, (_, n) => ({ name: `name ${n}`, value: `nha san canh suoi ${n}`.padEnd(300) }));
    await first.insertInto('meta').values(rows).execute();
    await first.destroy();
    expect(kept()).toContain('canh suoi');
    const second = await open();
    await second.deleteFrom('meta').where('name', 'like', 'name 1%').execute();
    await second.updateTable('meta').set({ value: 'x' }).execute();
    await second.destroy();
    expect(kept()).not.toContain('canh suoi');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('A backup that was put back beside the log of another database is refused; its own log is taken up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-dan-sqlite-'));
  const [path, backup] = [join(folder, 'gan-dan.sqlite'), join(folder, 'backup.sqlite')];
  const rowsIn = async () => {
    const db = openSqlite(path);
    const found = await db.selectFrom('meta').select('name').execute();
    await db.destroy();
    return found.length;
  };
  try {
    const first = openSqlite(path);
    await migrate(first);
    await first.destroy();
    copyFileSync(path, backup);
    // As a killed process leaves it: rows in the file, and the latest in a log that nobody folded in.
    const raw = new Sqlite(path);
    const add = raw.prepare('insert into meta (name, value) values (?, ?)');
    for (let row = 0; row < 2_000; row++) add.run(`name ${row}`, 'x'.repeat(500));
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.pragma('wal_autocheckpoint = 0');
    for (let row = 2_000; row < 2_100; row++) add.run(`name ${row}`, 'x'.repeat(500));
    for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${path}.killed${end}`);
    raw.close();

    for (const end of ['', '-wal']) copyFileSync(`${path}.killed${end}`, `${path}${end}`);
    expect(await rowsIn()).toBe(2_100);

    copyFileSync(`${path}.killed-wal`, `${path}-wal`);
    copyFileSync(backup, path);
    expect(() => openSqlite(path)).toThrow('do not belong together');
    rmSync(`${path}-wal`, { force: true });
    rmSync(`${path}-shm`, { force: true });
    copyFileSync(backup, path);
    expect(await rowsIn()).toBe(0);
    expect(existsSync(`${path}-wal`)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
