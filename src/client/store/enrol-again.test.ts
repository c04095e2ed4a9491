import { describe, expect, test } from 'vitest';
import { argonFloor } from '#client/vault/vault.ts';
import { createEndpointKeyPair } from '#sync/entry.ts';
import { createMemoryDisk } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { abandonEnrolment, beginEnrolment, completeEnrolment, maxWrongTries, readPhone, unlock, wipePhone } from './phone.ts';
import { communeCode, lan, newId } from './store.test-support.ts';

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
  await disk.write(['outbox'], async ({ outbox }) => await outbox.put({ deviceSeq: 1, sessionId: 's', bytes: 'sealed', savedAt: 0 }));
  await wipePhone(disk, 'asked');
  return disk;
}

describe('a wiped phone that is enrolled anew', () => {
  test('and given up is the wiped one again: its unsent entries are counted and can still be sent', async () => {
    const disk = await wiped();
    const before = await readPhone(disk);
    expect(before).toMatchObject({ state: 'wiped', unsent: 1, deliveryToken: '01789.delivery' });
    await begun(disk);
    await begun(disk);
    await abandonEnrolment(disk);
    expect(await readPhone(disk)).toEqual(before);
  });

  test('and wiped again before the endpoint answered can still send what it had sealed', async () => {
    const disk = await wiped();
    await begun(disk);
    for (let tries = 0; tries < maxWrongTries; tries++) await unlock(disk, 'không phải cụm này', { derive: async () => new Uint8Array(32) });
    expect(await readPhone(disk)).toMatchObject({ state: 'wiped', why: 'wrong_passphrases', unsent: 1, deliveryToken: '01789.delivery' });
  });
});
