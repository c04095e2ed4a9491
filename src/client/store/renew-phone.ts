/**
 * A phone whose disk was copied or put back becomes another device: same data key, records, drafts and outbox, a signing key of its own
 * (docs/decisions/0012). Begun on disk before anything is asked, so that whatever is cut off is asked for again with the same keys:
 *
 *   enrolled as A ──begin──▶ A, with keys of B ──answer──▶ enrolled as B, knowing that it was A
 *        ▲                         │
 *        └────abandon (used_device: another holder of this disk is B)
 *
 * All tabs take it up in one way: their store sees that the phone is B, closes itself with its keys still open, and calls `onRenewed`.
 */
import { withDeviceKey } from '#client/vault/vault.ts';
import { isSame, withPasskey } from '#client/vault/vault-row.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { signChallenge } from '#sync/entry.ts';
import type { EnrolmentAnswer, RenewalRequest } from '#sync/protocol.ts';
import { sealAccount } from './account.ts';
import type { Disk, KeyringRow, RenewalKeys } from './disk.ts';
import { readLog } from './log.ts';
import { tellTabs } from './tabs.ts';
import { sealProbe, sealSessionToken, storageCodeOf, unlockedPhone } from './unlocked-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from './unlocked-phone.ts';

type EnrolledRow = Extract<KeyringRow, { readonly state: 'enrolled' }>;
/** `ended_elsewhere`: the phone is no longer the device it was unlocked as: another tab renewed or wiped it. */
export type RenewalError = { readonly code: StorageErrorCode | 'ended_elsewhere' };

/** Brings the request to the endpoint: asks it for a challenge in the name of the device that the phone still is, and has the request made from that. */
export type AskRenewal<E extends { readonly code: string }> = (
  makeRequest: (challenge: string) => Promise<RenewalRequest>,
) => Promise<Result<EnrolmentAnswer, E>>;

/**
 * From beginning to end, as often as it takes: whatever it was cut off in, calling it again goes on from there. Errors of `ask` come back as
 * they are, and nothing has changed but that the next call asks with the same keys.
 */
export async function renewPhone<E extends { readonly code: string }>(
  disk: Disk,
  phone: UnlockedPhone,
  { newId, ask }: { readonly newId: () => string; readonly ask: AskRenewal<E> },
): Promise<Result<UnlockedPhone, RenewalError | E>> {
  for (let hasGivenUp = false; ; hasGivenUp = true) {
    const begun = await beginRenewal(disk, phone, { newId });
    if (!begun.ok) return begun;
    const answered = await ask(async (challenge) => await renewalRequest(phone, begun.value, challenge));
    if (answered.ok) return await completeRenewal(disk, phone, answered.value);
    if (answered.error.code !== 'used_device' || hasGivenUp) return answered;
    // Another holder of this disk is that device now, or another tab of this phone: then there is nothing to begin.
    const abandoned = await abandonRenewal(disk, phone, begun.value);
    if (!abandoned.ok) return abandoned;
  }
}

/** The keys of the device to become; those of a renewal that was begun before, if there is one. */
export async function beginRenewal(
  disk: Disk,
  phone: UnlockedPhone,
  { newId }: { readonly newId: () => string },
): Promise<Result<RenewalKeys, RenewalError>> {
  return await storing(async () => {
    const begun = await read(disk, phone);
    if (begun === undefined) return err({ code: 'ended_elsewhere' });
    if (begun.renewal !== undefined) return ok(begun.renewal);
    const made = await makeKeys(phone, newId);
    return await disk.write(['keyring'], async ({ keyring }) => {
      const row = ownRow(await keyring.get('phone'), phone);
      if (row === undefined) return err({ code: 'ended_elsewhere' });
      // Another tab began at the same moment: one phone becomes one device.
      if (row.renewal !== undefined) return ok(row.renewal);
      await keyring.put({ ...row, renewal: made });
      return ok(made);
    });
  });
}

async function makeKeys(phone: UnlockedPhone, newId: () => string): Promise<RenewalKeys> {
  const device = await phone.vault.createDeviceKey();
  const deviceId = newId();
  const next = await phone.vault.asDevice(device);
  if (!next.ok) throw new Error('a key that was just wrapped does not open');
  const { endpoint, communeCode } = phone;
  const proof = await sealProbe({ endpoint, communeCode, deviceId, deviceKey: next.value.deviceKey }, newId);
  next.value.close();
  return { deviceId, ...device, ...proof };
}

