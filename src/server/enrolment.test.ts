import { beforeEach, describe, expect, test } from 'vitest';
import { createDeviceKeys, importDeviceKey, signChallenge } from '#sync/entry.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, north, office, random, roles, south } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';
import { createToken } from './tokens.ts';

const hour = 3_600_000;
const day = 24 * hour;
let stage: TestEndpoint;
let phone: TestPhone;

beforeEach(async () => {
  stage = await createTestEndpoint();
  phone = await enrolPhone(stage, roles.member);
});

async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await stage.app.request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const invite = () => stage.endpoint.createInvitation({ communeCode: commune, name: 'Hoàng Thị Én (mẫu)', assignments: [roles.member] });

describe('an invitation', () => {
  test('tells for whom and where it is, as often as it is asked', async () => {
    const { invitation } = await invite();
    for (let n = 0; n < 2; n++) {
      expect(await post('/enrolment/check', { invitation })).toEqual({
        status: 200,
        body: {
          name: 'Hoàng Thị Én (mẫu)',
          communeCode: commune,
          communeName: 'Xã Quang Hán',
          hamletName: 'Xóm Ngọc Sơn',
          assignments: [roles.member],
          expiresAt: '2026-11-25T08:00:00+07:00',
        },
      });
    }
  });

  test('names every hamlet of who works in two', async () => {
    const assignments = [roles.member, { ...roles.lead, hamletId: south }, { ...roles.lead, hamletId: north }];
    const { invitation } = await stage.endpoint.createInvitation({ communeCode: commune, name: 'Hoàng Thị Én (mẫu)', assignments });
    expect((await post('/enrolment/check', { invitation })).body).toMatchObject({ hamletName: 'Xóm Ngọc Sơn, Bản Niếng' });
  });

  test("names a responder's unit", async () => {
    const { invitation } = await stage.endpoint.createInvitation({ communeCode: commune, name: 'Triệu Văn Phúc', assignments: [roles.responder] });
    expect((await post('/enrolment/check', { invitation })).body).toMatchObject({ unitName: 'UBND xã Quang Hán', assignments: [{ unitId: office }] });
  });

  test('that nobody made is unknown', async () => {
    const invitation = createToken(commune, random);
    expect(await post('/enrolment/check', { invitation })).toEqual({ status: 404, body: { error: 'unknown_invitation' } });
    expect(await post('/enrolment', { ...phone.enrolmentRequest, invitation })).toEqual({ status: 404, body: { error: 'unknown_invitation' } });
  });

  test('that was used is refused to another phone', async () => {
    const other = await enrolPhone(stage, roles.lead);
    expect(await post('/enrolment/check', { invitation: phone.invitation })).toEqual({ status: 409, body: { error: 'used_invitation' } });
    const stolen = { ...other.enrolmentRequest, invitation: phone.invitation };
    expect(await post('/enrolment', stolen)).toEqual({ status: 409, body: { error: 'used_invitation' } });
  });

  test('ends after 72 hours, to the millisecond', async () => {
    const { invitation } = await invite();
    stage.clock.at += 72 * hour - 1;
    expect((await post('/enrolment/check', { invitation })).status).toBe(200);
    stage.clock.at += 1;
    expect(await post('/enrolment/check', { invitation })).toEqual({ status: 410, body: { error: 'expired_invitation' } });
  });

  test('that was cancelled says so', async () => {
    const { invitation, memberId } = await invite();
    await stage.db.updateTable('invitation').set({ cancelledAt: 1 }).where('memberId', '=', memberId).execute();
    expect(await post('/enrolment/check', { invitation })).toEqual({ status: 410, body: { error: 'cancelled_invitation' } });
  });

  test('is kept as a hash alone, as every token is', async () => {
    const { invitation } = await invite();
    const rows = JSON.stringify(await Promise.all((['invitation', 'session', 'device', 'challenge'] as const).map((table) => stage.db.selectFrom(table).selectAll().execute())));
    for (const secret of [invitation, phone.invitation, phone.sessionToken, phone.deliveryToken]) {
      expect(rows).not.toContain(secret);
      expect(rows).not.toContain(secret.split('.')[1]);
    }
  });
});

