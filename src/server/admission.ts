/** Lets a device in: what it has to prove, its row, and the tokens it gets. Enrolment and renewal ask for it under their own conditions. */
import type { AuditAction } from '#sync/administration.ts';
import type { EnrolmentAnswer, EnrolmentRequest } from '#sync/protocol.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { DeviceTable, Writing } from './database/schema.ts';
import type { AdmittedDevice, DeviceList } from './device-list.ts';
import { inheritHeld } from './erasure-devices.ts';
import type { Sessions } from './sessions.ts';
import { hashToken } from './tokens.ts';

/** An account holds at most two active devices (domain model, section 2). */
export const maxDevices = 2;

export type NewDevice = Pick<EnrolmentRequest, 'deviceId' | 'devicePublicKey' | 'header' | 'probe'>;

/** `known`: let in before with the same key for the same member. `other`: the id is another device's; no honest phone gets there. */
export type Acquaintance =
  | { readonly kind: 'new' | 'other' }
  | { readonly kind: 'known'; readonly replaces: string | null; readonly isHeardOf: boolean };

export type Admission = ReturnType<typeof createAdmission>;

export function createAdmission(context: EndpointContext, { accounts, sessions }: { readonly accounts: Accounts; readonly sessions: Sessions }) {
  const { db, clock, devices } = context;
  /** In the list outside the database, as this process knows. */
  const listed = new Set<string>();

  /** It holds the key that it names, and the endpoint opens what it seals. */
  async function isProven(device: NewDevice, communeCode: string): Promise<boolean> {
    const session = await context.opener.accept(device.header, device.devicePublicKey);
    if (!session.ok) return false;
    const { claims } = session.value;
    if (claims.communeCode !== communeCode || claims.deviceId !== device.deviceId) return false;
    return (await session.value.open(device.probe, 'probe')).ok;
  }

  /** A device that was heard of by a session had its answer: nobody needs to be told once more. */
  async function acquaintanceOf(tx: Writing, communeCode: string, memberId: string, device: NewDevice): Promise<Acquaintance> {
    const known = await findDevice(tx, communeCode, device.deviceId);
    if (known === undefined) return { kind: 'new' };
    const isSame = known.publicKey === device.devicePublicKey && known.memberId === memberId && known.state === 'active';
    return isSame ? { kind: 'known', replaces: known.replaces, isHeardOf: known.lastContactAt !== known.enrolledAt } : { kind: 'other' };
  }

  async function admit(tx: Writing, device: NewDevice, owner: Pick<DeviceTable, 'communeCode' | 'memberId' | 'replaces'>): Promise<void> {
    const { deviceId, devicePublicKey: publicKey } = device;
    const action = owner.replaces === null ? 'device_enrolled' : 'device_renewed';
    await insert(tx, { ...owner, deviceId, publicKey, enrolledAt: clock.now() }, { action, origin: owner.replaces ?? deviceId });
  }

  async function insert(tx: Writing, device: AdmittedDevice, { action, origin }: { readonly action: AuditAction; readonly origin?: string }): Promise<void> {
    const { communeCode, deviceId, memberId, enrolledAt, replaces } = device;
    const deliveryTokenHash = hashToken(deliveryTokenOf(communeCode, deviceId));
    await tx
      .insertInto('device')
      .values({ ...device, state: 'active', deliveryTokenHash, lastContactAt: enrolledAt, unsent: 0, revokedAt: null })
      .execute();
    if (replaces !== null) await inheritHeld(tx, { communeCode, deviceId, replaces });
    await writeAudit(tx, { communeCode, at: clock.now(), actor: memberId, action, subject: deviceId, origin });
  }

  /** After the commit that let it in: a device that is listed was let in. */
  async function keepOutside(communeCode: string, deviceId: string): Promise<void> {
    if (devices === undefined || listed.has(keyOf({ communeCode, deviceId }))) return;
    const device = await findDevice(db, communeCode, deviceId);
    if (device !== undefined) append(devices, device);
  }

  function append(list: DeviceList, { communeCode, deviceId, memberId, publicKey, enrolledAt, replaces }: AdmittedDevice): void {
    list.append({ communeCode, deviceId, memberId, publicKey, enrolledAt, replaces });
    listed.add(keyOf({ communeCode, deviceId }));
  }

  /**
   * At the start: brings back what the list knows and the database has forgotten, and lists what it has not yet. Before revocations are applied: one that
   * was revoked after it came is revoked again.
   */
  async function applyDevices(): Promise<void> {
    if (devices === undefined) return;
    const stored = await db.selectFrom('device').selectAll().orderBy('enrolledAt').orderBy('deviceId').execute();
    const known = new Set(stored.map(keyOf));
    for (const line of devices.all()) {
      listed.add(keyOf(line));
      if (!known.has(keyOf(line))) await bringBack(line);
    }
    for (const device of stored) if (!listed.has(keyOf(device))) append(devices, device);
  }

  async function bringBack(device: AdmittedDevice): Promise<void> {
    const { communeCode, deviceId, memberId, replaces } = device;
    await db.transaction().execute(async (tx) => {
      if ((await findDevice(tx, communeCode, deviceId)) !== undefined) return;
      if (!(await accounts.isMember(tx, communeCode, memberId)) && !(await accounts.bringBackMember(tx, communeCode, memberId))) {
        // Nobody could say what they may do. They are invited anew.
        context.log(`alarm device_of_nobody commune=${communeCode} device=${deviceId} member=${memberId}`);
        return;
      }
      if (replaces !== null) await retire(tx, communeCode, replaces);
      await insert(tx, device, { action: 'device_brought_back' });
      if (replaces === null) await useUpInvitations(tx, device);
    });
  }

  /**
   * The backup may be older than its use: without this it would let in another phone, or the first one's request once more. Nothing tells which of a member's
   * open invitations it was: none of them lets anybody in any more, and whoever needs another is invited anew.
   */
  async function useUpInvitations(tx: Writing, { communeCode, deviceId, memberId, enrolledAt }: AdmittedDevice): Promise<void> {
    await tx
      .updateTable('invitation')
      .set({ usedByDeviceId: deviceId, usedAt: enrolledAt })
      .where('communeCode', '=', communeCode)
      .where('memberId', '=', memberId)
      .where('createdAt', '<=', enrolledAt)
      .where('usedAt', 'is', null)
      .where('cancelledAt', 'is', null)
      .execute();
    // As if it had been heard of: the request that let it in, found on its disk and said once more, opens no session.
    await tx.updateTable('device').set({ lastContactAt: clock.now() }).where('communeCode', '=', communeCode).where('deviceId', '=', deviceId).execute();
  }

  /** With a session of its own for each repetition. */
  async function answer(tx: Writing, communeCode: string, memberId: string, deviceId: string): Promise<EnrolmentAnswer> {
    return {
      member: await accounts.accountOf(tx, communeCode, memberId),
      deviceId,
      sessionToken: await sessions.createSession(tx, communeCode, deviceId),
      deliveryToken: deliveryTokenOf(communeCode, deviceId),
      epoch: context.keys.epoch,
    };
  }

  /** The same for each repetition: of two answers on the way, the phone may keep either. */
  function deliveryTokenOf(communeCode: string, deviceId: string): string {
    return `${communeCode}.${context.keys.contentHash(`delivery token\n${communeCode}\n${deviceId}`)}`;
  }

  return { isProven, acquaintanceOf, admit, keepOutside, applyDevices, answer };
}

function keyOf({ communeCode, deviceId }: Pick<AdmittedDevice, 'communeCode' | 'deviceId'>): string {
  return `${communeCode} ${deviceId}`;
}

/** Another takes its place. One that was revoked stays so. */
export async function retire(tx: Writing, communeCode: string, deviceId: string): Promise<void> {
  await tx
    .updateTable('device')
    .set({ state: 'retired' })
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .where('state', '=', 'active')
    .execute();
}

/** For one more device of this member. */
export async function hasRoom(tx: Writing, communeCode: string, memberId: string): Promise<boolean> {
  const active = await tx
    .selectFrom('device')
    .select('deviceId')
    .where('communeCode', '=', communeCode)
    .where('memberId', '=', memberId)
    .where('state', '=', 'active')
    .execute();
  return active.length < maxDevices;
}