/** The endpoint's one-use challenge is answered by the device that this phone still is. */
export async function renewalRequest(phone: Pick<UnlockedPhone, 'deviceKey'>, keys: RenewalKeys, challenge: string): Promise<RenewalRequest> {
  const { deviceId, devicePublicKey, header, probe } = keys;
  return { challenge, signature: await signChallenge(phone.deviceKey, challenge), deviceId, devicePublicKey, header, probe };
}

/** The endpoint says `used_device`: another holder of this disk has become that one. The next beginning makes keys of its own. */
export async function abandonRenewal(disk: Disk, phone: Pick<UnlockedPhone, 'deviceId'>, keys: Pick<RenewalKeys, 'deviceId'>): Promise<Result<void, RenewalError>> {
  return await storing(async () => {
    await disk.write(['keyring'], async ({ keyring }) => {
      const row = ownRow(await keyring.get('phone'), phone);
      if (row?.renewal?.deviceId !== keys.deviceId) return;
      const { renewal: _renewal, ...rest } = row;
      await keyring.put(rest);
    });
    return ok(undefined);
  });
}

/**
 * The phone is the new device from this commit on. Entries it sealed before keep theirs and go on being sent, replayed and settled. The phone
 * that is returned has keys of its own; the one given stays open until it is closed.
 */
export async function completeRenewal(disk: Disk, phone: UnlockedPhone, answer: EnrolmentAnswer): Promise<Result<UnlockedPhone, RenewalError>> {
  return await storing(async () => {
    const account = await sealAccount(phone.safe, answer.member);
    const sessionToken = await sealSessionToken(phone.safe, answer.sessionToken);
    for (;;) {
      const before = await read(disk, phone);
      if (before?.renewal?.deviceId !== answer.deviceId) break;
      const { renewal, replaced = [], ...rest } = before;
      const vault = await withDeviceKey(before.vault, renewal);
      const isDone = await disk.write(['keyring', 'meta'], async ({ keyring, meta }) => {
        const now = ownRow(await keyring.get('phone'), phone);
        // The passphrase was changed meanwhile: the vault of before would bring the old one back.
        if (now === undefined || !isSame(now.vault.checksum, before.vault.checksum)) return false;
        const { deliveryToken } = answer;
        const { wrongTries } = now;
        await keyring.put({ ...rest, wrongTries, vault: withPasskey(vault, now.vault.passkey), deliveryToken, sessionToken, deviceId: answer.deviceId, replaced: [...replaced, phone.deviceId] });
        const log = await readLog({ meta });
        await meta.put({ ...log, accountRevision: log.accountRevision + 1 });
        await meta.put(account);
        return true;
      });
      if (isDone) tellTabs();
      if (isDone) break;
    }
    const renewed = await followRenewal(disk, phone);
    return renewed?.deviceId === answer.deviceId ? ok(renewed) : err({ code: 'ended_elsewhere' });
  });
}

/**
 * The device that this phone became, whichever tab made it so, with keys of its own and no passphrase asked. Undefined: it is the same still,
 * or wiped. Throws `DiskError`.
 */
export async function followRenewal(disk: Disk, phone: UnlockedPhone): Promise<UnlockedPhone | undefined> {
  const row = await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone'));
  if (row?.state !== 'enrolled' || row.replaced?.includes(phone.deviceId) !== true) return undefined;
  const vault = await phone.vault.asDevice(row.vault);
  return vault.ok ? unlockedPhone(disk, row, vault.value) : undefined;
}

async function read(disk: Disk, phone: Pick<UnlockedPhone, 'deviceId'>): Promise<EnrolledRow | undefined> {
  return ownRow(await disk.read(['keyring'], async ({ keyring }) => await keyring.get('phone')), phone);
}

function ownRow(row: KeyringRow | undefined, { deviceId }: Pick<UnlockedPhone, 'deviceId'>): EnrolledRow | undefined {
  return row?.state === 'enrolled' && row.deviceId === deviceId ? row : undefined;
}

async function storing<T>(body: () => Promise<Result<T, RenewalError>>): Promise<Result<T, RenewalError>> {
  try {
    return await body();
  } catch (error) {
    return err({ code: storageCodeOf(error) });
  }
}
