import { describe, expect, test } from 'vitest';
import { argonFloor } from '#client/vault/vault.ts';
import { createEndpointKeyPair } from '#sync/entry.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { openFieldStore } from './open-store.ts';
import { abandonEnrolment, beginEnrolment, completeEnrolment } from './enrol-phone.ts';
import { maxWrongTries, readPhone, wipePhone } from './phone.ts';
import { unlock } from './unlock-phone.ts';
import { readUnsettled } from './sealed-outbox.ts';
import { answerOf, communeCode, lan, newId, testRandom } from './store.test-support.ts';

const { keyId, publicKey } = await createEndpointKeyPair();
const endpoint = { endpointId: newId(), keyId, publicKey };

async function begun(disk: MemoryDisk) {
  const made = await beginEnrolment(disk, { invitation: `${communeCode}.${'a'.repeat(43)}`, endpoint, passphrase: 'suối trong núi xanh', newId, argon: argonFloor });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

/** Wiped, with one sealed entry that nobody has yet. */
async function wiped() {
  const disk = createMemoryDisk();
  const phone = await begun(disk);
  const answer = { member: lan, deviceId: phone.deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 1 };
  expect((await completeEnrolment(disk, phone, answer)).ok).toBe(true);
  const { header } = await phone.sealer.openSession();
  await disk.write(['outbox', 'sealingSessions'], async ({ outbox, sealingSessions }) => {
    await sealingSessions.put({ sessionId: 's', deviceId: phone.deviceId, header });
    await outbox.put({ deviceSeq: 1, sessionId: 's', bytes: 'sealed', savedAt: 0 });
  });
  await wipePhone(disk, 'asked');
  return disk;
}

async function unsentOn(disk: MemoryDisk): Promise<number | undefined> {
  return (await readUnsettled(disk))?.entries.length;
}

describe('a wiped phone that is enrolled anew', () => {
  test('and given up is the wiped one again: its unsent entries are counted and can still be sent', async () => {
    const disk = await wiped();
    const before = await readPhone(disk);
    expect(before).toMatchObject({ state: 'wiped', deliveryToken: '01789.delivery' });
    expect(await unsentOn(disk)).toBe(1);
    await begun(disk);
    await begun(disk);
    await abandonEnrolment(disk);
    expect(await readPhone(disk)).toEqual(before);
    expect(await unsentOn(disk)).toBe(1);
  });

  test('and wiped again before the endpoint answered can still send what it had sealed', async () => {
    const disk = await wiped();
    await begun(disk);
    for (let tries = 0; tries < maxWrongTries; tries++) await unlock(disk, 'không phải cụm này', { derive: async () => new Uint8Array(32) });
    expect(await readPhone(disk)).toMatchObject({ state: 'wiped', why: 'wrong_passphrases', deliveryToken: '01789.delivery' });
    expect(await unsentOn(disk)).toBe(1);
  });

  test('sends once more what was settled in its earlier life: nobody would notice that a backup was put back since', async () => {
    const disk = await wiped();
    await disk.write(['outbox'], async ({ outbox }) => {
      await outbox.put({ deviceSeq: 1, sessionId: 's', bytes: 'sealed', savedAt: 0, kept: 'round', settledAt: '2026-11-22T08:00:00+07:00' });
      await outbox.put({ deviceSeq: 2, sessionId: 's', bytes: '', savedAt: 0, kept: 'round', settledAt: '2026-11-22T08:00:00+07:00' });
    });
    const phone = await begun(disk);
    const answer = { member: lan, deviceId: phone.deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 2 };
    expect((await completeEnrolment(disk, phone, answer)).ok).toBe(true);
    const rows = await disk.read(['outbox'], async ({ outbox }) => await outbox.all());
    // What was erased has no bytes to send.
    expect(rows.map(({ deviceSeq, settledAt }) => [deviceSeq, settledAt])).toEqual([[1, undefined], [2, '2026-11-22T08:00:00+07:00']]);
  });

  test('and again where a backup was put back after it was let in and before its first sync', async () => {
    const disk = await wiped();
    const phone = await begun(disk);
    const answer = { member: lan, deviceId: phone.deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 2 };
    expect((await completeEnrolment(disk, phone, answer)).ok).toBe(true);
    const store = await openFieldStore({ disk, phone, clock: { now: () => 0 }, random: testRandom });
    const { round } = await store.pullStanding();
    // From the lock, before anybody unlocked it: the service worker tells no epoch.
    await store.recordOutcomes([{ session: 's', deviceSeq: 1, outcome: 'kept' }], round);
    expect((await store.outbound({ entries: 9, bytes: 9_000 })).entries).toEqual([]);
    const { epoch } = await store.pullStanding();
    expect(epoch).toBe(2);
    await store.recordContact(answerOf({ epoch: 3, pull: { restart: 'epoch' } }));
    await store.restart(3, round);
    expect((await store.outbound({ entries: 9, bytes: 9_000 })).entries).toMatchObject([{ deviceSeq: 1 }]);
    store.close();
  });
});
