import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createEndpoint } from './endpoint.ts';
import { MissingEndpointKey, loadEndpointKeys } from './endpoint-keys.ts';
import { createRevocationFile } from './revocation-list.ts';
import { createRealOpener } from './sealed-entries.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, ownDraft, random, roles } from './test-support.ts';

describe('a start', () => {
  test('keeps identity and keys of the one before', async () => {
    const stage = await createTestEndpoint();
    expect((await stage.restarted()).endpoint.identity()).toEqual(stage.endpoint.identity());
  });

  test('is refused when the endpoint is there and its key is gone', async () => {
    const stage = await createTestEndpoint();
    await stage.db.deleteFrom('endpoint_key').execute();
    await expect(stage.restarted()).rejects.toThrow(MissingEndpointKey);
  });

  test('opens what was sealed to an older key', async () => {
    const stage = await createTestEndpoint();
    const phone = await enrolPhone(stage, roles.member);
    const [old] = await stage.db.selectFrom('endpoint_key').selectAll().execute();
    const newer = await createTestEndpoint();
    const [fresh] = await newer.db.selectFrom('endpoint_key').selectAll().execute();
    if (old === undefined || fresh === undefined) throw new Error('no keys');
    await stage.db.insertInto('endpoint_key').values({ ...fresh, createdAt: old.createdAt + 1 }).execute();
    const { endpoint } = await stage.restarted();
    expect(endpoint.identity().keyId).toBe(fresh.keyId);
    await phone.save([change('household', north, stage.newId(), household(1))]);
    const answer = await endpoint.sync({ kind: 'bundle' }, phone.pushBody());
    expect(answer.entries[0]?.outcome).toBe('kept');
  });

  test('applies the revocations kept outside the database: a restored backup revives no lost phone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gan-dan-revocations-'));
    try {
      const path = join(folder, 'revocations.jsonl');
      const stage = await createTestEndpoint({ revocations: createRevocationFile(path) });
      const phone = await enrolPhone(stage, roles.member);
      await stage.endpoint.revokeDevice(commune, phone.deviceId);
      await stage.db.updateTable('device').set({ state: 'active', revokedAt: null }).execute();
      expect((await stage.endpoint.authenticate(`Bearer ${phone.sessionToken}`)).ok).toBe(true);
      const { endpoint } = await stage.restarted();
      expect(await endpoint.authenticate(`Bearer ${phone.sessionToken}`)).toEqual({ ok: false, error: { code: 'revoked_device' } });
      writeFileSync(path, 'not a revocation\n', { flag: 'a' });
      await expect(stage.restarted()).rejects.toThrow('line 2');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('two devices that name their sessions alike stand in no way of each other', async () => {
  const stage = await createTestEndpoint();
  const phones = [await enrolPhone(stage, roles.member), await enrolPhone(stage, roles.lead)];
  const session = 's'.repeat(22);
  const keys = await loadEndpointKeys({ ...stage, random });
  const real = createRealOpener(keys);
  const endpoint = await createEndpoint({
    ...stage,
    random,
    opener: {
      readClaims(header) {
        const claims = real.readClaims(header);
        return claims.ok ? { ok: true, value: { ...claims.value, sessionId: session } } : claims;
      },
      async accept(header, key) {
        const accepted = await real.accept(header, key);
        if (!accepted.ok) return accepted;
        const { claims, open, sealReceipt } = accepted.value;
        return { ok: true, value: { claims, sealReceipt, open: (sealed, kind) => open({ ...sealed, session: claims.sessionId }, kind) } };
      },
    },
  });
  for (const phone of phones) await phone.save([change('household', north, stage.newId(), household(1))]);
  const entries = phones.flatMap((phone) => phone.outbox.map((sealed) => ({ ...sealed, session })));
  const answer = await endpoint.sync({ kind: 'bundle' }, { protocol: 1, sessions: phones.map((phone) => phone.header), entries });
  expect(answer.entries.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
});

describe('own entries', () => {
  test('are applied together or not at all, over communes too', async () => {
    const stage = await createTestEndpoint();
    const province = change('area', '99904', '99904', { code: '99904', level: 'province', kind: 'tinh', name: 'Cao Bằng' });
    const wrong = change('household', north, stage.newId(), household(1, { houseLabel: '' }));
    const refused = await stage.endpoint.applyOwnBatches([
      { communeCode: '99904', drafts: [ownDraft(stage, [province])] },
      { communeCode: commune, drafts: [ownDraft(stage, [wrong])] },
    ]);
    expect(refused).toMatchObject([{ index: 0, verdict: 'applied' }, { index: 1, verdict: 'rejected', code: 'too_short', field: 'houseLabel' }]);
    expect(await stage.endpoint.records('99904', 'area')).toEqual([]);
    const draft = ownDraft(stage, [province]);
    for (let n = 0; n < 2; n++) expect(await stage.endpoint.applyOwnEntries('99904', [draft])).toMatchObject([{ verdict: 'applied' }]);
    expect(await stage.endpoint.records('99904', 'area')).toMatchObject([{ recordId: '99904', version: 1 }]);
  });

  test('the same id with other content is refused', async () => {
    const stage = await createTestEndpoint();
    const draft = ownDraft(stage, [change('household', north, stage.newId(), household(1))]);
    await stage.endpoint.applyOwnEntries(commune, [draft]);
    const other = { ...draft, changes: [change('household', north, stage.newId(), household(2))] };
    expect(await stage.endpoint.applyOwnEntries(commune, [other])).toMatchObject([{ verdict: 'rejected', code: 'other_content' }]);
  });
});

test('every primary key and every unique constraint begins with the commune, but for what is the endpoint\'s own', async () => {
  const { db } = await createTestEndpoint();
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'kysely_%' and name not like 'sqlite_%'`.execute(db);
  const begins: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    const columns = await sql<{ name: string; pk: number }>`select name, pk from pragma_table_info(${name}) where pk = 1`.execute(db);
    const unique = await sql<{ first: string }>`
      select (select name from pragma_index_info(l.name) where seqno = 0) as first from pragma_index_list(${name}) as l where l."unique" = 1`.execute(db);
    begins[name] = [...new Set([...columns.rows.map((row) => row.name), ...unique.rows.map((row) => row.first)])];
  }
  const { meta, endpoint_key, ...rest } = begins;
  expect([meta, endpoint_key]).toEqual([['name'], ['keyId']]);
  expect(Object.keys(rest)).toHaveLength(20);
  expect(Object.values(rest)).toEqual(Object.keys(rest).map(() => ['communeCode']));
});
