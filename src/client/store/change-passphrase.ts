/** Another passphrase for the same keys. */
import * as vaults from '#client/vault/vault.ts';
import { isSame, withPasskey } from '#client/vault/vault-row.ts';
import type { CreateVaultError, VaultOptions } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Disk } from './disk.ts';
import { maxWrongTries } from './phone.ts';
import { unlock } from './unlock-phone.ts';
import type { UnlockError } from './unlock-phone.ts';
import { storageCodeOf } from './unlocked-phone.ts';

/** The old passphrase opens until the new row is on disk. A wrong old one counts as a try at the lock does. */
export async function changePassphrase(
  disk: Disk,
  oldPassphrase: string,
  newPassphrase: string,
  options: VaultOptions = {},
): Promise<Result<void, UnlockError | CreateVaultError>> {
  const unlocked = await unlock(disk, oldPassphrase, options);
  if (!unlocked.ok) return unlocked;
  unlocked.value.close();
  try {
    for (;;) {
      const row = await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
      if (row === undefined || row.state === 'wiped') return err({ code: 'wiped' });
      const changed = await vaults.changePassphrase(row.vault, oldPassphrase, newPassphrase, options);
      // It opened a moment ago: another tab has chosen another one meanwhile. Nobody typed wrongly, so no try is counted.
      if (!changed.ok) {
        const { code } = changed.error;
        return err(code === 'wrong_passphrase' ? { code, triesLeft: maxWrongTries - row.wrongTries } : { code });
      }
      const isKept = await disk.write(['keyring'], async ({ keyring }) => {
        const now = await keyring.get('phone');
        // The phone became another device meanwhile (or was wiped): its key must not be put back.
        if (now === undefined || now.state === 'wiped' || !isSame(now.vault.checksum, row.vault.checksum)) return false;
        await keyring.put({ ...now, vault: withPasskey(changed.value, now.vault.passkey) });
        return true;
      });
      if (isKept) return ok(undefined);
    }
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}
