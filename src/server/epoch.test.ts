import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { epochSpan } from '#sync/protocol.ts';
import { openSqlite } from './database/sqlite.ts';
import { migrate } from './database/migrations.ts';
import { raiseEpoch } from './epoch.ts';
import { createLastToldFile, createLastToldInMemory } from './last-told.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, openSession, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let phone: TestPhone;
let houses: readonly [string, string];

beforeEach(async () => {
  stage = await createTestEndpoint();
  phone = await enrolPhone(stage, roles.member);
  houses = [stage.newId(), stage.newId()];
  await phone.save([change('household', north, houses[0], household(1))]);
  await phone.sync();
});

/** Sends what is in the outbox to the endpoint as it was started again, and gives the rows of the hamlet and the device, from their beginning. */
async function syncedWith(restored: TestEndpoint, epoch: number) {
  const auth = await restored.endpoint.authenticate(`Bearer ${await openSession(restored, phone)}`);
  if (!auth.ok) throw new Error(auth.error.code);
  const answer = await restored.endpoint.sync(auth.value, { ...phone.pushBody(), pull: { ...phone.pullBody(epoch), channels: {} } });
  if (answer.pull === undefined || !('pages' in answer.pull)) throw new Error('no pages');
  return new Map(answer.pull.pages.flatMap((page) => page.rows.map((row) => [row.recordId, { ...row, page: page.channelId }] as const)));
}

describe('an epoch that is raised', () => {
  test('begins its sequences and versions above all that the earlier one can have given', async () => {
    expect(await raiseEpoch(stage.db, stage.clock.now())).toBe(2);
    const restored = await stage.restarted();
    const entry = await phone.save([change('household', north, houses[0], { houseLabel: 'gốc đa' }, 1), change('household', north, houses[1], household(2))]);
    const rows = await syncedWith(restored, 2);
    expect(rows.get(houses[0])).toMatchObject({ page: `hamlet/${north}`, sequence: epochSpan + 1, version: epochSpan + 1 });
    expect(rows.get(houses[1])).toMatchObject({ sequence: epochSpan + 2, version: epochSpan + 1 });
    expect(rows.get(entry.entryId)).toMatchObject({ page: `device/${phone.deviceId}`, sequence: epochSpan + 1, verdict: { verdict: 'applied' } });
  });

  test('goes on counting in it by one', async () => {
    await raiseEpoch(stage.db, stage.clock.now());
    const restored = await stage.restarted();
    await phone.save([change('household', north, houses[0], { houseLabel: 'gốc đa' }, 1)]);
    await syncedWith(restored, 2);
    phone.outbox.length = 0;
    await phone.save([change('household', north, houses[0], { houseLabel: 'gốc mít' }, epochSpan + 1)]);
    expect((await syncedWith(restored, 2)).get(houses[0])).toMatchObject({ sequence: epochSpan + 2, version: epochSpan + 2 });
  });

  test('sends every phone of the earlier one back to the beginning of its channels', async () => {
    await raiseEpoch(stage.db, stage.clock.now());
    const restored = await stage.restarted();
    const auth = await restored.endpoint.authenticate(`Bearer ${await openSession(restored, phone)}`);
    if (!auth.ok) throw new Error(auth.error.code);
    expect(await restored.endpoint.sync(auth.value, { ...phone.pushBody(), pull: phone.pullBody(1) })).toMatchObject({ epoch: 2, pull: { restart: 'epoch' } });
  });

  test('is another one each time, also when the same backup is put back twice', async () => {
    const lastTold = createLastToldInMemory();
    expect(await raiseEpoch(stage.db, stage.clock.now(), lastTold)).toBe(2);
    await stage.db.updateTable('meta').set({ value: '1' }).where('name', '=', 'epoch').execute();
    expect(await raiseEpoch(stage.db, stage.clock.now(), lastTold)).toBe(3);
    expect(await raiseEpoch(stage.db, stage.clock.now(), lastTold)).toBe(4);
    expect((await stage.restarted()).endpoint.identity()).toEqual(stage.endpoint.identity());
  });

  test('ends every session: one that was ended since the backup opens nothing, and an unlocked phone opens its next one by itself', async () => {
    const { sessionToken } = phone;
    await raiseEpoch(stage.db, stage.clock.now());
    const restored = await stage.restarted();
    expect(await restored.endpoint.authenticate(`Bearer ${sessionToken}`)).toEqual({ ok: false, error: { code: 'no_session' } });
    expect((await restored.endpoint.authenticate(`Bearer ${await openSession(restored, phone)}`)).ok).toBe(true);
  });

  test('is noted in the audit log of every commune: what stood there after the backup is gone without another trace', async () => {
    stage.clock.at += 3_600_000;
    await raiseEpoch(stage.db, stage.clock.now());
    const last = await stage.db.selectFrom('audit').selectAll().where('communeCode', '=', commune).orderBy('number', 'desc').limit(1).executeTakeFirst();
    expect(last).toMatchObject({ at: stage.clock.at, actor: 'endpoint', action: 'database_put_back', subject: '2' });
    expect(await stage.endpoint.auditChains()).toMatchObject([{ communeCode: commune, brokenAt: undefined }]);
  });

  test('needs an endpoint', async () => {
    const db = openSqlite(':memory:');
    await migrate(db);
    await expect(raiseEpoch(db, 0)).rejects.toThrow('no endpoint');
    await db.destroy();
  });
});

