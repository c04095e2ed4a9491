import { beforeEach, expect, test } from 'vitest';
import { argonFloor } from '#client/vault/vault.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import type { Disk } from '#client/store/disk.ts';
import { beginEnrolment, completeEnrolment } from '#client/store/enrol-phone.ts';
import { readPhone } from '#client/store/phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import type { RenewalFailure } from '#client/remote/renewal.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { createEndpointKeyPair } from '#sync/entry.ts';
import { createNewId } from '#sync/new-id.ts';
import type { EnrolmentAnswer } from '#sync/protocol.ts';
import { takeNewIdentity } from './renew-identity.ts';

const keyPair = await createEndpointKeyPair();
const newId = createNewId(() => Date.parse('2026-11-22T08:00:00+07:00'), (length) => crypto.getRandomValues(new Uint8Array(length)));
const member = { memberId: newId(), communeCode: '01789', name: 'Lý Thị Lan', assignments: [] };
const answerTo = (deviceId: string): EnrolmentAnswer => ({ member, deviceId, sessionToken: '01789.s', deliveryToken: '01789.d', epoch: 1 });

let disk: Disk;
let phone: UnlockedPhone;
/** The device each request asked to become. */
let asked: string[];

beforeEach(async () => {
  disk = createMemoryDisk();
  asked = [];
  const endpoint = { endpointId: newId(), keyId: keyPair.keyId, publicKey: keyPair.publicKey };
  const begun = await beginEnrolment(disk, { invitation: `01789.${'a'.repeat(43)}`, endpoint, passphrase: 'suối trong núi xanh', newId, argon: argonFloor });
  if (!begun.ok) throw new Error(begun.error.code);
  phone = begun.value;
  await completeEnrolment(disk, phone, answerTo(phone.deviceId));
});

/** An endpoint that says one after the other; `undefined`: yes. */
function saying(...failures: (RenewalFailure | undefined)[]): Parameters<typeof takeNewIdentity>[2] {
  return async (of, toRequest): Promise<Result<EnrolmentAnswer, RenewalFailure>> => {
    expect(of.deviceId).toBe(phone.deviceId);
    const { deviceId } = await toRequest('a challenge');
    asked.push(deviceId);
    const failure = failures.shift();
    return failure === undefined ? ok(answerTo(deviceId)) : err(failure);
  };
}

test('a phone becomes the device it asked to become', async () => {
  expect(await takeNewIdentity(disk, phone, saying(undefined))).toBeUndefined();
  expect(await readPhone(disk)).toMatchObject({ state: 'locked', deviceId: asked[0] });
});

test('asked again after a failure it is with the same keys: the answer may have been lost', async () => {
  expect(await takeNewIdentity(disk, phone, saying('not_now'))).toBe('not_now');
  expect(await takeNewIdentity(disk, phone, saying(undefined))).toBeUndefined();
  expect(asked[1]).toBe(asked[0]);
});

test('keys that another holder of the same disk has used are given up for others', async () => {
  expect(await takeNewIdentity(disk, phone, saying('used_device', undefined))).toBeUndefined();
  expect(asked[1]).not.toBe(asked[0]);
  expect(await readPhone(disk)).toMatchObject({ state: 'locked', deviceId: asked[1] });
});

test('an endpoint that calls every key used is not asked for ever, and the phone stays what it was', async () => {
  expect(await takeNewIdentity(disk, phone, saying('used_device', 'used_device', 'used_device'))).toBe('used_device');
  expect(asked).toHaveLength(2);
  expect(await readPhone(disk)).toMatchObject({ state: 'locked', deviceId: phone.deviceId });
});

test('whoever is too late finds that another tab has done it', async () => {
  expect(await takeNewIdentity(disk, phone, saying(undefined))).toBeUndefined();
  expect(await takeNewIdentity(disk, phone, saying('no_session'))).toBeUndefined();
  expect(asked).toHaveLength(1);
});
