import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
