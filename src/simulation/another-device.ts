/** How a phone becomes another device: its disk was cleared, wiped, or put back to an older copy; the commune ended it. */
import type { KeyringRow } from '#client/store/disk.ts';
import { sealAccount } from '#client/store/account.ts';
import { readLog } from '#client/store/log.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import { createNewId } from '#sync/new-id.ts';
import { createChance, seedFor } from './chance.ts';
import { commune, crew } from './commune.ts';
import { copyOf, enrolPhone, proofOf } from './phone-image.ts';
import type { Enrolled } from './phone-image.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import { createPlainSafe, signChallenge } from './stand-ins.ts';
import type { Stage } from './take-step.ts';

/** What lay on the disk alone is gone. */
export async function clearDisk(stage: Stage, phone: SimulatedPhone): Promise<void> {
  if (!(await invite(stage, phone, undefined, true))) return;
  stage.run.faults.fired('database cleared');
  for (const saved of stage.run.ledger.ofPhone(phone.index)) saved.isOnDisk = false;
}

/** The sealed outbox of a wiped phone stays, and is sent; who uses it enrols anew. */
export async function enrolAgain(stage: Stage, phone: SimulatedPhone): Promise<void> {
  await invite(stage, phone, phone.contents(), false);
}

async function invite(stage: Stage, phone: SimulatedPhone, contents: Enrolled['contents'] | undefined, isDeviceLost: boolean): Promise<boolean> {
  const { run, endpoint, phones } = stage;
  const { deviceId: before, memberId } = phone.present();
  const deviceId = stage.newId();
  const chance = createChance(seedFor(run.salt, deviceId));
  const name = crew[phone.index]?.name ?? '';
  const enrolled = await endpoint.ask(async (serving) => {
    if (isDeviceLost) await serving.revokeDevice(commune, before);
    const args = { memberId, name, assignments: [], deviceId, chance, contents };
    const first = await enrolPhone(serving, args);
    if (first !== undefined) return first;
    // An account holds two devices: those that are no more give way.
    const inUse = new Set(phones.filter((one) => one !== phone).map((one) => one.deviceId()));
    const known = endpoint.database.rows<{ deviceId: string }>(`select deviceId from device where communeCode = '${commune}' and memberId = ? and state = 'active'`, memberId);
    for (const { deviceId: held } of known) if (!inUse.has(held)) await serving.revokeDevice(commune, held);
    return await enrolPhone(serving, args);
  });
  if (enrolled === undefined) return false;
  phone.become(enrolled);
  return true;
}

/** The phone is what the copy was: what was saved since is gone, and numbers are given once more. */
export function putBackDisk({ run, copies, putBack }: Stage, phone: SimulatedPhone): void {
  const copy = copies.get(phone.index);
  if (copy === undefined || !phone.isOwn(copy.deviceId) || phone.isWiped()) return;
  run.faults.fired('disk put back');
  const put = copyOf(copy);
  if (put.deviceId === phone.deviceId()) put.sessionToken = phone.present().sessionToken;
  for (const saved of run.ledger.ofPhone(phone.index)) saved.isOnDisk = lies(put, saved.draft.entryId);
  putBack.add(phone.index);
  phone.become(put);
}

/** Reads sealed bytes as the stand-in writes them. */
function lies({ contents }: Enrolled, entryId: string): boolean {
  return [...contents.tables.outbox.values()].some((row) => Buffer.from(String(row['bytes']), 'base64url').toString().includes(entryId));
}

type EnrolledRow = Extract<KeyringRow, { readonly state: 'enrolled' }>;

/**
 * As `renew-phone.ts` does it on disk, step by step, with keys that are stand-ins: begun on disk, asked for, taken up. Whatever it is
 * cut off in, the next time goes on from there. False: not now.
 */
export async function takeNewIdentity(stage: Stage, phone: SimulatedPhone): Promise<boolean> {
  const { run } = stage;
  const present = phone.present();
  const { deviceId, contents, endpoint } = present;
  const chance = createChance(seedFor(run.salt, `renewal of ${deviceId} at ${run.timeline.now()}`));
  const disk = createMemoryDisk(contents);
  const keys = await disk.write(['keyring'], async ({ keyring }) => {
    const row = (await keyring.get('phone')) as EnrolledRow | undefined;
    if (row?.state !== 'enrolled' || row.deviceId !== deviceId) return undefined;
    const made = row.renewal ?? (proofOf(endpoint, createNewId(() => run.timeline.now(), chance.bytes)(), chance) as NonNullable<EnrolledRow['renewal']>);
    await keyring.put({ ...row, renewal: made });
    return made;
  });
  if (keys === undefined) return false;
  const answer = await phone.line.ask(async (serving) => {
    const { challenge } = await serving.challenge(commune, deviceId);
    const { deviceId: next, devicePublicKey, header, probe } = keys;
    return await serving.renew({ challenge, signature: signChallenge(deviceId, challenge), deviceId: next, devicePublicKey, header, probe });
  });
  if (answer === undefined || phone.present() !== present) return false;
  if (!answer.ok) {
    run.note(`${phone.name} is not renewed: ${answer.error.code}`);
    if (answer.error.code === 'used_device') await abandon(phone, keys.deviceId);
    if (answer.error.code === 'revoked_device') await phone.wipe('revoked');
    return false;
  }
  const { member, sessionToken, deliveryToken } = answer.value;
  const account = await sealAccount(createPlainSafe(chance), member);
  const isDone = await disk.write(['keyring', 'meta'], async ({ keyring, meta }) => {
    const row = (await keyring.get('phone')) as EnrolledRow | undefined;
    if (row?.state !== 'enrolled' || row.renewal?.deviceId !== keys.deviceId) return false;
    const { renewal: _renewal, replaced = [], ...rest } = row;
    await keyring.put({ ...rest, deviceId: keys.deviceId, deliveryToken, replaced: [...replaced, deviceId] });
    const log = await readLog({ meta });
    await meta.put({ ...log, accountRevision: log.accountRevision + 1 });
    await meta.put(account);
    return true;
  });
  if (!isDone) return false;
  run.faults.fired('identity renewed');
  run.note(`${phone.name} is ${keys.deviceId} from now on`);
  phone.become({ ...present, deviceId: keys.deviceId, replaced: [...present.replaced, deviceId], sessionToken, deliveryToken }, true);
  for (const tab of phone.tabs()) if (!tab.isAsleep()) await tab.store.refresh();
  return true;
}

async function abandon(phone: SimulatedPhone, renewalId: string): Promise<void> {
  await createMemoryDisk(phone.contents()).write(['keyring'], async ({ keyring }) => {
    const row = (await keyring.get('phone')) as EnrolledRow | undefined;
    if (row?.renewal?.deviceId !== renewalId) return;
    const { renewal: _renewal, ...rest } = row;
    await keyring.put(rest);
  });
}
