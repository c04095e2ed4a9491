import { beforeAll, expect, test } from 'vitest';
import type { DeriveKey } from './derive-key.ts';
import { createPinLock, maxPinTries, pinLastsMs } from './pin-lock.ts';
import { changePassphrase, createVault, withDeviceKey } from './vault.ts';
import type { OpenVault, VaultRow } from './vault.ts';

const passphrase = 'suối trâu mận gạo';
const pin = '4927';
const minute = 60_000;
const gone = { ok: false, error: { code: 'gone' } };

const quickDerive: DeriveKey = async (text, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${text}/${Buffer.from(salt).toString('hex')}`)));

/** `sleep` moves the clock as a sleeping phone does, without its timers. */
function createFakeClock() {
  let now = 1_000_000_000;
  let due: { readonly at: number; readonly run: () => void } | undefined;
  return {
    now: () => now,
    setTimeout: (run: () => void, ms: number) => (due = { at: now + ms, run }),
    clearTimeout: (timer: unknown) => {
      if (timer === due) due = undefined;
    },
    sleep: (ms: number) => void (now += ms),
    pass(ms: number) {
      const end = now + ms;
      while (due !== undefined && due.at <= end) {
        const { at, run } = due;
        due = undefined;
        now = Math.max(now, at);
        run();
      }
      now = end;
    },
    hasTimer: () => due !== undefined,
  };
}

let row: VaultRow;
let draft: Uint8Array;
let newVault: () => Promise<OpenVault>;
beforeAll(async () => {
  const made = await createVault({ passphrase, derive: quickDerive });
  if (!made.ok) throw new Error(made.error.code);
  ({ row } = made.value);
  draft = await made.value.open.sealUnderDataKey(Uint8Array.of(1, 2), 'drafts/1');
  newVault = async () => {
    const { openVault } = await import('./vault.ts');
    const opened = await openVault(row, passphrase, { derive: quickDerive });
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  };
});

async function set(options: { readonly derive?: DeriveKey } = {}) {
  const clock = createFakeClock();
  const lock = createPinLock({ clock, derive: options.derive ?? quickDerive });
  const vault = await newVault();
  expect(await lock.set(pin, vault, row)).toEqual({ ok: true, value: undefined });
  vault.close();
  return { clock, lock };
}

test('with the real derivation, the PIN opens what the passphrase opened, and another PIN does not', async () => {
  const clock = createFakeClock();
  const lock = createPinLock({ clock });
  const vault = await newVault();
  expect((await lock.set(pin, vault, row)).ok).toBe(true);
  vault.close();
  lock.locked(clock.now());
  expect(await lock.open('4928', row)).toEqual({ ok: false, error: { code: 'wrong_pin', triesLeft: 4 } });
  const opened = await lock.open(pin, row);
  if (!opened.ok) throw new Error(opened.error.code);
  expect(await opened.value.openUnderDataKey(draft, 'drafts/1')).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  expect(opened.value.devicePublicKey).toBe(row.devicePublicKey);
});

test('before a lock it opens nothing; after one it says until when, and how many tries are left', async () => {
  const { clock, lock } = await set();
  expect(lock.isSet()).toBe(true);
  expect(lock.offer()).toBeUndefined();
  expect(await lock.open(pin, row)).toEqual(gone);
  expect(lock.isSet()).toBe(true);
  const since = clock.now();
  lock.locked(since);
  expect(lock.offer()).toEqual({ until: since + pinLastsMs, triesLeft: maxPinTries });
});

test('the fifth wrong one is the last: then not even the right one opens', async () => {
  const { clock, lock } = await set();
  lock.locked(clock.now());
  for (let left = 4; left > 0; left--) expect(await lock.open('8305', row)).toEqual({ ok: false, error: { code: 'wrong_pin', triesLeft: left } });
  expect(await lock.open('8305', row)).toEqual(gone);
  expect(lock.isSet()).toBe(false);
  expect(await lock.open(pin, row)).toEqual(gone);
  expect(clock.hasTimer()).toBe(false);
});

test('what cannot be a PIN is no try, and a right one gives all tries back', async () => {
  const { clock, lock } = await set();
  lock.locked(clock.now());
  expect(await lock.open('8305', row)).toMatchObject({ error: { triesLeft: 4 } });
  expect(await lock.open('83', row)).toMatchObject({ error: { triesLeft: 4 } });
  expect((await lock.open(pin, row)).ok).toBe(true);
  lock.locked(clock.now());
  expect(lock.offer()?.triesLeft).toBe(maxPinTries);
});

test('after another way in, the next lock has its own half hour and all tries; what was over stays over', async () => {
  const { clock, lock } = await set();
  lock.locked(clock.now());
  for (let tries = 0; tries < 4; tries++) await lock.open('8305', row);
  clock.pass(20 * minute);
  lock.opened();
  clock.pass(15 * minute);
  expect(lock.isSet()).toBe(true);
  const since = clock.now();
  lock.locked(since);
  expect(lock.offer()).toEqual({ until: since + pinLastsMs, triesLeft: maxPinTries });
  clock.sleep(pinLastsMs);
  lock.opened();
  expect(lock.isSet()).toBe(false);
});

test('half an hour after the lock began it is gone from memory, by its timer', async () => {
  const { clock, lock } = await set();
  let told = 0;
  lock.subscribe(() => (told += 1));
  lock.locked(clock.now());
  clock.pass(pinLastsMs - 1);
  expect(lock.offer()).toBeDefined();
  expect(told).toBe(0);
  clock.pass(1);
  expect(lock.isSet()).toBe(false);
  expect(told).toBe(1);
});

test('and a phone that slept through its timer compares the clock before it opens', async () => {
  const { clock, lock } = await set();
  lock.locked(clock.now());
  clock.sleep(pinLastsMs);
  expect(await lock.open(pin, row)).toEqual(gone);
  expect(lock.isSet()).toBe(false);
  const late = await set();
  // The lock began an hour ago, in the phone's sleep.
  late.lock.locked(late.clock.now() - 60 * minute);
  expect(late.lock.isSet()).toBe(false);
});

test('the half hour counts from the first lock, not from the last look', async () => {
  const { clock, lock } = await set();
  lock.locked(clock.now());
  clock.pass(20 * minute);
  lock.locked(clock.now());
  clock.pass(10 * minute);
  expect(await lock.open(pin, row)).toEqual(gone);
});

test('a clock put back does not prolong it: the PIN is gone; one set right by seconds changes nothing', async () => {
  const putBack = await set();
  putBack.lock.locked(putBack.clock.now());
  putBack.clock.pass(20 * minute);
  putBack.lock.offer();
  putBack.clock.sleep(-15 * minute);
  expect(putBack.lock.offer()).toBeUndefined();
  expect(putBack.lock.isSet()).toBe(false);
  const nudged = await set();
  nudged.lock.locked(nudged.clock.now());
  nudged.clock.sleep(-3_000);
  expect(nudged.lock.offer()).toBeDefined();
});

test('time that runs out while the key is derived counts', async () => {
  let slow = () => {};
  const { clock, lock } = await set({
    derive: async (text, salt, parameters) => {
      slow();
      return await quickDerive(text, salt, parameters);
    },
  });
  lock.locked(clock.now());
  slow = () => clock.pass(pinLastsMs);
  expect(await lock.open(pin, row)).toEqual(gone);
});

test('it opens no other row: not after the phone became another device, nor after another passphrase', async () => {
  const vault = await newVault();
  const renewed = await withDeviceKey(row, await vault.createDeviceKey());
  const changed = await changePassphrase(row, passphrase, 'ngọn núi xanh', { derive: quickDerive });
  if (!changed.ok) throw new Error(changed.error.code);
  for (const other of [renewed, changed.value]) {
    const { clock, lock } = await set();
    lock.locked(clock.now());
    expect(await lock.open(pin, other)).toEqual(gone);
    expect(lock.isSet()).toBe(false);
  }
});

test('it opens no row that was damaged on the disk meanwhile, and breaks on none', async () => {
  for (const damaged of [null, undefined, 'x', { ...row, checksum: null }, { ...row, wrappedDeviceKey: null }]) {
    const { clock, lock } = await set();
    lock.locked(clock.now());
    expect(await lock.open(pin, damaged as unknown as VaultRow)).toEqual(gone);
    expect(lock.isSet()).toBe(false);
  }
});

test('no memory for the derivation uses no try, and sets no PIN', async () => {
  let isOut = false;
  const { clock, lock } = await set({ derive: async (...args) => (isOut ? await Promise.reject(new RangeError('no memory')) : await quickDerive(...args)) });
  lock.locked(clock.now());
  isOut = true;
  expect(await lock.open(pin, row)).toEqual({ ok: false, error: { code: 'derivation_failed' } });
  expect(lock.offer()?.triesLeft).toBe(maxPinTries);
  expect(await lock.set('8305', await newVault(), row)).toEqual({ ok: false, error: { code: 'derivation_failed' } });
});

test('a weak PIN is not set, and forgetting leaves no timer', async () => {
  const { clock, lock } = await set();
  expect(await lock.set('1234', await newVault(), row)).toEqual({ ok: false, error: { code: 'runs' } });
  expect(lock.isSet()).toBe(true);
  lock.locked(clock.now());
  expect(clock.hasTimer()).toBe(true);
  lock.forget();
  expect(lock.isSet()).toBe(false);
  expect(clock.hasTimer()).toBe(false);
});
