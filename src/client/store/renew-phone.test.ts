import { beforeEach, describe, expect, test } from 'vitest';
import { argonFloor } from '#client/vault/vault.ts';
import type { VaultOptions } from '#client/vault/vault.ts';
import { err, ok } from '#domain/result.ts';
import { acceptSealingSession, createEndpointKeyPair, openEntry, verifyChallenge } from '#sync/entry.ts';
import type { EnrolmentAnswer } from '#sync/protocol.ts';
import { DiskError } from './disk.ts';
import type { Disk, RenewalKeys } from './disk.ts';
import { openFieldStore } from './open-store.ts';
import { changePassphrase } from './change-passphrase.ts';
import { beginEnrolment, completeEnrolment } from './enrol-phone.ts';
import { readPhone, wipePhone } from './phone.ts';
import { unlock } from './unlock-phone.ts';
import type { UnlockedPhone } from './phone.ts';
import { abandonRenewal, beginRenewal, completeRenewal, followRenewal, renewalRequest, renewPhone } from './renew-phone.ts';
import { answerOf, communeCode, createTestChannel, diskKinds, epochStart, hamletChannel, householdRow, lan, newId, pull, testRandom, visitDraft } from './store.test-support.ts';
import type { StoreDeps } from './open-store.ts';

const keyPair = await createEndpointKeyPair();
const endpoint = { endpointId: newId(), keyId: keyPair.keyId, publicKey: keyPair.publicKey };
const passphrase = 'suối trong núi xanh';
/** What a derivation costs is not what is looked at here. */
const cheap: VaultOptions = { argon: argonFloor, derive: async (words, salt) => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${words} ${salt.join()}`))) };

describe.each(diskKinds)('a phone that becomes another device ($name)', (kind) => {
  let openDisk: () => Disk;
  let disk: Disk;
  let phone: UnlockedPhone;

  beforeEach(async () => {
    openDisk = kind.create();
    disk = openDisk();
    const begun = await beginEnrolment(disk, { invitation: `${communeCode}.${'a'.repeat(43)}`, endpoint, passphrase, newId, ...cheap });
    if (!begun.ok) throw new Error(begun.error.code);
    phone = begun.value;
    await completeEnrolment(disk, phone, answerFor(phone.deviceId, 'first'));
  });

  const answerFor = (deviceId: string, token = 'next'): EnrolmentAnswer => ({
    member: { ...lan, name: `Lan ${token}` }, deviceId, sessionToken: `${communeCode}.${token}`, deliveryToken: `${communeCode}.${token}-delivery`, epoch: 1,
  });
  const openStore = async (of: UnlockedPhone, more: Partial<StoreDeps> = {}) =>
    await openFieldStore({ disk: openDisk(), phone: of, clock: { now: () => epochStart }, random: testRandom, ...more });
  const unlocked = async (words = passphrase) => {
    const result = await unlock(openDisk(), words, cheap);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  const begin = async (of = phone, on = disk): Promise<RenewalKeys> => {
    const begun = await beginRenewal(on, of, { newId });
    if (!begun.ok) throw new Error(begun.error.code);
    return begun.value;
  };
  const complete = async (keys: RenewalKeys, of = phone, token?: string) => {
    const done = await completeRenewal(disk, of, answerFor(keys.deviceId, token));
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  };
  const keyring = async () => {
    const row = await disk.read(['keyring'], async (tables) => await tables.keyring.get('phone'));
    if (row?.state !== 'enrolled') throw new Error('not enrolled');
    return row;
  };

  test('asks as the device it was, and proves the one it becomes', async () => {
    const keys = await begin();
    const { devicePublicKey } = (await keyring()).vault;
    expect(keys.devicePublicKey).not.toBe(devicePublicKey);
    const request = await renewalRequest(phone, keys, 'a challenge');
    expect(await verifyChallenge(devicePublicKey, 'a challenge', request.signature)).toBe(true);
    const accepted = await acceptSealingSession({ header: request.header, endpointId: endpoint.endpointId, keyPair, devicePublicKey: request.devicePublicKey });
    if (!accepted.ok) throw new Error(accepted.error.code);
    expect(accepted.value.claims).toMatchObject({ communeCode, deviceId: request.deviceId });
    expect((await openEntry({ ...accepted.value, sealed: request.probe, kind: 'probe' })).ok).toBe(true);
    // What the wire takes no more of it than that.
    expect(Object.keys(request).toSorted()).toEqual(['challenge', 'deviceId', 'devicePublicKey', 'header', 'probe', 'signature']);
  });

  test('keeps its passphrase, records, drafts and numbers; what it sealed goes as it is, what it seals is the new device\'s', async () => {
    const old = phone.deviceId;
    const store = await openStore(phone);
    const hamlet = createTestChannel(hamletChannel);
    const household = householdRow();
    hamlet.show(household);
    await pull(store, hamlet, answerOf());
    const [first, second] = [visitDraft(household.recordId), visitDraft(household.recordId)];
    await store.write([first]);
    await store.saveDraft({ draftId: 'd', form: 'visit', values: { outcome: 'đang gõ' } });
    store.noteRetired();
    expect(store.needsNewIdentity()).toBe(true);

    const keys = await begin();
    const renewed = await complete(keys);
    store.close();
    expect(renewed.deviceId).toBe(keys.deviceId);
    expect(await readPhone(disk)).toMatchObject({ state: 'locked', deviceId: keys.deviceId });
    for (const one of [renewed, await unlocked()]) {
      const reopened = await openStore(one);
      expect(reopened.needsNewIdentity()).toBe(false);
      expect(reopened.account().name).toBe('Lan next');
      expect(await one.sessionToken()).toBe(`${communeCode}.next`);
      expect(reopened.find(household.recordId)).toBeDefined();
      expect(reopened.find(first.visitId)).toBeDefined();
      expect(reopened.drafts()).toMatchObject([{ draftId: 'd' }]);
    }
    const next = await openStore(renewed);
    expect((await next.write([second])).ok).toBe(true);
    const { entries, sessions } = await next.outbound({ entries: 9, bytes: 1e6 });
    expect(entries.map(({ deviceSeq }) => deviceSeq)).toEqual([1, 2]);
    expect([next.entryOf(1)?.deviceId, next.entryOf(2)?.deviceId]).toEqual([old, keys.deviceId]);
    const publicKeys = [phone.enrolling?.devicePublicKey, keys.devicePublicKey];
    for (const [index, header] of sessions.entries()) {
      const accepted = await acceptSealingSession({ header, endpointId: endpoint.endpointId, keyPair, devicePublicKey: publicKeys[index] ?? '' });
      expect(accepted).toMatchObject({ ok: true, value: { claims: { deviceId: [old, keys.deviceId][index] } } });
    }
    expect(await keyring()).toMatchObject({ replaced: [old], deliveryToken: `${communeCode}.next-delivery` });
    expect((await keyring()).renewal).toBeUndefined();
  });

  test('asks with the same keys again, whenever it was killed before the answer was on disk', async () => {
    const keys = await begin();
    expect(await begin()).toEqual(keys);
    // Killed before the request, or with the answer lost: another life of the page.
    const again = await unlocked();
    expect(await begin(again)).toEqual(keys);
    expect((await renewalRequest(again, keys, 'c')).deviceId).toBe(keys.deviceId);
    expect(await readPhone(disk)).toMatchObject({ deviceId: phone.deviceId });
    // The answer is here and the disk takes nothing: nothing has changed.
    const failing: Disk = { ...disk, write: async () => await Promise.reject(new DiskError('full')) };
    expect(await completeRenewal(failing, again, answerFor(keys.deviceId))).toEqual({ ok: false, error: { code: 'storage_full' } });
    expect(await readPhone(disk)).toMatchObject({ deviceId: phone.deviceId });
    expect(await begin(await unlocked())).toEqual(keys);
    expect((await complete(keys, await unlocked())).deviceId).toBe(keys.deviceId);
    // The commit was the last the page did: the next one finds the new device, and a late answer changes nothing.
    expect((await unlocked()).deviceId).toBe(keys.deviceId);
    expect((await complete(keys, phone, 'late')).deviceId).toBe(keys.deviceId);
    expect(await (await unlocked()).sessionToken()).toBe(`${communeCode}.next`);
    expect(await keyring()).toMatchObject({ replaced: [phone.deviceId] });
  });

  test('becomes one device in two tabs at once, and the second follows without a passphrase', async () => {
    const other = await unlocked();
    let renewed = 0;
    const second = await openStore(other, { onRenewed: () => (renewed += 1) });
    const [one, two] = await Promise.all([begin(phone), begin(other, openDisk())]);
    expect(two).toEqual(one);
    const done = await Promise.all([complete(one, phone), complete(two, other)]);
    expect(done.map(({ deviceId }) => deviceId)).toEqual([one.deviceId, one.deviceId]);
    await second.refresh();
    expect(renewed).toBe(1);
    const follower = await followRenewal(openDisk(), other);
    if (follower === undefined) throw new Error('not followed');
    second.close();
    other.close();
    const store = await openStore(follower);
    expect(store.deviceId).toBe(one.deviceId);
    expect(store.account().memberId).toBe(lan.memberId);
    expect((await keyring()).replaced).toEqual([phone.deviceId]);
  });

  test('makes other keys where another holder of its disk was first, and leaves those that have become its own', async () => {
    const keys = await begin();
    expect(await abandonRenewal(disk, phone, { deviceId: newId() })).toEqual({ ok: true, value: undefined });
    expect(await begin()).toEqual(keys);
    await abandonRenewal(disk, phone, keys);
    const others = await begin();
    expect(others.deviceId).not.toBe(keys.deviceId);
    expect(others.devicePublicKey).not.toBe(keys.devicePublicKey);
    const late = { ok: false, error: { code: 'ended_elsewhere' } };
    expect(await completeRenewal(disk, phone, answerFor(keys.deviceId))).toEqual(late);
    expect((await unlocked()).deviceId).toBe(phone.deviceId);
    await complete(others);
    await abandonRenewal(disk, phone, others);
    expect((await unlocked()).deviceId).toBe(others.deviceId);
    expect(await completeRenewal(disk, phone, answerFor(keys.deviceId))).toEqual(late);
    expect(await beginRenewal(disk, phone, { newId })).toEqual(late);
  });

  test('may become a third device, and remembers both that it was', async () => {
    const second = await complete(await begin());
    const third = await complete(await begin(second), second);
    expect((await keyring()).replaced).toEqual([phone.deviceId, second.deviceId]);
    expect((await followRenewal(disk, phone))?.deviceId).toBe(third.deviceId);
    expect(await followRenewal(disk, third)).toBeUndefined();
  });

  test('keeps a passphrase that was changed meanwhile, also in the middle of the last step', async () => {
    const keys = await begin();
    const words = 'đồi chè gió mát';
    let changed: unknown;
    const interrupted: Disk = {
      ...disk,
      async write(names, body) {
        changed ??= await changePassphrase(openDisk(), passphrase, words, cheap);
        return await disk.write(names, body);
      },
    };
    const done = await completeRenewal(interrupted, phone, answerFor(keys.deviceId));
    expect(changed).toEqual({ ok: true, value: undefined });
    expect(done.ok).toBe(true);
    expect((await unlocked(words)).deviceId).toBe(keys.deviceId);
    expect(await unlock(disk, passphrase, cheap)).toMatchObject({ ok: false, error: { code: 'wrong_passphrase' } });
  });

  test('stays the new device when its passphrase is changed just then', async () => {
    const keys = await begin();
    const words = 'đồi chè gió mát';
    let renewed: unknown;
    const interrupted: Disk = {
      ...disk,
      async read(names, body) {
        const found = await disk.read(names, body);
        renewed ??= await completeRenewal(disk, phone, answerFor(keys.deviceId));
        return found;
      },
    };
    expect(await changePassphrase(interrupted, passphrase, words, cheap)).toEqual({ ok: true, value: undefined });
    expect(renewed).toMatchObject({ ok: true });
    expect(await unlocked(words)).toMatchObject({ deviceId: keys.deviceId, vault: { devicePublicKey: keys.devicePublicKey } });
    expect(await unlock(disk, passphrase, cheap)).toMatchObject({ ok: false, error: { code: 'wrong_passphrase' } });
  });

  test('that is wiped meanwhile stays wiped', async () => {
    const keys = await begin();
    await wipePhone(disk, 'revoked');
    expect(await beginRenewal(disk, phone, { newId })).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
    expect(await completeRenewal(disk, phone, answerFor(keys.deviceId))).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
    expect(await followRenewal(disk, phone)).toBeUndefined();
    expect(await readPhone(disk)).toMatchObject({ state: 'wiped', deviceId: phone.deviceId });
  });

  test('goes on from wherever it was cut off until the endpoint has answered', async () => {
    const asked: string[] = [];
    const refusals: string[] = [];
    const renew = async (of = phone) =>
      await renewPhone(disk, of, {
        newId,
        ask: async (makeRequest) => {
          const { deviceId } = await makeRequest('challenge');
          asked.push(deviceId);
          const code = refusals.shift();
          return code === undefined ? ok(answerFor(deviceId)) : err({ code });
        },
      });
    refusals.push('unreachable', 'too_many_devices', 'used_device', 'used_device');
    expect(await renew()).toEqual({ ok: false, error: { code: 'unreachable' } });
    expect(await renew()).toEqual({ ok: false, error: { code: 'too_many_devices' } });
    expect(asked[1]).toBe(asked[0]);
    // Somebody else holds this disk, and was that device first: asked at once with other keys, and not for ever.
    expect(await renew()).toEqual({ ok: false, error: { code: 'used_device' } });
    expect(asked).toEqual([asked[0], asked[0], asked[0], asked[3]]);
    refusals.push('used_device');
    expect(await renew(await unlocked())).toMatchObject({ ok: true, value: { deviceId: asked[5] } });
    expect(new Set(asked).size).toBe(3);
    expect((await unlocked()).deviceId).toBe(asked[5]);
    expect(await renew()).toEqual({ ok: false, error: { code: 'ended_elsewhere' } });
    expect(asked).toHaveLength(6);
  });

  test('hands its old session to nobody: a tab that still is the old device finds no token of the new one', async () => {
    await complete(await begin());
    expect(await phone.sessionToken()).toBeUndefined();
    await phone.keepSessionToken('stray');
    expect(await (await unlocked()).sessionToken()).toBe(`${communeCode}.next`);
  });
});
