/** The passphrase at the lock: every try is counted on disk, and the last one wipes. */
import { checkPassphrase } from '#client/vault/passphrase.ts';
import * as vaults from '#client/vault/vault.ts';
import type { OpenVaultError, VaultOptions } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { maxWrongTries, wipePhone } from './phone.ts';
import { storageCodeOf, unlockedPhone } from './unlocked-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

export type UnlockError =
  | { readonly code: 'wrong_passphrase'; readonly triesLeft: number }
  /** That was the last try: the keys are gone. */
  | { readonly code: 'wiped' }
  | { readonly code: 'damaged' | 'weak_parameters' | 'derivation_failed' }
  /** Nobody enrolled on this phone. */
  | { readonly code: 'empty' }
  | { readonly code: StorageErrorCode };

/**
 * A try is counted on disk before the passphrase is looked at, so that a page killed in between has not gained one. A passphrase
 * too short to be one is no try.
 */
export async function unlock(disk: Disk, passphrase: string, options: VaultOptions = {}): Promise<Result<UnlockedPhone, UnlockError>> {
  try {
    const isTry = checkPassphrase(passphrase).ok;
    const row = await countTry(disk, isTry);
    if (row === undefined) return err({ code: 'empty' });
    if (row.state === 'wiped') return err({ code: 'wiped' });
    if (!isTry) return err({ code: 'wrong_passphrase', triesLeft: maxWrongTries - row.wrongTries });
    const opened = await vaults.openVault(row.vault, passphrase, options);
    if (opened.ok) {
      await forgetTries(disk, row);
      return ok({ ...unlockedPhone(disk, row, opened.value), enrolling: row.state === 'enrolling' ? row.request : undefined });
    }
    return err(await afterFailure(disk, row, opened.error));
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}

/**
 * The keyring as it was before the try. A full disk cannot count, and must not lock in what waits to be sent; a thief with
 * the disk in hand was never held up by the count.
 */
async function countTry(disk: Disk, isTry: boolean): Promise<KeyringRow | undefined> {
  try {
    return await disk.write(['keyring'], async ({ keyring }) => {
      const found = await keyring.get('phone');
      if (found !== undefined && found.state !== 'wiped' && isTry) await keyring.put({ ...found, wrongTries: found.wrongTries + 1 });
      return found;
    });
  } catch (error) {
    if (storageCodeOf(error) !== 'storage_full') throw error;
    return await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
  }
}

async function afterFailure(disk: Disk, row: KeyringRow & { readonly wrongTries: number }, error: OpenVaultError): Promise<UnlockError> {
  if (error.code !== 'wrong_passphrase') {
    await setTries(disk, row, (tries) => tries - 1);
    return { code: error.code };
  }
  const triesLeft = maxWrongTries - (row.wrongTries + 1);
  if (triesLeft > 0) return { code: 'wrong_passphrase', triesLeft };
  await wipePhone(disk, 'wrong_passphrases');
  return { code: 'wiped' };
}

/** The passphrase was right: that a full disk cannot note it is no reason to stay locked. */
export async function forgetTries(disk: Disk, row: KeyringRow): Promise<void> {
  try {
    await setTries(disk, row, () => 0);
  } catch (error) {
    if (storageCodeOf(error) !== 'storage_full') throw error;
  }
}

async function setTries(disk: Disk, { deviceId }: KeyringRow, change: (tries: number) => number): Promise<void> {
  await disk.write(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    if (row === undefined || row.state === 'wiped' || row.deviceId !== deviceId) return;
    await keyring.put({ ...row, wrongTries: Math.max(0, change(row.wrongTries)) });
  });
}
