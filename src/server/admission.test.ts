import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { lostName } from '#domain/let-go.ts';
import { createListInMemory } from './append-only-list.ts';
import { createDeviceFile } from './device-list.ts';
import type { AdmittedDevice } from './device-list.ts';
import type { Revocation } from './revocation-list.ts';
import type { RoleChange } from './role-change-list.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, newIdentity, north, renewalRequest, renewPhone, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let phone: TestPhone;
let lists: {
  readonly devices: ReturnType<typeof createListInMemory<AdmittedDevice>>;
  readonly revocations: ReturnType<typeof createListInMemory<Revocation>>;
  readonly roleChanges: ReturnType<typeof createListInMemory<RoleChange>>;
};

beforeEach(async () => {
  lists = { devices: createListInMemory<AdmittedDevice>(), revocations: createListInMemory<Revocation>(), roleChanges: createListInMemory<RoleChange>() };
  stage = await createTestEndpoint(lists);
  phone = await enrolPhone(stage, roles.member);
});

const readBackup = () => stage.db.selectFrom('device').selectAll().execute();
/** The devices as a backup had them, and the start after it was put back. */
async function restored(backup: Awaited<ReturnType<typeof readBackup>>): Promise<TestEndpoint> {
  await stage.db.deleteFrom('session').execute();
  await stage.db.deleteFrom('device').execute();
  if (backup.length > 0) await stage.db.insertInto('device').values(backup).execute();
  return await stage.restarted();
}
const statesAt = async (at: TestEndpoint) => Object.fromEntries((await at.endpoint.listDevices(commune)).map(({ deviceId, state }) => [deviceId, state]));
async function openSession(at: TestEndpoint, asker: TestPhone) {
  const { challenge, signature } = await renewalRequest(at, asker, await newIdentity(at));
  return await at.endpoint.openSession(challenge, signature);
}
const newHousehold = (no: number) => change('household', north, stage.newId(), household(no));

