/** Another passphrase for the same keys. */
import * as vaults from '#client/vault/vault.ts';
import { isSame, withPasskey } from '#client/vault/vault-row.ts';
import type { CreateVaultError, VaultOptions, VaultRow } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Disk, KeyringRow } from './disk.ts';
import { maxWrongTries } from './phone.ts';
import { unlock } from './unlock-phone.ts';
import type { UnlockError } from './unlock-phone.ts';
import { storageCodeOf } from './unlocked-phone.ts';
import type { StorageErrorCode } from './unlocked-phone.ts';

/** `which_unknown`: the disk failed and cannot be read: the new one opens the phone, or the old one still does. Of every other error the old one does. */
export type ChangePassphraseError = UnlockError | CreateVaultError | { readonly code: 'which_unknown' };

/** The old passphrase opens until the new row is on disk. A wrong old one counts as a try at the lock does. */
export async function changePassphrase(
  disk: Disk,
  oldPassphrase: string,
  newPassphrase: string,
  options: VaultOptions = {},
): Promise<Result<void, ChangePassphraseError>> {
  const unlocked = await unlock(disk, oldPassphrase, options);
  if (!unlocked.ok) return unlocked;
  unlocked.value.close();
  try {
    for (;;) {
      const row = await readKeyring(disk);
      if (row === undefined || row.state === 'wiped') return err({ code: 'wiped' });
      const changed = await vaults.changePassphrase(row.vault, oldPassphrase, newPassphrase, options);
      // It opened a moment ago: another tab has chosen another one meanwhile. Nobody typed wrongly, so no try is counted.
      if (!changed.ok) {
        const { code } = changed.error;
        return err(code === 'wrong_passphrase' ? { code, triesLeft: maxWrongTries - row.wrongTries } : { code });
      }
      const outcome = await keep(disk, row.vault, changed.value);
      if (outcome === 'kept') return ok(undefined);
      if (outcome !== 'other_row') return err({ code: outcome });
    }
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}

/** `other_row`: the phone became another device meanwhile, or another tab changed it: nothing was written. */
async function keep(disk: Disk, before: VaultRow, after: VaultRow): Promise<'kept' | 'other_row' | StorageErrorCode | 'which_unknown'> {
  try {
    return await disk.write(['keyring'], async ({ keyring }) => {
      const now = await keyring.get('phone');
      // Its key must not be put back.
      if (now === undefined || now.state === 'wiped' || !isSame(now.vault.checksum, before.checksum)) return 'other_row';
      await keyring.put({ ...now, vault: withPasskey(after, now.vault.passkey) });
      return 'kept';
    });
  } catch (error) {
    const code = storageCodeOf(error);
    // A disk may fail after it has committed: what it holds tells which of the two opens.
    const now = await readKeyring(disk).catch((again: unknown) => storageCodeOf(again));
    if (typeof now === 'string') return 'which_unknown';
    if (now === undefined || now.state === 'wiped') return 'other_row';
    if (isSame(now.vault.salt, after.salt)) return 'kept';
    return isSame(now.vault.salt, before.salt) ? code : 'other_row';
  }
}

async function readKeyring(disk: Disk): Promise<KeyringRow | undefined> {
  return await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
}
