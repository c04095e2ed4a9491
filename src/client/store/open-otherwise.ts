/** Opens the phone without its passphrase: by the PIN of this page, or by a passkey. Neither ever counts as a wrong passphrase. */
import type { Authenticator, AuthenticatorError } from '#client/vault/authenticator.ts';
import { openByPasskey, passkeyRow } from '#client/vault/passkey.ts';
import type { PinError, PinLock } from '#client/vault/pin-lock.ts';
import type { WeakPin } from '#client/vault/pin.ts';
import { isWholeRow, passkeyOf, withPasskey } from '#client/vault/vault-row.ts';
import type { VaultOptions, VaultRow } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { tellTabs } from './tabs.ts';
import { forgetTries, unlock } from './unlock-phone.ts';
import type { UnlockError } from './unlock-phone.ts';
import { storageCodeOf, unlockedPhone } from './unlocked-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

type EnrolledRow = Extract<KeyringRow, { readonly state: 'enrolled' }>;
type StorageError = { readonly code: StorageErrorCode };

/** `ended_elsewhere`: another tab wiped the phone, or it became another device. `damaged`: what the lock is made of is damaged on the disk. */
type NoPin = { readonly code: 'derivation_failed' | 'ended_elsewhere' | 'damaged' };

/** For the locks of this page's life. */
export async function setPin(
  disk: Disk,
  phone: Pick<UnlockedPhone, 'vault' | 'deviceId'>,
  pinLock: PinLock,
  pin: string,
): Promise<Result<void, WeakPin | StorageError | NoPin>> {
  return await storing<void, WeakPin | NoPin>(async () => {
    const row = await enrolledRow(disk);
    if (row?.deviceId !== phone.deviceId) return err({ code: 'ended_elsewhere' });
    return (await isWholeRow(row.vault)) ? await pinLock.set(pin, phone.vault, row.vault) : err({ code: 'damaged' });
  });
}

export async function unlockByPin(disk: Disk, pinLock: PinLock, pin: string): Promise<Result<UnlockedPhone, PinError | StorageError>> {
  return await storing(async () => {
    const row = await enrolledRow(disk);
    if (row === undefined) {
      pinLock.forget();
      return err({ code: 'gone' });
    }
    const opened = await pinLock.open(pin, row.vault);
    return opened.ok ? ok(unlockedPhone(disk, row, opened.value)) : opened;
  });
}

export type PasskeyError = AuthenticatorError | StorageError | { readonly code: 'wrong_passkey' | 'damaged' };

export async function unlockByPasskey(disk: Disk, authenticator: Authenticator): Promise<Result<UnlockedPhone, PasskeyError>> {
  return await storing<UnlockedPhone, PasskeyError>(async () => {
    const row = await enrolledRow(disk);
    const passkey = passkeyOf(row?.vault);
    if (row === undefined || passkey === undefined) return err({ code: 'wrong_passkey' });
    const secret = await authenticator.ask(passkey);
    if (!secret.ok) return secret;
    const opened = await openByPasskey(row.vault, secret.value);
    if (!opened.ok) return opened;
    await forgetTries(disk, row);
    return ok(unlockedPhone(disk, row, opened.value));
  });
}

/** Asks the passphrase first: a phone left open for a moment must not gain somebody else's finger. A wrong one counts as at the lock. */
export async function addPasskey(
  disk: Disk,
  passphrase: string,
  authenticator: Authenticator,
  options: VaultOptions = {},
): Promise<Result<void, UnlockError | AuthenticatorError>> {
  const unlocked = await unlock(disk, passphrase, options);
  if (!unlocked.ok) return unlocked;
  const phone = unlocked.value;
  return await storing<void, UnlockError | AuthenticatorError>(async () => {
    try {
      const made = await authenticator.create();
      if (!made.ok) return made;
      const passkey = await passkeyRow(phone.vault, made.value);
      const isKept = await changeVault(disk, (row) => (isStill(row, phone) ? withPasskey(row.vault, passkey) : undefined));
      return isKept ? ok(undefined) : err({ code: 'wiped' });
    } finally {
      phone.close();
    }
  });
}

/** `which_unknown`: the disk failed and cannot be read: a finger opens the phone no more, or still does. Of every other error it still does. */
export async function removePasskey(disk: Disk): Promise<Result<void, StorageError | { readonly code: 'which_unknown' }>> {
  try {
    await changeVault(disk, (row) => withPasskey(row.vault, undefined));
    return ok(undefined);
  } catch (error) {
    // A disk may fail after it has committed: what it holds tells.
    const row = await enrolledRow(disk).catch(() => 'unread' as const);
    if (row === 'unread') return err({ code: 'which_unknown' });
    return passkeyOf(row?.vault) === undefined ? ok(undefined) : err({ code: storageCodeOf(error) });
  }
}

/** The same phone, which may have become another device meanwhile: its data key is the same. */
function isStill(row: EnrolledRow, { deviceId }: Pick<UnlockedPhone, 'deviceId'>): boolean {
  return row.deviceId === deviceId || row.replaced?.includes(deviceId) === true;
}

async function changeVault(disk: Disk, change: (row: EnrolledRow) => VaultRow | undefined): Promise<boolean> {
  const isKept = await disk.write(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    const vault = row?.state === 'enrolled' ? change(row) : undefined;
    if (row?.state !== 'enrolled' || vault === undefined) return false;
    await keyring.put({ ...row, vault });
    return true;
  });
  if (isKept) tellTabs();
  return isKept;
}

async function enrolledRow(disk: Disk): Promise<EnrolledRow | undefined> {
  const row = await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
  return row?.state === 'enrolled' ? row : undefined;
}

async function storing<T, E>(body: () => Promise<Result<T, E>>): Promise<Result<T, E | StorageError>> {
  try {
    return await body();
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}