describe('after a restore', () => {
  test('a phone enrolled after the backup is known: it opens a session, and what it sealed is taken', async () => {
    const backup = await readBackup();
    const second = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    await second.save([newHousehold(1)]);
    const again = await restored(backup);
    expect(await statesAt(again)).toEqual({ [phone.deviceId]: 'active', [second.deviceId]: 'active' });
    expect((await openSession(again, second)).ok).toBe(true);
    const delivered = await second.request(`Delivery ${second.deliveryToken}`, second.pushBody());
    expect(delivered.entries).toMatchObject([{ outcome: 'kept' }]);
    expect(await again.endpoint.records(commune, 'household')).toHaveLength(1);
  });

  /** A second phone of the same member is let in, and a backup from before that is put back: there its invitation is open. `other`: a stranger's keys. */
  async function restoredToBeforeSecond() {
    const second = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    const backup = (await readBackup()).filter(({ deviceId }) => deviceId !== second.deviceId);
    await stage.db.updateTable('invitation').set({ usedByDeviceId: null, usedAt: null }).where('usedByDeviceId', '=', second.deviceId).execute();
    stage.clock.at += 1000;
    const again = await restored(backup);
    const other = await newIdentity(again);
    return { second, again, other };
  }

  test('the invitation of a phone that was enrolled after the backup is used up: neither another phone nor the same request gets in by it', async () => {
    // Room for another: nothing but the invitation keeps it out.
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    const { second, again, other } = await restoredToBeforeSecond();
    expect(await again.endpoint.enrol({ invitation: second.invitation, ...other.proof })).toEqual({ ok: false, error: { code: 'used_invitation' } });
    expect(await again.endpoint.enrol(second.enrolmentRequest)).toEqual({ ok: false, error: { code: 'used_invitation' } });
    expect((await openSession(again, second)).ok).toBe(true);
  });

  test('of two invitations that the backup has, either may be the one: both are used up', async () => {
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    const first = await stage.endpoint.createInvitation({ communeCode: commune, name: 'Hoàng Thị Én', assignments: [], memberId: phone.memberId });
    stage.clock.at += 1000;
    const { second, again, other } = await restoredToBeforeSecond();
    for (const { invitation } of [first, second]) {
      expect(await again.endpoint.enrol({ invitation, ...other.proof })).toEqual({ ok: false, error: { code: 'used_invitation' } });
    }
    expect(await again.endpoint.enrol(second.enrolmentRequest)).toEqual({ ok: false, error: { code: 'used_invitation' } });
  });

  test('a phone renewed after the backup is what it had become, and the device that it was is retired', async () => {
    const backup = await readBackup();
    const renewed = await renewPhone(stage, phone);
    for (const [no, sender] of [phone, renewed].entries()) await sender.save([newHousehold(no + 1)]);
    const again = await restored(backup);
    expect(await statesAt(again)).toEqual({ [phone.deviceId]: 'retired', [renewed.deviceId]: 'active' });
    for (const sender of [phone, renewed]) expect((await sender.request(undefined, sender.pushBody())).entries).toMatchObject([{ outcome: 'kept' }]);
    expect(await openSession(again, phone)).toEqual({ ok: false, error: { code: 'retired_device' } });
    const opened = await openSession(again, renewed);
    const now = { ...renewed, sessionToken: opened.ok ? opened.value.sessionToken : '' };
    const answer = await now.request(`Bearer ${now.sessionToken}`, { ...now.pushBody([]), pull: now.pullBody() });
    expect(answer.pull).toMatchObject({ pages: expect.arrayContaining([expect.objectContaining({ channelId: `device/${phone.deviceId}`, cursor: 1 })]) });
  });

  test('a phone renewed after the backup holds what the device that it was had been sent: an erasure asks it', async () => {
    await phone.sync();
    const backup = await readBackup();
    const renewed = await renewPhone(stage, phone);
    await stage.db.deleteFrom('device_channel').where('deviceId', '=', renewed.deviceId).execute();
    const again = await restored(backup);
    const held = async (deviceId: string) => (await again.db.selectFrom('device_channel').select('channelId').where('deviceId', '=', deviceId).orderBy('channelId').execute()).map(({ channelId }) => channelId);
    expect(await held(phone.deviceId)).toContain(`hamlet/${north}`);
    expect(await held(renewed.deviceId)).toEqual(await held(phone.deviceId));
    // Stopped half way, or put back in part.
    await again.db.deleteFrom('session').execute();
    await again.db.deleteFrom('device').where('deviceId', '=', renewed.deviceId).execute();
    await again.restarted();
    expect(await held(renewed.deviceId)).toEqual(await held(phone.deviceId));
  });

  test('a phone revoked after it came stays revoked', async () => {
    const backup = await readBackup();
    const second = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    const renewed = await renewPhone(stage, second);
    await stage.endpoint.revokeDevice(commune, renewed.deviceId);
    const again = await restored(backup);
    expect(await statesAt(again)).toEqual({ [phone.deviceId]: 'active', [second.deviceId]: 'revoked', [renewed.deviceId]: 'revoked' });
  });

  test('a revoked device is not made a retired one by what took its place', async () => {
    const backup = await readBackup();
    const renewed = await renewPhone(stage, phone);
    const again = await restored(backup.map((device) => ({ ...device, state: 'revoked' as const, revokedAt: 1 })));
    expect(await statesAt(again)).toEqual({ [phone.deviceId]: 'revoked', [renewed.deviceId]: 'active' });
  });

  /** Nothing of the account stands in the backup. */
  async function restoredToBefore({ memberId, deviceId }: TestPhone): Promise<TestEndpoint> {
    for (const table of ['session', 'device_channel', 'device'] as const) await stage.db.deleteFrom(table).where('deviceId', '=', deviceId).execute();
    for (const table of ['assignment', 'invitation', 'member'] as const) await stage.db.deleteFrom(table).where('memberId', '=', memberId).execute();
    for (const table of ['record', 'record_history', 'channel_row'] as const) await stage.db.deleteFrom(table).where('recordId', '=', memberId).execute();
    return await stage.restarted();
  }

  test('a member who came after the backup is one again, with what they held last: nothing that lies sealed on their phone is lost', async () => {
    const newcomer = await enrolPhone(stage, roles.southLead);
    await stage.endpoint.changeAssignments(commune, newcomer.memberId, [roles.lead]);
    await newcomer.save([newHousehold(7)]);
    const again = await restoredToBefore(newcomer);
    expect(again.logged.filter((line) => line.startsWith('alarm device_of_nobody'))).toEqual([]);
    expect(await again.endpoint.assignmentsOf(commune, newcomer.memberId)).toEqual([roles.lead]);
    expect((await openSession(again, newcomer)).ok).toBe(true);
    expect((await newcomer.request(undefined, newcomer.pushBody())).entries).toMatchObject([{ outcome: 'kept' }]);
    expect((await again.endpoint.records(commune, 'household')).map(({ fields }) => fields.no)).toEqual([7]);
    // Their name is in no list outside the database: colleagues see that somebody has to write it down again.
    expect((await again.endpoint.listMembers(commune)).find(({ memberId }) => memberId === newcomer.memberId)?.name).toBe(lostName);
    const restarted = await again.restarted();
    expect((await restarted.endpoint.records(commune, 'member')).filter(({ recordId }) => recordId === newcomer.memberId)).toMatchObject([{ version: 1 }]);
    expect(await restarted.db.selectFrom('audit').select('action').where('subject', '=', newcomer.memberId).where('action', '=', 'member_brought_back').execute()).toHaveLength(1);
  });

  test('a member without a phone who came after the backup is no member: they are invited anew', async () => {
    const { memberId } = await stage.endpoint.createInvitation({ communeCode: commune, name: 'Hoàng Thị Én', assignments: [roles.member] });
    for (const table of ['assignment', 'invitation', 'member'] as const) await stage.db.deleteFrom(table).where('memberId', '=', memberId).execute();
    const again = await stage.restarted();
    expect((await again.endpoint.listMembers(commune)).map((member) => member.memberId)).not.toContain(memberId);
  });

  test('a phone whose account the backup does not know is an alarm, and keeps nobody out of the endpoint', async () => {
    lists.devices.append({ communeCode: commune, deviceId: stage.newId(), memberId: stage.newId(), publicKey: 'x', enrolledAt: 1, replaces: null });
    const again = await stage.restarted();
    expect(await statesAt(again)).toEqual({ [phone.deviceId]: 'active' });
    expect(again.logged.join('\n')).toMatch(/^alarm device_of_nobody commune=01789 device=\S+ member=\S+$/m);
  });

  test('an enrolment or renewal whose answer was lost can still be repeated', async () => {
    const backup = await readBackup();
    const identity = await newIdentity(stage);
    await renewPhone(stage, phone, identity);
    const again = await restored(backup);
    expect(await again.endpoint.renew(await renewalRequest(again, phone, identity))).toMatchObject({ ok: true, value: { deviceId: identity.deviceId } });
    expect(await again.endpoint.enrol(phone.enrolmentRequest)).toEqual({ ok: false, error: { code: 'used_invitation' } });
  });
});

