/** How a phone comes to be one: keys, then the endpoint's answer. Whatever cuts it off, it goes on from what is on disk. */
import * as vaults from '#client/vault/vault.ts';
import type { CreateVaultError, VaultOptions } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { EndpointIdentity } from '#sync/entry.ts';
import type { EnrolmentAnswer, EnrolmentRequest } from '#sync/protocol.ts';
import { sealAccount } from './account.ts';
import type { Disk } from './disk.ts';
import { firstLog } from './log.ts';
import { toBeSentAgain } from './sealed-outbox.ts';
import { sealProbe, sealSessionToken, storageCodeOf, unlockedPhone } from './unlocked-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

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
