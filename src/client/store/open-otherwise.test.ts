import { describe, expect, test } from 'vitest';
import type { Authenticator } from '#client/vault/authenticator.ts';
import { deriveKey } from '#client/vault/derive-key.ts';
import type { DeriveKey } from '#client/vault/derive-key.ts';
import { createPinLock } from '#client/vault/pin-lock.ts';
import { argonFloor } from '#client/vault/vault.ts';
import { createEndpointKeyPair } from '#sync/entry.ts';
import { changePassphrase } from './change-passphrase.ts';
import { DiskError } from './disk.ts';
import { beginEnrolment, completeEnrolment } from './enrol-phone.ts';
import { createMemoryDisk, PowerLoss } from './memory-disk.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { addPasskey, removePasskey, setPin, unlockByPasskey, unlockByPin } from './open-otherwise.ts';
import { openFieldStore } from './open-store.ts';
import { maxWrongTries, readPhone, wipePhone } from './phone.ts';
import type { UnlockedPhone } from './phone.ts';
import { completeRenewal, beginRenewal } from './renew-phone.ts';
import { communeCode, lan, newId, testRandom } from './store.test-support.ts';
import { unlock } from './unlock-phone.ts';

const { keyId, publicKey } = await createEndpointKeyPair();
const endpoint = { endpointId: newId(), keyId, publicKey };
const passphrase = 'suối trong núi xanh';
const pin = '4927';
const answer = (deviceId: string) => ({ member: lan, deviceId, sessionToken: '01789.session', deliveryToken: '01789.delivery', epoch: 1 });
const clock = { now: () => 1_000_000_000, setTimeout: () => 0, clearTimeout: () => undefined };

async function enrolled() {
  const disk = createMemoryDisk();
  const phone = await beginEnrolment(disk, { invitation: `${communeCode}.${'a'.repeat(43)}`, endpoint, passphrase, newId, argon: argonFloor });
  if (!phone.ok) throw new Error(phone.error.code);
  expect((await completeEnrolment(disk, phone.value, answer(phone.value.deviceId))).ok).toBe(true);
  return { disk, phone: phone.value };
}

/** A fingerprint reader with one passkey; `fails` answers in its place. */
function createFinger() {
  const finger = { fails: undefined as 'dismissed' | 'no_prf' | undefined, seed: 7 };
  const secretOf = () => new Uint8Array(32).fill(finger.seed);
  const failing = () => (finger.fails === undefined ? undefined : ({ ok: false, error: { code: finger.fails } } as const));
  const authenticator: Authenticator = {
    isAvailable: () => Promise.resolve(true),
    create: () => Promise.resolve(failing() ?? { ok: true, value: { credentialId: new Uint8Array(16).fill(1), salt: new Uint8Array(32).fill(2), secret: secretOf() } }),
    ask: () => Promise.resolve(failing() ?? { ok: true, value: secretOf() }),
  };
  return { finger, authenticator };
}

describe('a PIN', () => {
  async function withPin() {
    const { disk, phone } = await enrolled();
    const pinLock = createPinLock({ clock });
    expect(await setPin(disk, phone, pinLock, pin)).toEqual({ ok: true, value: undefined });
    return { disk, phone, pinLock };
  }

  test('opens the locked phone with its keys; a wrong one is no wrong passphrase', async () => {
    const { disk, phone, pinLock } = await withPin();
    phone.close();
    pinLock.locked(clock.now());
    expect(await unlockByPin(disk, pinLock, '8305')).toEqual({ ok: false, error: { code: 'wrong_pin', triesLeft: 4 } });
    expect(await readPhone(disk)).toMatchObject({ triesLeft: maxWrongTries });
    const opened = await unlockByPin(disk, pinLock, pin);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.sessionToken()).toBe('01789.session');
  });

  test('is nowhere on the disk: setting it writes nothing', async () => {
    const { disk, phone } = await enrolled();
    let writes = 0;
    disk.onCommit = () => void (writes += 1);
    const pinLock = createPinLock({ clock });
    await setPin(disk, phone, pinLock, pin);
    pinLock.locked(clock.now());
    expect((await unlockByPin(disk, pinLock, pin)).ok).toBe(true);
    expect(writes).toBe(0);
  });

  test('while it may open the lock, the closed store shows nothing and the session token cannot be read', async () => {
    const { disk, phone, pinLock } = await withPin();
    const store = await openFieldStore({ disk, phone, clock, random: testRandom });
    await store.saveDraft({ draftId: 'd', form: 'visit', values: { outcome: 'đang viết' } });
    expect(store.drafts()).toHaveLength(1);
    store.close();
    phone.close();
    pinLock.locked(clock.now());
    expect(store.drafts()).toEqual([]);
    await expect(phone.sessionToken()).rejects.toThrow('closed');
    await expect(phone.safe.seal(new Uint8Array(1), 'c')).rejects.toThrow('closed');
  });

  const elsewhere: Readonly<Record<string, (disk: MemoryDisk, phone: UnlockedPhone) => Promise<{ readonly ok: boolean }>>> = {
    wiped: async (disk) => await wipePhone(disk, 'revoked').then(() => ({ ok: true })),
    'made another device': async (disk, phone) => {
      const keys = await beginRenewal(disk, phone, { newId });
      return keys.ok ? await completeRenewal(disk, phone, answer(keys.value.deviceId)) : keys;
    },
    'given another passphrase': async (disk) => await changePassphrase(disk, passphrase, 'đồi chè gió mát', { argon: argonFloor }),
  };

  test.each(Object.entries(elsewhere))('opens nothing once the phone was %s by another tab', async (_what, change) => {
    const { disk, phone, pinLock } = await withPin();
    pinLock.locked(clock.now());
    expect(await change(disk, phone)).toMatchObject({ ok: true });
    expect(await unlockByPin(disk, pinLock, pin)).toEqual({ ok: false, error: { code: 'gone' } });
    expect(pinLock.isSet()).toBe(false);
  });

  test('is not set on a phone that became another device meanwhile', async () => {
    const { disk, phone } = await enrolled();
    await wipePhone(disk, 'asked');
    expect(await setPin(disk, phone, createPinLock({ clock }), pin)).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
  });
});

