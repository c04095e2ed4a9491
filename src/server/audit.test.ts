import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { readAuditChains, writeAudit } from './audit.ts';
import { createTestEndpoint } from './test-support.ts';
import type { TestEndpoint } from './test-support.ts';

describe('the audit log, read from its first line', () => {
  let stage: TestEndpoint;
  beforeEach(async () => {
    stage = await createTestEndpoint();
    for (const communeCode of ['99901', '99902']) {
      for (let at = 1; at <= 4; at++) {
        await stage.db.transaction().execute(async (tx) => await writeAudit(tx, { communeCode, at, actor: 'endpoint', action: 'record_erased', subject: `subject ${at}` }));
      }
    }
    // Whoever holds the file may take the triggers away.
    for (const name of ['audit_never_changed', 'audit_never_removed', 'audit_only_grows']) await sql`drop trigger ${sql.ref(name)}`.execute(stage.db);
  });
  const broken = async () => Object.fromEntries((await readAuditChains(stage.db)).flatMap(({ communeCode, brokenAt }) => (communeCode.startsWith('9990') && brokenAt !== undefined ? [[communeCode, brokenAt]] : [])));

  test('holds as it was written, a chain a commune', async () => {
    expect(await broken()).toEqual({});
    const chains = (await readAuditChains(stage.db)).filter(({ communeCode }) => communeCode === '99901' || communeCode === '99902');
    expect(chains.map(({ lines }) => lines)).toEqual([4, 4]);
    const last = await stage.db.selectFrom('audit').select('hash').where('communeCode', '=', '99902').where('number', '=', 4).executeTakeFirstOrThrow();
    expect(chains[1]?.lastHash).toBe(last.hash);
  });

  test.each(['at', 'actor', 'action', 'subject', 'hash', 'origin'] as const)('a changed %s breaks it at that line', async (column) => {
    await stage.db.updateTable('audit').set({ [column]: column === 'at' ? 99 : 'other' }).where('communeCode', '=', '99901').where('number', '=', 3).execute();
    expect(await broken()).toEqual({ 99901: 3 });
  });

  test('lines from before it was noted from where something was done hold as they were written, and later ones stand on them', async () => {
    let before = '';
    for (let number = 1; number <= 3; number++) {
      const line = ['99900', number, number, 'endpoint', 'record_erased', 'x'] as const;
      before = createHash('sha256').update(JSON.stringify([before, ...line])).digest('base64url');
      const [communeCode, , at, actor, action, subject] = line;
      await stage.db.insertInto('audit').values({ communeCode, number, at, actor, action, subject, hash: before, origin: null }).execute();
    }
    await stage.db.transaction().execute(async (tx) => await writeAudit(tx, { communeCode: '99900', at: 4, actor: 'a', action: 'session_ended', subject: 'x', origin: 'b' }));
    const chains = await readAuditChains(stage.db);
    expect(chains.find(({ communeCode }) => communeCode === '99900')).toMatchObject({ communeCode: '99900', lines: 4, brokenAt: undefined });
  });

  test('a line taken out breaks it there, also the first', async () => {
    await stage.db.deleteFrom('audit').where('communeCode', '=', '99901').where('number', '=', 2).execute();
    await stage.db.deleteFrom('audit').where('communeCode', '=', '99902').where('number', '=', 1).execute();
    expect(await broken()).toEqual({ 99901: 2, 99902: 1 });
  });

  test('an end that was cut off shows by number and mark alone', async () => {
    const [before] = (await readAuditChains(stage.db)).filter(({ communeCode }) => communeCode === '99901');
    await stage.db.deleteFrom('audit').where('communeCode', '=', '99901').where('number', '=', 4).execute();
    const [after] = (await readAuditChains(stage.db)).filter(({ communeCode }) => communeCode === '99901');
    expect(after).toMatchObject({ lines: 3, brokenAt: undefined });
    expect(after?.lastHash).not.toBe(before?.lastHash);
  });
});

test('no line is changed, taken away or replaced by whoever writes to the database', async () => {
  const stage = await createTestEndpoint();
  for (let at = 1; at <= 3; at++) await stage.db.transaction().execute((tx) => writeAudit(tx, { communeCode: '99901', at, actor: 'endpoint', action: 'record_erased', subject: `subject ${at}` }));
  const lines = await stage.db.selectFrom('audit').selectAll().where('communeCode', '=', '99901').execute();
  const writes = [
    sql`update audit set subject = 'other'`,
    sql`update or replace audit set number = 1 where number = 2`,
    sql`delete from audit`,
    sql`insert or replace into audit select "communeCode", number, at, 'other', action, subject, hash, origin from audit where number = 2`,
  ];
  for (const write of writes) await expect(write.execute(stage.db)).rejects.toThrow('append-only');
  expect(await stage.db.selectFrom('audit').selectAll().where('communeCode', '=', '99901').execute()).toEqual(lines);
});