describe('a database that was put back by hand', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gan-dan-epoch-'));
    path = join(folder, 'last-told');
    stage = await createTestEndpoint({ lastTold: createLastToldFile(path) });
    phone = await enrolPhone(stage, roles.member);
    await phone.save([change('household', north, houses[0], household(1))]);
    await phone.sync();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What a copy of it that was made before would say. */
  const lacks = async (changes: number) => {
    const row = await stage.db.selectFrom('meta').select('value').where('name', '=', 'changes').executeTakeFirstOrThrow();
    await stage.db.updateTable('meta').set({ value: String(Number(row.value) - changes) }).where('name', '=', 'changes').execute();
  };
  const epochOf = async (at: TestEndpoint) => Number((await at.db.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirstOrThrow()).value);

  test('begins a new epoch at the start, before any phone asks, and says so', async () => {
    await lacks(1);
    const restored = await stage.restarted();
    expect(await epochOf(restored)).toBe(2);
    expect(restored.logged.filter((line) => line.startsWith('alarm database_put_back'))).toHaveLength(1);
    await syncedWith(restored, 2);
  });

  test('begins one also where it lacks nothing that any phone is shown: a session that was ended', async () => {
    const [own] = await stage.endpoint.office.sessions(await sessionOf(phone));
    const sessions = await stage.db.selectFrom('session').selectAll().execute();
    const before = await stage.db.selectFrom('meta').selectAll().where('name', '=', 'changes').executeTakeFirstOrThrow();
    const { sessionToken } = await renewedSession();
    await stage.endpoint.office.endSession(await sessionOf({ sessionToken }), own?.sessionId ?? '');
    await stage.endpoint.sync(await sessionOf({ sessionToken }), { ...phone.pushBody([]), pull: phone.pullBody(1) });
    await stage.db.insertInto('session').values(sessions).execute();
    await stage.db.updateTable('meta').set({ value: before.value }).where('name', '=', 'changes').execute();
    const restored = await stage.restarted();
    expect(await epochOf(restored)).toBe(2);
    expect((await restored.endpoint.authenticate(`Bearer ${phone.sessionToken}`)).ok).toBe(false);
  });

  const renewedSession = async () => ({ sessionToken: await openSession(stage, phone) });
  const sessionOf = async ({ sessionToken }: Pick<TestPhone, 'sessionToken'>) => {
    const auth = await stage.endpoint.authenticate(`Bearer ${sessionToken}`);
    if (!auth.ok || auth.value.kind !== 'session') throw new Error('no session');
    return auth.value;
  };

  test('begins it once: the next start finds nothing amiss', async () => {
    await lacks(1);
    const restored = await stage.restarted();
    expect(await epochOf(await restored.restarted())).toBe(2);
    await phone.save([change('household', north, houses[1], household(2))]);
    await syncedWith(restored, 2);
    expect(await epochOf(await restored.restarted())).toBe(2);
  });

  test('begins another when it is put back once more, also to what it was before the first time', async () => {
    await stage.db.updateTable('meta').set({ value: '1' }).where('name', '=', 'changes').execute();
    const restored = await stage.restarted();
    await stage.db.updateTable('meta').set({ value: '1' }).where('name', 'in', ['changes', 'epoch']).execute();
    expect(await epochOf(await restored.restarted())).toBe(3);
  });

  test('is told by nothing else: one that holds all that phones were told goes on, whatever they ask for', async () => {
    await phone.save([change('household', north, houses[1], household(2))]);
    const auth = await stage.endpoint.authenticate(`Bearer ${phone.sessionToken}`);
    if (!auth.ok) throw new Error(auth.error.code);
    const pull = { ...phone.pullBody(1), channels: { [`hamlet/${north}`]: { cursor: 1_000_000 } } };
    expect(await stage.endpoint.sync(auth.value, { ...phone.pushBody(), pull })).toMatchObject({ epoch: 1, pull: { restart: 'cursor' } });
    expect(await epochOf(await stage.restarted())).toBe(1);
  });

  test('may be, where it cannot be read what phones were told', async () => {
    writeFileSync(path, '');
    const restored = await stage.restarted();
    expect(await epochOf(restored)).toBe(2);
    expect(await epochOf(await restored.restarted())).toBe(2);
  });

  test('what was told to a phone is noted before the phone hears it', async () => {
    const told: number[] = [];
    const lastTold = createLastToldInMemory();
    const watched = await stage.restarted({ lastTold: { read: lastTold.read, write: (changes) => void told.push(changes) } });
    // From the start on, too: a note that cannot be written must be found out then.
    expect(told.splice(0)).toHaveLength(1);
    const before = Number((await watched.db.selectFrom('meta').select('value').where('name', '=', 'changes').executeTakeFirstOrThrow()).value);
    phone.outbox.length = 0;
    await phone.save([change('household', north, houses[1], household(2))]);
    await syncedWith(watched, 1);
    // The record in its channels, and the verdict.
    expect(told).toEqual([before + 2]);
    phone.outbox.length = 0;
    await syncedWith(watched, 1);
    expect(told).toHaveLength(1);
  });
});

test('beneath a running endpoint it is said as soon as somebody is told something', async () => {
  stage = await createTestEndpoint({ lastTold: createLastToldInMemory() });
  phone = await enrolPhone(stage, roles.member);
  await phone.save([change('household', north, houses[0], household(1))]);
  await phone.sync();
  await stage.db.updateTable('meta').set({ value: '1' }).where('name', '=', 'changes').execute();
  await phone.sync();
  await phone.sync();
  expect(stage.logged.filter((line) => line.startsWith('alarm database_put_back_while_running'))).toHaveLength(1);
});

describe('the file of what was last told', () => {
  test('holds the last number alone, whatever stood there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gan-dan-told-'));
    const path = join(folder, 'last-told');
    const lastTold = createLastToldFile(path);
    expect(lastTold.read()).toBe(0);
    lastTold.write(Number.MAX_SAFE_INTEGER);
    expect(createLastToldFile(path).read()).toBe(Number.MAX_SAFE_INTEGER);
    lastTold.write(7);
    expect(createLastToldFile(path).read()).toBe(7);
    writeFileSync(path, 'not a number');
    expect(lastTold.read()).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});
