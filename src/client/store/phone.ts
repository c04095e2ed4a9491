/**
 * The life of a phone: empty -> enrolling -> enrolled (locked or unlocked) -> wiped. All of it is one row on disk; nothing here
 * needs a network. Source: security-privacy.md, "The phone".
 */
import { checkPassphrase } from '#client/vault/passphrase.ts';
import * as vaults from '#client/vault/vault.ts';
import { isSame } from '#client/vault/vault-row.ts';
import type { CreateVaultError, OpenVaultError, VaultOptions } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import type { EnrolmentAnswer, EnrolmentRequest } from '#sync/protocol.ts';
import { sealAccount } from './account.ts';
import type { Disk, KeyringRow, WipeReason } from './disk.ts';
import { firstLog } from './log.ts';
import { withoutKeys } from './retention.ts';
import { toBeSentAgain } from './sealed-outbox.ts';
import { tellTabs } from './tabs.ts';
import { sealProbe, sealSessionToken, storageCodeOf, unlockedPhone } from './unlocked-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

export type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

/** After so many wrong passphrases the phone is wiped. */
export const maxWrongTries = 10;

export type PhoneStanding =
  | { readonly state: 'empty' }
  /** Keys are on disk, the endpoint's answer is not: unlock, then repeat `request`. */
  | { readonly state: 'enrolling'; readonly communeCode: string; readonly deviceId: string; readonly request: EnrolmentRequest; readonly triesLeft: number }
  | { readonly state: 'locked'; readonly communeCode: string; readonly deviceId: string; readonly triesLeft: number }
  /** Sealed entries may remain, readable by nobody here, until they are sent or cleared: `readUnsettled` tells. */
  | { readonly state: 'wiped'; readonly communeCode: string; readonly deviceId: string; readonly why: WipeReason; readonly deliveryToken?: string | undefined };

/** Throws `DiskError`. */
export async function readPhone(disk: Disk): Promise<PhoneStanding> {
  return await disk.read(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    if (row === undefined) return { state: 'empty' };
    const { communeCode, deviceId } = row;
    if (row.state === 'wiped') return { state: 'wiped', communeCode, deviceId, why: row.why, deliveryToken: row.deliveryToken };
    const triesLeft = maxWrongTries - row.wrongTries;
    return row.state === 'enrolling'
      ? { state: 'enrolling', communeCode, deviceId, request: row.request, triesLeft }
      : { state: 'locked', communeCode, deviceId, triesLeft };
  });
}

/**
 * Makes the keys and writes them to disk before anything is asked of the endpoint, so that a lost answer or a killed page
 * repeats the very same request. Takes the place of an enrolment that was begun and of a wiped phone; throws on an enrolled one.
 */
export async function beginEnrolment(
  disk: Disk,
  args: { readonly invitation: string; readonly endpoint: EndpointIdentity; readonly passphrase: string; readonly newId: () => string } & VaultOptions,
): Promise<Result<UnlockedPhone & { readonly enrolling: EnrolmentRequest }, CreateVaultError | { readonly code: StorageErrorCode }>> {
  const { invitation, endpoint } = args;
  const made = await vaults.createVault(args);
  if (!made.ok) return made;
  const { row: vault, open } = made.value;
  const communeCode = invitation.slice(0, 5);
  const deviceId = args.newId();
  const proof = await sealProbe({ endpoint, communeCode, deviceId, deviceKey: open.deviceKey }, args.newId);
  const request: EnrolmentRequest = { invitation, deviceId, devicePublicKey: vault.devicePublicKey, ...proof };
  try {
    await disk.write(['keyring'], async ({ keyring }) => {
      const before = await keyring.get('phone');
      if (before?.state === 'enrolled') throw new Error('the phone is enrolled already');
      const wiped = before?.state === 'enrolling' ? before.wiped : before;
      await keyring.put({ key: 'phone', state: 'enrolling', vault, wrongTries: 0, communeCode, deviceId, endpoint, request, wiped });
    });
  } catch (error) {
    open.close();
    return err({ code: storageCodeOf(error) });
  }
  return ok({ ...unlockedPhone(disk, { communeCode, deviceId, endpoint }, open), enrolling: request });
}

/** Begun and given up: the phone is empty again, or the wiped one it was, with all that it has not sent. */
export async function abandonEnrolment(disk: Disk): Promise<void> {
  await disk.write(['keyring'], async ({ keyring }) => {
    const row = await keyring.get('phone');
    if (row?.state !== 'enrolling') return;
    if (row.wiped === undefined) await keyring.delete('phone');
    else await keyring.put(row.wiped);
  });
}

