/** The real process on a real folder: what a start says, what it refuses, and what a kill leaves behind. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeviceKeys, importDeviceKey, openSealingSession, sealEntry } from '#sync/entry.ts';
import { createApp } from './app.ts';
import { openSqlite } from './database/sqlite.ts';
import { openEndpoint } from './open-endpoint.ts';
import { change, createTestClock, enrolPhone, household, north, roles } from './test-support.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let folder: string;
const running = new Set<ReturnType<typeof spawn>>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-var-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}, args: readonly string[] = []) {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'], VAR_DIR: folder, PORT: '0', ...environment } });
  running.add(child);
  let output = '';
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  const { promise: ended, resolve: end } = Promise.withResolvers<number | null>();
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    const address = /^Gần Dân: (\S+)$/m.exec(output)?.[1];
    if (address !== undefined) resolve(address);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  child.on('exit', (code) => {
    running.delete(child);
    end(code);
    resolve('');
  });
  return { child, ready, ended, output: () => output };
}

test('until a phone is enrolled each start prints an invitation of the one first administrator; told to stop, it ends well', async () => {
  const first = start();
  const address = await first.ready;
  expect(first.output()).toMatch(/\/moi#99904\.[\w-]{43}\n/);
  expect(await (await fetch(`${address}/health`)).json()).toEqual({ ok: true });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = start();
  await second.ready;
  const invitation = /\/moi#(99904\.[\w-]{43})\n/.exec(second.output())?.[1] ?? '';
  expect(first.output()).not.toContain(invitation);
  expect(second.output()).toContain('No phone is enrolled yet');
  expect((await (await fetch(`${await second.ready}/endpoint`)).json()) as object).toHaveProperty('endpointId');
  second.child.kill('SIGTERM');
  await second.ended;

  const { endpoint, newId, close } = await openEndpoint({ varDir: folder });
  expect(await endpoint.records('99904', 'member')).toHaveLength(1);
  const keys = await createDeviceKeys();
  const deviceId = newId();
  const sealing = await openSealingSession({ endpoint: endpoint.identity(), communeCode: '99904', deviceId, deviceKey: await importDeviceKey(keys.privateKey) });
  const probe = await sealEntry({ entryKey: sealing.entryKey, sessionId: sealing.sessionId, deviceId, deviceSeq: 1, entry: { probe: true }, kind: 'probe' });
  if (!probe.ok) throw new Error('too large');
  expect(await endpoint.enrol({ invitation, deviceId, devicePublicKey: keys.publicKey, header: sealing.header, probe: probe.value })).toMatchObject({ ok: true });
  await close();
  const third = start();
  await third.ready;
  expect(third.output()).not.toContain('/moi#');
});

test('a demo is not put among other records: it says where it would go', async () => {
  const plain = start();
  await plain.ready;
  plain.child.kill('SIGTERM');
  await plain.ended;
  const demo = start({}, ['--demo']);
  await demo.ready;
  expect(demo.output()).toContain(`VAR_DIR=${folder}-demo npm start -- --demo`);
  expect(demo.output()).not.toContain('/moi#');
});

test('what it writes is for its own account alone', async () => {
  const plain = start();
  await plain.ready;
  const others = readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
  expect(readdirSync(folder)).toContain('gan-dan.sqlite-wal');
  expect(others).toEqual([]);
});

test('a bad environment or a port that is taken stops the start with what is wrong', async () => {
  const bad = start({ PORT: 'x', HOST: 'a b' });
  expect(await bad.ended).toBe(1);
  expect(bad.output()).toMatch(/PORT=x: [\s\S]*HOST=a b: /);
  const first = start();
  const { port } = new URL(await first.ready);
  const second = start({ PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`Port ${port} on 127.0.0.1 is taken`);
});

test('killed between commit and answer, and asked again: each record is there once', async () => {
  const opened = await openEndpoint({ varDir: folder });
  const { endpoint, newId } = opened;
  const clock = createTestClock(Date.now());
  const db = openSqlite(join(folder, 'gan-dan.sqlite'));
  const stage = { endpoint, db, clock, newId, app: createApp({ endpoint, clock }), logged: [], restarted: () => Promise.reject(new Error('not here')) };
  const phone = await enrolPhone(stage, roles.lead);
  const houses = Array.from({ length: 20 }, () => newId());
  for (const [index, id] of houses.entries()) await phone.save([change('household', north, id, household(index + 1))]);
  const count = async (table: 'record' | 'entry') =>
    (await db.selectFrom(table).select('communeCode').where(table === 'record' ? 'recordId' : 'deviceId', 'in', table === 'record' ? houses : [phone.deviceId]).execute()).length;
  const post = async (address: string) => {
    const body = JSON.stringify({ ...phone.pushBody(), pull: phone.pullBody(0) });
    return await fetch(`${address}/sync`, { method: 'POST', body, headers: { authorization: `Bearer ${phone.sessionToken}` } });
  };

  const killed = start();
  const lost = post(await killed.ready).then(
    () => 'answered',
    () => 'lost',
  );
  // The commit is seen in the file itself; the answer with its pages is made after it.
  while ((await count('entry')) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(['answered', 'lost']).toContain(await lost);
  expect([await count('record'), await count('entry')]).toEqual([20, 20]);

  const again = start();
  const answer = (await (await post(await again.ready)).json()) as Awaited<ReturnType<typeof phone.request>>;
  expect(answer.entries.map(({ outcome }) => outcome)).toEqual(houses.map(() => 'kept'));
  expect([await count('record'), await count('entry')]).toEqual([20, 20]);
  const versions = await db.selectFrom('record').select('version').where('recordId', 'in', houses).execute();
  expect(versions.every(({ version }) => version === 1)).toBe(true);
  expect(again.output()).toMatch(/sync session device=\S+ entries=20 kept=20 ms=\d+/);
  await db.destroy();
  await opened.close();
});
