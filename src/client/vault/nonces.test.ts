/**
 * A repeated nonce under one key gives AES-GCM away. 10^5 seals in every run; `SEALS=1000000 npx vitest run src/client/vault/nonces.test.ts` for the
 * million.
 */
import { expect, test } from 'vitest';
import { base64urlToBytes, createDeviceKeys, createEndpointKeyPair, importDeviceKey, openSealingSession, sealEntry } from '#sync/entry.ts';
import { createVault } from './vault.ts';

const asked = process.env['SEALS'];
const seals = Number(asked ?? 100_000);
/** Ten times the work of a box. */
const entries = asked === undefined ? seals / 10 : seals;
const atOnce = 1_000;
const timeout = 60_000 + seals;
/** Of a box: its version; of a sealed entry: version, kind, dictionary. */
const before = { box: 1, entry: 3 };
const nonceLength = 12;

/** Nonces of `count` seals as text of 12 characters; how often each of their 96 bits was set. */
async function drawn(count: number, seal: (n: number) => Promise<Uint8Array>) {
  const different = new Set<string>();
  const set = new Uint32Array(nonceLength * 8);
  for (let done = 0; done < count; done += atOnce) {
    for (const nonce of await Promise.all(Array.from({ length: atOnce }, (_, n) => seal(done + n)))) {
      different.add(String.fromCharCode(...nonce));
      for (let bit = 0; bit < set.length; bit++) set[bit]! += (nonce[bit >> 3]! >> (bit & 7)) & 1;
    }
  }
  return { different: different.size, set };
}

/** Six standard deviations: of a thousand million runs with good nonces hardly one fails. */
function expectRandom({ different, set }: Awaited<ReturnType<typeof drawn>>, count: number): void {
  expect(different).toBe(count);
  expect([...set].filter((times) => Math.abs(times - count / 2) > 3 * Math.sqrt(count))).toEqual([]);
}

test(`under one data key ${seals} boxes have ${seals} nonces`, { timeout }, async () => {
  const made = await createVault({ passphrase: 'suối trâu mận gạo' });
  if (!made.ok) throw new Error(made.error.code);
  const plain = Uint8Array.of(1, 2, 3);
  expectRandom(await drawn(seals, async (n) => (await made.value.open.sealUnderDataKey(plain, `drafts/${n % 3}`)).subarray(before.box, before.box + nonceLength)), seals);
});

test(`under one sealing session ${entries} entries have ${entries} nonces`, { timeout }, async () => {
  const keyPair = await createEndpointKeyPair();
  const { privateKey } = await createDeviceKeys();
  const deviceId = 'device';
  const session = await openSealingSession({
    endpoint: { endpointId: 'endpoint', keyId: keyPair.keyId, publicKey: keyPair.publicKey }, communeCode: '01789', deviceId, deviceKey: await importDeviceKey(privateKey),
  });
  const seal = async (deviceSeq: number) => {
    const sealed = await sealEntry({ ...session, deviceId, deviceSeq, entry: { text: 'x' } });
    const bytes = sealed.ok ? base64urlToBytes(sealed.value.bytes) : undefined;
    if (!bytes?.ok) throw new Error('not sealed');
    return bytes.value.subarray(before.entry, before.entry + nonceLength);
  };
  expectRandom(await drawn(entries, seal), entries);
});