describe('a passkey', () => {
  test('is added by who knows the passphrase, opens after a restart, and gives the tries back', async () => {
    const { disk } = await enrolled();
    const { authenticator } = createFinger();
    expect(await addPasskey(disk, 'sai cụm từ này', authenticator)).toEqual({ ok: false, error: { code: 'wrong_passphrase', triesLeft: 9 } });
    expect(await readPhone(disk)).toMatchObject({ hasPasskey: false });
    expect(await addPasskey(disk, passphrase, authenticator)).toEqual({ ok: true, value: undefined });
    expect(await readPhone(disk)).toMatchObject({ hasPasskey: true });
    await unlock(disk, 'sai cụm từ này');
    const opened = await unlockByPasskey(disk.open(), authenticator);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.sessionToken()).toBe('01789.session');
    expect(await readPhone(disk)).toMatchObject({ triesLeft: maxWrongTries });
  });

  test('that is not there, not answered or another one opens nothing, costs no try, and leaves the passphrase alone', async () => {
    const { disk } = await enrolled();
    const { authenticator, finger } = createFinger();
    expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
    await addPasskey(disk, passphrase, authenticator);
    finger.fails = 'dismissed';
    expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'dismissed' } });
    finger.fails = undefined;
    finger.seed = 8;
    for (let tries = 0; tries < 12; tries++) expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
    expect(await readPhone(disk)).toMatchObject({ state: 'locked', triesLeft: maxWrongTries });
    expect((await unlock(disk, passphrase)).ok).toBe(true);
  });

  test('of a phone without the extension is not kept', async () => {
    const { disk } = await enrolled();
    const { authenticator, finger } = createFinger();
    finger.fails = 'no_prf';
    expect(await addPasskey(disk, passphrase, authenticator)).toEqual({ ok: false, error: { code: 'no_prf' } });
    expect(await readPhone(disk)).toMatchObject({ hasPasskey: false });
  });

  test('stays through a change of passphrase and of device, and goes when it is taken away or the phone is wiped', async () => {
    const { disk, phone } = await enrolled();
    const { authenticator } = createFinger();
    await addPasskey(disk, passphrase, authenticator);
    expect((await changePassphrase(disk, passphrase, 'đồi chè gió mát', { argon: argonFloor })).ok).toBe(true);
    expect((await unlockByPasskey(disk, authenticator)).ok).toBe(true);
    const keys = await beginRenewal(disk, phone, { newId });
    if (!keys.ok) throw new Error(keys.error.code);
    await completeRenewal(disk, phone, answer(keys.value.deviceId));
    expect(await unlockByPasskey(disk, authenticator)).toMatchObject({ ok: true, value: { deviceId: keys.value.deviceId } });
    await removePasskey(disk);
    expect(await readPhone(disk)).toMatchObject({ hasPasskey: false });
    expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
    await addPasskey(disk, 'đồi chè gió mát', authenticator);
    await wipePhone(disk, 'asked');
    expect(JSON.stringify([...disk.contents.tables.keyring.values()])).not.toContain('wrappedDataKey');
    expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
  });

  describe('taken away on a disk that fails meanwhile', () => {
    /** Fails the commit that takes it away; `isRead`: the disk is still read afterwards. */
    async function failing(moment: 'before' | 'after', isRead = true) {
      const { disk } = await enrolled();
      await addPasskey(disk, passphrase, createFinger().authenticator);
      let hasFailed = false;
      const broken = disk.open();
      broken.onCommit = (now) => {
        if (now !== moment || hasFailed) return;
        hasFailed = true;
        throw moment === 'before' ? new DiskError('full') : new PowerLoss();
      };
      const outcome = await removePasskey({ ...broken, read: async (names, body) => (hasFailed && !isRead ? await Promise.reject(new DiskError('failed')) : await broken.read(names, body)) });
      expect(hasFailed).toBe(true);
      return { disk, outcome };
    }

    test('is gone after the commit, and that is what is said', async () => {
      const { disk, outcome } = await failing('after');
      expect(outcome).toEqual({ ok: true, value: undefined });
      expect(await readPhone(disk)).toMatchObject({ hasPasskey: false });
    });

    test('is there before it', async () => {
      const { disk, outcome } = await failing('before');
      expect(outcome).toEqual({ ok: false, error: { code: 'storage_full' } });
      expect(await readPhone(disk)).toMatchObject({ hasPasskey: true });
    });

    test('and where it can then not be read nobody claims to know', async () => {
      for (const moment of ['before', 'after'] as const) expect((await failing(moment, false)).outcome).toEqual({ ok: false, error: { code: 'which_unknown' } });
    });
  });

  test('that is taken away while the passphrase is being changed does not come back', async () => {
    const { disk } = await enrolled();
    const { authenticator } = createFinger();
    await addPasskey(disk, passphrase, authenticator);
    let derivations = 0;
    const derive: DeriveKey = async (...args) => {
      derivations += 1;
      // The first opens the phone, the second the row that was read; from here on that row is an older reading.
      if (derivations === 3) await removePasskey(disk);
      return await deriveKey(...args);
    };
    expect((await changePassphrase(disk, passphrase, 'đồi chè gió mát', { argon: argonFloor, derive })).ok).toBe(true);
    expect(derivations).toBe(4);
    expect(await readPhone(disk)).toMatchObject({ hasPasskey: false });
  });
});

