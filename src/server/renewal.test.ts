import { beforeEach, describe, expect, test } from 'vitest';
import { createDeviceKeys, importDeviceKey } from '#sync/entry.ts';
import type { RenewalRequest } from '#sync/protocol.ts';
import { createListInMemory } from './append-only-list.ts';
import type { Revocation } from './revocation-list.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, newIdentity, north, renewalRequest, renewPhone, roles, visit } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
let phone: TestPhone;
let revocations: ReturnType<typeof createListInMemory<Revocation>>;

beforeEach(async () => {
  revocations = createListInMemory<Revocation>();
  stage = await createTestEndpoint({ revocations });
  phone = await enrolPhone(stage, roles.member);
});

async function post(body: RenewalRequest): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await stage.app.request('/device/renewal', { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const states = async () => Object.fromEntries((await stage.endpoint.listDevices(commune)).map(({ deviceId, state }) => [deviceId, state]));
const authenticate = (token: unknown) => stage.endpoint.authenticate(`Bearer ${String(token)}`);
const newHousehold = (no: number) => change('household', north, stage.newId(), household(no));
const used = { status: 409, body: { error: 'used_device' } };

describe('a phone that takes a new identity', () => {
  test('is the same member with new tokens; the device it was is retired', async () => {
    const identity = await newIdentity(stage);
    const { status, body } = await post(await renewalRequest(stage, phone, identity));
    expect([status, body]).toEqual([200, expect.objectContaining({ deviceId: identity.deviceId, epoch: 1 })]);
    expect(body['member']).toEqual({ memberId: phone.memberId, communeCode: commune, name: 'team_member (mẫu)', assignments: [roles.member] });
    expect(await states()).toEqual({ [phone.deviceId]: 'retired', [identity.deviceId]: 'active' });
    expect(await authenticate(body['sessionToken'])).toMatchObject({ ok: true, value: { deviceId: identity.deviceId, memberId: phone.memberId } });
    const delivery = await stage.endpoint.authenticate(`Delivery ${String(body['deliveryToken'])}`);
    expect(delivery).toMatchObject({ ok: true, value: { kind: 'delivery', deviceId: identity.deviceId } });
    expect(await stage.db.selectFrom('audit').select(['actor', 'subject']).where('action', '=', 'device_renewed').execute()).toEqual([
      { actor: phone.memberId, subject: identity.deviceId },
    ]);
  });

  test('is told what became of what it sealed before, also of what arrives later, by another road', async () => {
    const [sent, late] = [await phone.save([newHousehold(1)]), phone.entry([newHousehold(2)])];
    await phone.request(`Delivery ${phone.deliveryToken}`, phone.pushBody());
    const renewed = await renewPhone(stage, phone);
    const mine = await renewed.save([newHousehold(3)]);
    await renewed.sync();
    const verdictAt = (deviceId: string, entryId: string) => renewed.rows(`device/${deviceId}`).get(entryId);
    expect(verdictAt(phone.deviceId, sent.entryId)).toMatchObject({ verdict: { verdict: 'applied' } });
    expect(verdictAt(renewed.deviceId, mine.entryId)).toMatchObject({ verdict: { verdict: 'applied' } });
    const outcome = await renewed.request(undefined, phone.pushBody([await phone.seal(late, late.deviceSeq)]));
    expect(outcome.entries).toMatchObject([{ outcome: 'kept' }]);
    await renewed.sync();
    expect(verdictAt(phone.deviceId, late.entryId)).toMatchObject({ verdict: { verdict: 'applied' } });
  });

  test('goes on where it stood in the channel of the device it was, and over several identities', async () => {
    const first = await phone.save([newHousehold(1)]);
    await phone.sync();
    const third = await renewPhone(stage, await renewPhone(stage, phone));
    const { cursor } = third.channels.get(`device/${phone.deviceId}`) ?? { cursor: 0 };
    expect(cursor).toBe(1);
    const [answer] = await third.sync();
    expect(answer?.pull).toMatchObject({ left: [] });
    expect([...third.channels.keys()].filter((id) => id.startsWith('device/'))).toHaveLength(3);
    expect(third.rows(`device/${phone.deviceId}`).has(first.entryId)).toBe(true);
  });

  test("reads nothing of a device of its member's that it never was", async () => {
    const other = await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    const entry = await other.save([newHousehold(1)]);
    await other.sync();
    const renewed = await renewPhone(stage, phone);
    renewed.channels.set(`device/${other.deviceId}`, { cursor: 0, rows: new Map(), digest: undefined });
    const [answer] = await renewed.sync();
    expect(answer?.pull).toMatchObject({ left: [`device/${other.deviceId}`] });
    expect(JSON.stringify([...renewed.channels])).not.toContain(`device/${other.deviceId}`);
    expect(JSON.stringify(answer)).not.toContain(entry.entryId);
  });

  test('does so with two devices on the account: the one it was makes room', async () => {
    await enrolPhone(stage, roles.member, { memberId: phone.memberId });
    await renewPhone(stage, phone);
    expect(Object.values(await states()).toSorted()).toEqual(['active', 'active', 'retired']);
  });
});

describe('the device that was replaced', () => {
  test('reads no more and is told why, by its session and by its signature', async () => {
    await renewPhone(stage, phone);
    const response = await stage.app.request('/sync', { method: 'POST', headers: { authorization: `Bearer ${phone.sessionToken}` }, body: '{}' });
    expect([response.status, await response.json()]).toEqual([401, { error: 'retired_device' }]);
    const { challenge, signature } = await renewalRequest(stage, phone, await newIdentity(stage));
    const opened = await stage.app.request('/session', { method: 'POST', body: JSON.stringify({ challenge, signature }) });
    expect([opened.status, await opened.json()]).toEqual([401, { error: 'retired_device' }]);
  });

  test('is told nothing without its signature', async () => {
    await renewPhone(stage, phone);
    const stranger = { deviceId: phone.deviceId, deviceKey: await importDeviceKey((await createDeviceKeys()).privateKey) };
    const { challenge, signature } = await renewalRequest(stage, stranger, await newIdentity(stage));
    expect(await stage.endpoint.openSession(challenge, signature)).toEqual({ ok: false, error: { code: 'no_session' } });
  });

  test('still delivers, and what it sealed is judged as ever', async () => {
    const house = newHousehold(1);
    await phone.save([house]);
    await phone.save([change('visit', north, stage.newId(), visit(house.recordId))]);
    const renewed = await renewPhone(stage, phone);
    await phone.request(`Delivery ${phone.deliveryToken}`, phone.pushBody());
    await renewed.sync();
    const verdicts = [...renewed.rows(`device/${phone.deviceId}`).values()].map((row) => 'verdict' in row && row.verdict.verdict);
    expect(verdicts).toEqual(['applied', 'applied']);
  });
});

describe('asked again', () => {
  test('with the same keys, because the answer was lost, it is the same device', async () => {
    const identity = await newIdentity(stage);
    const first = await post(await renewalRequest(stage, phone, identity));
    const again = await post(await renewalRequest(stage, phone, identity));
    expect(again).toMatchObject({ status: 200, body: { deviceId: identity.deviceId, deliveryToken: first.body['deliveryToken'] } });
    for (const { body } of [first, again]) expect(await authenticate(body['sessionToken'])).toMatchObject({ ok: true, value: { deviceId: identity.deviceId } });
    expect(Object.keys(await states())).toHaveLength(2);
    expect(await stage.db.selectFrom('audit').selectAll().where('action', '=', 'device_renewed').execute()).toHaveLength(1);
  });

  test('with the very same request it is refused: a challenge works once', async () => {
    const request = await renewalRequest(stage, phone, await newIdentity(stage));
    expect((await post(request)).status).toBe(200);
    expect(await post(request)).toEqual({ status: 401, body: { error: 'no_session' } });
  });

  test('after the new device was heard of it is refused, whoever asks', async () => {
    const identity = await newIdentity(stage);
    const renewed = await renewPhone(stage, phone, identity);
    stage.clock.at += 1000;
    await renewed.sync();
    expect(await post(await renewalRequest(stage, phone, identity))).toEqual(used);
  });

  test('two requests at once make one device', async () => {
    const identity = await newIdentity(stage);
    const requests = [await renewalRequest(stage, phone, identity), await renewalRequest(stage, phone, identity)];
    expect((await Promise.all(requests.map(post))).map(({ status }) => status)).toEqual([200, 200]);
    expect(Object.values(await states()).toSorted()).toEqual(['active', 'retired']);
  });
});

describe('a copied disk with two holders', () => {
  test('becomes two devices, each with the verdicts of the one they both were and none of the other', async () => {
    const shared = await phone.save([newHousehold(1)]);
    await phone.sync();
    const [one, two] = [await renewPhone(stage, phone), await renewPhone(stage, phone)];
    const entries = [await one.save([newHousehold(2)]), await two.save([newHousehold(3)])];
    await one.sync();
    await two.sync();
    expect([one, two].map((holder) => holder.rows(`device/${phone.deviceId}`).has(shared.entryId))).toEqual([true, true]);
    expect([one.verdict(entries[0]?.entryId ?? ''), two.verdict(entries[1]?.entryId ?? '')]).toMatchObject([{ verdict: 'applied' }, { verdict: 'applied' }]);
    expect([...one.channels.keys()]).not.toContain(`device/${two.deviceId}`);
    expect([...two.channels.keys()]).not.toContain(`device/${one.deviceId}`);
    expect(await states()).toEqual({ [phone.deviceId]: 'retired', [one.deviceId]: 'active', [two.deviceId]: 'active' });
  });

  test('a third finds no room, and still delivers', async () => {
    for (let n = 0; n < 2; n++) await renewPhone(stage, phone);
    const identity = await newIdentity(stage);
    expect(await post(await renewalRequest(stage, phone, identity))).toEqual({ status: 409, body: { error: 'too_many_devices' } });
    expect(Object.keys(await states())).not.toContain(identity.deviceId);
    await phone.save([newHousehold(1)]);
    const answer = await phone.request(`Delivery ${phone.deliveryToken}`, phone.pushBody());
    expect(answer.entries).toMatchObject([{ outcome: 'kept' }]);
  });
});

describe('a renewal is refused', () => {
  test('to a revoked device, which is told so, and to a stranger, who is not', async () => {
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    const identity = await newIdentity(stage);
    const stranger = { deviceId: phone.deviceId, deviceKey: identity.deviceKey };
    expect(await post(await renewalRequest(stage, stranger, identity))).toEqual({ status: 401, body: { error: 'no_session' } });
    expect(await post(await renewalRequest(stage, phone, identity))).toEqual({ status: 401, body: { error: 'revoked_device' } });
    expect(Object.keys(await states())).toEqual([phone.deviceId]);
  });

  test('without a probe that opens, signed by the key that it names', async () => {
    const [identity, other] = [await newIdentity(stage), await newIdentity(stage)];
    const broken = [
      { probe: await identity.seal({ entryId: 'no probe' }, 1) },
      { devicePublicKey: other.proof.devicePublicKey },
      { deviceId: other.deviceId },
    ];
    for (const part of broken) {
      expect(await post({ ...(await renewalRequest(stage, phone, identity)), ...part })).toEqual({ status: 422, body: { error: 'probe_not_opened' } });
    }
    expect(await states()).toEqual({ [phone.deviceId]: 'active' });
  });

  test('into a device that is there already: its own, another of the member, or a colleague\'s', async () => {
    const identity = await newIdentity(stage);
    const invited = await stage.endpoint.createInvitation({ communeCode: commune, name: 'Hoàng Thị Én (mẫu)', assignments: [roles.lead] });
    expect((await stage.endpoint.enrol({ invitation: invited.invitation, ...identity.proof })).ok).toBe(true);
    expect(await post(await renewalRequest(stage, phone, identity))).toEqual(used);
    const own = { ...identity, proof: phone.enrolmentRequest };
    const { invitation: _invitation, ...proof } = own.proof;
    expect(await post(await renewalRequest(stage, phone, { ...identity, proof }))).toEqual(used);
    const mine = await newIdentity(stage);
    const second = await stage.endpoint.createInvitation({ communeCode: commune, name: 'x', assignments: [], memberId: phone.memberId });
    expect((await stage.endpoint.enrol({ invitation: second.invitation, ...mine.proof })).ok).toBe(true);
    expect(await post(await renewalRequest(stage, phone, mine))).toEqual(used);
    expect((await states())[phone.deviceId]).toBe('active');
  });

  test('with an unknown field', async () => {
    const request = { ...(await renewalRequest(stage, phone, await newIdentity(stage))), invitation: 'x' };
    expect(await post(request)).toEqual({ status: 422, body: { error: 'unknown_field', field: 'invitation' } });
  });
});

describe('revoking a phone that took a new identity', () => {
  test('revokes what it was too: whoever holds its disk may hold both keys', async () => {
    const renewed = await renewPhone(stage, phone);
    await stage.endpoint.revokeDevice(commune, renewed.deviceId);
    expect(await states()).toEqual({ [phone.deviceId]: 'revoked', [renewed.deviceId]: 'revoked' });
    expect(await post(await renewalRequest(stage, phone, await newIdentity(stage)))).toEqual({ status: 401, body: { error: 'revoked_device' } });
    expect(revocations.all().map(({ deviceId }) => deviceId).toSorted()).toEqual([phone.deviceId, renewed.deviceId].toSorted());
  });

  test('under its old name revokes what it became, over all its identities', async () => {
    const second = await renewPhone(stage, phone);
    const third = await renewPhone(stage, second);
    await stage.endpoint.revokeDevice(commune, phone.deviceId);
    expect(await authenticate(third.sessionToken)).toEqual({ ok: false, error: { code: 'revoked_device' } });
    expect(Object.values(await states())).toEqual(['revoked', 'revoked', 'revoked']);
  });

  test('leaves the other holder of a copied disk as it is', async () => {
    const [lost, kept] = [await renewPhone(stage, phone), await renewPhone(stage, phone)];
    await stage.endpoint.revokeDevice(commune, lost.deviceId);
    expect(await states()).toEqual({ [phone.deviceId]: 'revoked', [lost.deviceId]: 'revoked', [kept.deviceId]: 'active' });
    const [answer] = await kept.sync();
    expect(answer?.pull).toHaveProperty('pages');
  });

  test('holds after a restore to the time before the renewal', async () => {
    const renewed = await renewPhone(stage, phone);
    await stage.endpoint.revokeDevice(commune, renewed.deviceId);
    await stage.db.deleteFrom('session').where('deviceId', '=', renewed.deviceId).execute();
    await stage.db.deleteFrom('device').where('deviceId', '=', renewed.deviceId).execute();
    await stage.db.updateTable('device').set({ state: 'active', revokedAt: null }).execute();
    const restored = await stage.restarted();
    expect((await restored.endpoint.listDevices(commune)).map(({ state }) => state)).toEqual(['revoked']);
  });
});
