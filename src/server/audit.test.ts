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
    for (const name of ['audit_never_changed', 'audit_never_removed']) await sql`drop trigger ${sql.ref(name)}`.execute(stage.db);
  });
  const broken = async () => Object.fromEntries((await readAuditChains(stage.db)).flatMap(({ communeCode, brokenAt }) => (communeCode.startsWith('9990') && brokenAt !== undefined ? [[communeCode, brokenAt]] : [])));

  test('holds as it was written, a chain a commune', async () => {
    expect(await broken()).toEqual({});
    const chains = (await readAuditChains(stage.db)).filter(({ communeCode }) => communeCode === '99901' || communeCode === '99902');
    expect(chains.map(({ lines }) => lines)).toEqual([4, 4]);
    const last = await stage.db.selectFrom('audit').select('hash').where('communeCode', '=', '99902').where('number', '=', 4).executeTakeFirstOrThrow();
    expect(chains[1]?.lastHash).toBe(last.hash);
  });

  test.each(['at', 'actor', 'action', 'subject', 'hash'] as const)('a changed %s breaks it at that line', async (column) => {
    await stage.db.updateTable('audit').set({ [column]: column === 'at' ? 99 : 'other' }).where('communeCode', '=', '99901').where('number', '=', 3).execute();
    expect(await broken()).toEqual({ 99901: 3 });
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
