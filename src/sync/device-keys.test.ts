import { expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url } from './bytes.ts';
import { createDeviceKeys, importDeviceKey, isSignedAs, signAs, signChallenge, verifyChallenge } from './device-keys.ts';

const keys = await createDeviceKeys();
const deviceKey = await importDeviceKey(keys.privateKey);

test('a challenge signed by the device is proven by its public key alone', async () => {
  const signature = await signChallenge(deviceKey, 'thử thách 1');
  expect(await verifyChallenge(keys.publicKey, 'thử thách 1', signature)).toBe(true);
  expect(await verifyChallenge(keys.publicKey, 'thử thách 2', signature)).toBe(false);
  expect(await verifyChallenge((await createDeviceKeys()).publicKey, 'thử thách 1', signature)).toBe(false);
});

test('every bit of a signature counts', async () => {
  const signature = await signChallenge(deviceKey, 'c');
  const bytes = base64urlToBytes(signature);
  if (!bytes.ok) throw new Error('unreadable');
  for (let bit = 0; bit < bytes.value.length * 8; bit++) {
    const flipped = bytes.value.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(await verifyChallenge(keys.publicKey, 'c', bytesToBase64url(flipped))).toBe(false);
  }
});

test('a signed challenge is never the signature of a header, nor of the same bytes cut elsewhere', async () => {
  const [one, two, both] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(1, 2)];
  const signature = await signAs('challenge', deviceKey, one, two);
  expect(await isSignedAs('challenge', keys.publicKey, signature, one, two)).toBe(true);
  expect(await isSignedAs('sealing session', keys.publicKey, signature, one, two)).toBe(false);
  expect(await isSignedAs('challenge', keys.publicKey, signature, both)).toBe(false);
});

test('what cannot be read is not signed', async () => {
  const signature = await signChallenge(deviceKey, 'c');
  expect(await verifyChallenge('không phải khóa', 'c', signature)).toBe(false);
  expect(await verifyChallenge('AAAA', 'c', signature)).toBe(false);
  expect(await verifyChallenge(keys.publicKey, 'c', '')).toBe(false);
  expect(await verifyChallenge(keys.publicKey, 'c', `${signature}=`)).toBe(false);
});

test('an imported device key cannot be copied out of the page', async () => {
  expect(deviceKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('pkcs8', deviceKey)).rejects.toThrow('not extractable');
});

test('bytes that are no key do not import', async () => {
  await expect(importDeviceKey(keys.privateKey.slice(1))).rejects.toThrow('Invalid keyData');
});
