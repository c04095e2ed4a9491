import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { argonFloor, argonParameters, deriveKey, isAffordable, isStrongEnough } from './derive-key.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// Known answers of the reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c, Argon2id v1.3).
test.each([
  [2, 65_536, 'password', 'somesalt', '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
  [2, 256, 'password', 'somesalt', '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe'],
  [1, 65_536, 'password', 'somesalt', 'f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98'],
  [2, 65_536, 'differentpassword', 'somesalt', '0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde'],
  [2, 65_536, 'password', 'diffsalt', 'bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c'],
])('Argon2id t=%i m=%i KiB of %j, %j is the known answer', async (iterations, memoryKiB, passphrase, salt, answer) => {
  expect(hex(await deriveKey(passphrase, utf8(salt), { memoryKiB, iterations, parallelism: 1 }))).toBe(answer);
});

test('with the parameters of the vault, Vietnamese text derives to what OpenSSL derives', async () => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  for (const { memoryKiB, iterations, parallelism } of [argonParameters, argonFloor]) {
    const expected = argon2Sync('argon2id', {
      message: utf8('suối trâu mận gạo'), nonce: salt, parallelism, tagLength: 32, memory: memoryKiB, passes: iterations,
    });
    expect(hex(await deriveKey('suối trâu mận gạo', salt, { memoryKiB, iterations, parallelism }))).toBe(hex(expected));
  }
});

test('the parameters are those of the design, and the floor is 19 MiB and 2 passes', () => {
  expect(argonParameters).toEqual({ memoryKiB: 65_536, iterations: 3, parallelism: 1 });
  expect(isStrongEnough(argonParameters)).toBe(true);
  expect(isStrongEnough({ memoryKiB: 19_456, iterations: 2, parallelism: 1 })).toBe(true);
  expect(isStrongEnough({ memoryKiB: 19_455, iterations: 2, parallelism: 1 })).toBe(false);
  expect(isStrongEnough({ memoryKiB: 65_536, iterations: 1, parallelism: 1 })).toBe(false);
});

test('parameters that would take the page down, or are no counts, are not affordable', () => {
  expect(isAffordable(argonParameters)).toBe(true);
  for (const wrong of [{ memoryKiB: 4_194_304 }, { iterations: 1_000 }, { parallelism: 64 }, { iterations: 2.5 }, { memoryKiB: Number.NaN }]) {
    expect(isAffordable({ ...argonParameters, ...wrong }), JSON.stringify(wrong)).toBe(false);
  }
});