describe('on a disk that was damaged', () => {
  async function damage(disk: MemoryDisk, vault: (before: object) => unknown) {
    await disk.write(['keyring'], async ({ keyring }) => {
      const row = await keyring.get('phone');
      if (row?.state !== 'enrolled') throw new Error('not enrolled');
      await keyring.put({ ...row, vault: vault(row.vault) } as typeof row);
    });
  }

  test.each([null, 'x', {}, { version: 1 }])('a passkey that is none (%j) is not offered, and asks nobody for a finger; passphrase and tries are as ever, and it may be added anew', async (passkey) => {
    const { disk } = await enrolled();
    const { authenticator } = createFinger();
    await damage(disk, (vault) => ({ ...vault, passkey }));
    expect(await readPhone(disk)).toMatchObject({ state: 'locked', hasPasskey: false });
    let asked = 0;
    const counting: Authenticator = { ...authenticator, ask: async (of) => await Promise.resolve((asked += 1)).then(() => authenticator.ask(of)) };
    expect(await unlockByPasskey(disk, counting)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
    expect(asked).toBe(0);
    expect((await unlock(disk, passphrase)).ok).toBe(true);
    expect(await addPasskey(disk, passphrase, authenticator)).toEqual({ ok: true, value: undefined });
    expect((await unlockByPasskey(disk, authenticator)).ok).toBe(true);
  });

  test.each([null, undefined, 'x', {}])('a lock that is none (%j) is told as damaged by every way in, and costs no try', async (nothing) => {
    const { disk, phone } = await enrolled();
    const { authenticator } = createFinger();
    const pinLock = createPinLock({ clock });
    await setPin(disk, phone, pinLock, pin);
    await damage(disk, () => nothing);
    expect(await readPhone(disk)).toMatchObject({ state: 'locked', hasPasskey: false, triesLeft: maxWrongTries });
    expect(await unlock(disk, passphrase)).toEqual({ ok: false, error: { code: 'damaged' } });
    expect(await readPhone(disk)).toMatchObject({ triesLeft: maxWrongTries });
    expect(await unlockByPasskey(disk, authenticator)).toEqual({ ok: false, error: { code: 'wrong_passkey' } });
    expect(await setPin(disk, phone, pinLock, pin)).toEqual({ ok: false, error: { code: 'damaged' } });
    pinLock.locked(clock.now());
    expect(await unlockByPin(disk, pinLock, pin)).toEqual({ ok: false, error: { code: 'gone' } });
    expect(await changePassphrase(disk, passphrase, 'đồi chè gió mát')).toEqual({ ok: false, error: { code: 'damaged' } });
  });
});