describe('enrolment', () => {
  test('repeated with the same key gives the same device again, also after the invitation has expired', async () => {
    stage.clock.at += 100 * hour;
    const again = await post('/enrolment', phone.enrolmentRequest);
    expect(again).toMatchObject({ status: 200, body: { deviceId: phone.deviceId, deliveryToken: phone.deliveryToken, epoch: 1, member: { memberId: phone.memberId } } });
    expect(await stage.endpoint.listDevices(commune)).toHaveLength(1);
    const auth = await stage.endpoint.authenticate(`Bearer ${String(again.body['sessionToken'])}`);
    expect(auth).toMatchObject({ ok: true, value: { deviceId: phone.deviceId } });
  });

  test('repeated after the device was heard of is refused: whoever finds the request on a locked phone gets no session', async () => {
    stage.clock.at += 1000;
    await phone.sync();
    expect(await post('/enrolment', phone.enrolmentRequest)).toEqual({ status: 409, body: { error: 'used_invitation' } });
  });

  test('repeated after the device was revoked is refused', async () => {
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    expect(await post('/enrolment', phone.enrolmentRequest)).toEqual({ status: 409, body: { error: 'used_invitation' } });
  });

  test('asks for a probe that opens, signed by the very device it names', async () => {
    const { invitation } = await invite();
    const other = await enrolPhone(stage, roles.lead);
    const request = { ...phone.enrolmentRequest, invitation };
    const cases = [
      { ...request, probe: await phone.seal({ entryId: 'an entry is no probe' }, 1) },
      { ...request, devicePublicKey: other.enrolmentRequest.devicePublicKey },
      { ...request, deviceId: other.deviceId },
      { ...request, probe: { ...request.probe, bytes: 'AAAA' } },
    ];
    for (const broken of cases) expect(await post('/enrolment', broken)).toEqual({ status: 422, body: { error: 'probe_not_opened' } });
    expect((await post('/enrolment/check', { invitation })).status).toBe(200);
  });

  test('a third active device of an account is refused, and allowed when one was revoked', async () => {
    const { memberId } = phone;
    await enrolPhone(stage, roles.member, { memberId });
    await expect(enrolPhone(stage, roles.member, { memberId })).rejects.toThrow('too_many_devices');
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    await enrolPhone(stage, roles.member, { memberId });
    expect((await stage.endpoint.listDevices(commune)).map(({ state }) => state).toSorted()).toEqual(['active', 'active', 'revoked']);
  });

  test('an unknown field is refused and named', async () => {
    expect(await post('/enrolment', { ...phone.enrolmentRequest, religion: 'x' })).toEqual({ status: 422, body: { error: 'unknown_field', field: 'religion' } });
    const probe = { ...phone.enrolmentRequest.probe, extra: 1 };
    expect(await post('/enrolment', { ...phone.enrolmentRequest, probe })).toEqual({ status: 422, body: { error: 'unknown_field', field: 'extra' } });
  });
});