/** The endpoint knows the phone. `phone` may be used as an enrolled one from now on. */
export async function completeEnrolment(
  disk: Disk,
  phone: UnlockedPhone,
  answer: EnrolmentAnswer,
): Promise<Result<void, { readonly code: StorageErrorCode }>> {
  const sessionToken = await sealSessionToken(phone.safe, answer.sessionToken);
  const account = await sealAccount(phone.safe, answer.member);
  const log = firstLog();
  try {
    await disk.write(['keyring', 'meta', 'channels', 'segments', 'drafts', 'outbox'], async ({ keyring, meta, channels, segments, drafts, outbox }) => {
      const row = await keyring.get('phone');
      if (row?.state !== 'enrolling' || row.deviceId !== answer.deviceId) {
        if (row?.state === 'enrolled' && row.deviceId === answer.deviceId) return;
        throw new Error('the answer is not to the enrolment on this phone');
      }
      const { request: _request, wiped: _wiped, ...rest } = row;
      await keyring.put({ ...rest, state: 'enrolled', deliveryToken: answer.deliveryToken, sessionToken });
      // What an earlier life of this phone left sealed keeps its numbers; nothing else of it counts.
      const before = await meta.get('log');
      // With the epoch it was let in under: a backup put back before the first sync is noticed like any other.
      await meta.put({ ...log, epoch: answer.epoch, lastSeq: before?.lastSeq ?? 0, accountRevision: (before?.accountRevision ?? 0) + 1 });
      await meta.put(account);
      for (const table of [channels, segments, drafts]) await table.clear();
      // Without cursors and epoch of that life nobody would notice that a backup was put back meanwhile: all that is retained goes once more.
      for (const sealed of await outbox.all()) if (sealed.bytes !== '') await outbox.put(toBeSentAgain(sealed, sealed.settledAt !== undefined));
    });
    return ok(undefined);
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}

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
async function forgetTries(disk: Disk, row: KeyringRow): Promise<void> {
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
      if (!changed.ok) return changed.error.code === 'wrong_passphrase' ? err({ code: 'damaged' }) : err({ code: changed.error.code });
      const isKept = await disk.write(['keyring'], async ({ keyring }) => {
        const now = await keyring.get('phone');
        // The phone became another device meanwhile (or was wiped): its key must not be put back.
        if (now === undefined || now.state === 'wiped' || !isSame(now.vault.checksum, row.vault.checksum)) return false;
        await keyring.put({ ...now, vault: changed.value });
        return true;
      });
      if (isKept) return ok(undefined);
    }
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}

/**
 * Keys, segments, drafts and session are gone in one transaction, without any network. The sealed outbox stays: readable by
 * nobody here, sent until it is settled or cleared by a person who was told how many there are.
 */
export async function wipePhone(disk: Disk, why: WipeReason): Promise<void> {
  const tables = ['keyring', 'sealingSessions', 'channels', 'segments', 'drafts', 'meta'] as const;
  await disk.write(tables, async ({ keyring, sealingSessions, channels, segments, drafts, meta }) => {
    const row = await keyring.get('phone');
    if (row === undefined || row.state === 'wiped') return;
    const { communeCode, deviceId, endpoint } = row;
    const deliveryToken = row.state === 'enrolled' ? row.deliveryToken : row.wiped?.deliveryToken;
    await keyring.put({ key: 'phone', state: 'wiped', why, communeCode, deviceId, endpoint, deliveryToken });
    for (const session of await sealingSessions.all()) await sealingSessions.put(withoutKeys(session));
    for (const table of [channels, segments, drafts]) await table.clear();
    await meta.delete('account');
  });
  // A tab that is open yet closes its store when it looks.
  tellTabs();
}

/** Knowingly gives up what a wiped phone has not sent, told how many there are. The phone is empty then. */
export async function clearWipedPhone(disk: Disk): Promise<void> {
  await disk.write(['keyring', 'sealingSessions', 'outbox'], async ({ keyring, sealingSessions, outbox }) => {
    if ((await keyring.get('phone'))?.state !== 'wiped') throw new Error('only a wiped phone is cleared');
    await outbox.clear();
    await sealingSessions.clear();
    await keyring.delete('phone');
  });
}