describe('the list of devices', () => {
  test('holds each device once, however often it asked and the endpoint started, and no secret', async () => {
    expect((await stage.endpoint.enrol(phone.enrolmentRequest)).ok).toBe(true);
    await stage.restarted();
    await (await stage.restarted()).restarted();
    expect(lists.devices.all()).toEqual([
      {
        communeCode: commune, deviceId: phone.deviceId, memberId: phone.memberId, publicKey: phone.enrolmentRequest.devicePublicKey,
        enrolledAt: stage.clock.at, replaces: null,
      },
    ]);
  });

  test('takes up the devices that were there before it', async () => {
    const devices = createListInMemory<AdmittedDevice>();
    const renewed = await renewPhone(stage, phone);
    await stage.restarted({ devices });
    expect(new Map(devices.all().map(({ deviceId, replaces }) => [deviceId, replaces]))).toEqual(
      new Map([[phone.deviceId, null], [renewed.deviceId, phone.deviceId]]),
    );
    expect(devices.all()).toHaveLength(2);
  });

  test('names nobody whom the endpoint refused', async () => {
    const request = { ...phone.enrolmentRequest, invitation: `${commune}.${'a'.repeat(43)}` };
    expect((await stage.endpoint.enrol(request)).ok).toBe(false);
    const other = await enrolPhone(stage, roles.lead);
    expect((await stage.endpoint.enrol({ ...other.enrolmentRequest, invitation: phone.invitation })).ok).toBe(false);
    expect(lists.devices.all().map(({ deviceId }) => deviceId)).toEqual([phone.deviceId, other.deviceId]);
  });

  test('is a file that is read back as it was written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gan-dan-devices-'));
    try {
      const devices = createDeviceFile(join(folder, 'devices.jsonl'));
      await stage.restarted({ devices });
      expect(createDeviceFile(join(folder, 'devices.jsonl')).all()).toEqual(lists.devices.all());
      expect(readFileSync(join(folder, 'devices.jsonl'), 'utf8').split('\n')).toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