describe('a session', () => {
  const ask = (token = phone.sessionToken) => stage.endpoint.authenticate(`Bearer ${token}`);

  test('ends 30 days after its last use', async () => {
    stage.clock.at += 29 * day;
    expect((await ask()).ok).toBe(true);
    stage.clock.at += 30 * day - 1;
    expect((await ask()).ok).toBe(true);
    stage.clock.at += 30 * day;
    expect(await ask()).toEqual({ ok: false, error: { code: 'no_session' } });
  });

  test('ends 90 days after it was opened, however much it is used', async () => {
    for (let n = 0; n < 89; n++) {
      stage.clock.at += day;
      expect((await ask()).ok).toBe(true);
    }
    stage.clock.at += day;
    expect(await ask()).toEqual({ ok: false, error: { code: 'no_session' } });
  });

  test('is refused to a revoked device at once, which is told so; its deliveries are still taken', async () => {
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    const response = await stage.app.request('/sync', { method: 'POST', headers: { authorization: `Bearer ${phone.sessionToken}` }, body: '{}' });
    expect([response.status, await response.json()]).toEqual([401, { error: 'revoked_device' }]);
    expect(await stage.endpoint.authenticate(`Delivery ${phone.deliveryToken}`)).toMatchObject({ ok: true, value: { kind: 'delivery' } });
  });

  test('a delivery token opens no session, nor a session token a delivery', async () => {
    expect(await ask(phone.deliveryToken)).toEqual({ ok: false, error: { code: 'no_session' } });
    expect(await stage.endpoint.authenticate(`Delivery ${phone.sessionToken}`)).toEqual({ ok: false, error: { code: 'no_session' } });
    expect(await stage.endpoint.authenticate('Basic abc')).toEqual({ ok: false, error: { code: 'no_session' } });
  });

  async function challengeFor(deviceId = phone.deviceId): Promise<string> {
    const { body } = await post('/session/challenge', { communeCode: commune, deviceId });
    return String(body['challenge']);
  }

  test('the next one is opened by signing a challenge, which works once', async () => {
    const challenge = await challengeFor();
    const signature = await signChallenge(phone.deviceKey, challenge);
    const opened = await post('/session', { challenge, signature });
    expect(opened.status).toBe(200);
    expect(await ask(String(opened.body['sessionToken']))).toMatchObject({ ok: true, value: { memberId: phone.memberId } });
    expect(await post('/session', { challenge, signature })).toEqual({ status: 401, body: { error: 'no_session' } });
  });

  test('a wrong signature uses the challenge up, a late one is too late, an unknown device learns nothing', async () => {
    const stranger = await importDeviceKey((await createDeviceKeys()).privateKey);
    const challenge = await challengeFor();
    expect((await post('/session', { challenge, signature: await signChallenge(stranger, challenge) })).status).toBe(401);
    expect((await post('/session', { challenge, signature: await signChallenge(phone.deviceKey, challenge) })).status).toBe(401);
    const late = await challengeFor();
    stage.clock.at += 5 * 60_000;
    expect((await post('/session', { challenge: late, signature: await signChallenge(phone.deviceKey, late) })).status).toBe(401);
    const unknown = await challengeFor('018f0000-0000-7000-8000-0000000000ff');
    expect(unknown).toMatch(/^01789\.[\w-]{43}$/);
    expect((await post('/session', { challenge: unknown, signature: await signChallenge(stranger, unknown) })).status).toBe(401);
  });

  test('a revoked device is told so only with its own signature', async () => {
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    const stranger = await importDeviceKey((await createDeviceKeys()).privateKey);
    const [one, two] = [await challengeFor(), await challengeFor()];
    expect((await post('/session', { challenge: one, signature: await signChallenge(stranger, one) })).body).toEqual({ error: 'no_session' });
    expect((await post('/session', { challenge: two, signature: await signChallenge(phone.deviceKey, two) })).body).toEqual({ error: 'revoked_device' });
  });
});

describe('what the administrator sees', () => {
  test('each device with its last contact and what it says it has not sent', async () => {
    await phone.save([change('household', north, stage.newId(), household(1))]);
    stage.clock.at += 2 * hour;
    await phone.request(`Bearer ${phone.sessionToken}`, { ...phone.pushBody(), pull: { ...phone.pullBody(), unsent: 4 } });
    expect(await stage.endpoint.listDevices()).toMatchObject([
      { deviceId: phone.deviceId, memberName: 'team_member (mẫu)', state: 'active', unsent: 4, lastContactAt: stage.clock.at },
    ]);
    expect(await stage.endpoint.listDevices('99904')).toEqual([]);
    expect(await stage.endpoint.revokeDevice(commune, '018f0000-0000-7000-8000-0000000000ff')).toBe(false);
  });

  test('a chain of audit lines that the database lets nobody change', async () => {
    const lines = await stage.db.selectFrom('audit').selectAll().where('communeCode', '=', commune).orderBy('number').execute();
    expect(lines.map(({ number, action }) => [number, action])).toEqual([[1, 'records_written'], [2, 'member_created'], [3, 'invitation_created'], [4, 'device_enrolled']]);
    expect(new Set(lines.map(({ hash }) => hash)).size).toBe(4);
    await expect(stage.db.updateTable('audit').set({ subject: 'x' }).execute()).rejects.toThrow('append-only');
    await expect(stage.db.deleteFrom('audit').execute()).rejects.toThrow('append-only');
  });
});
