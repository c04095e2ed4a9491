import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url, joinBytes, packParts, textToBytes } from './bytes.ts';
import { dictionaryOne } from './entry-dictionary.ts';
import {
  acceptSealingSession, createDeviceKeys, createEndpointKeyPair, importDeviceKey, maxEntryBytes, openEntry, openOwnEntry,
  openReceipt, openSealingSession, sealEntry, sealReceipt,
} from './entry.ts';
import type { EntryKind, SealedEntry, SessionClaims } from './entry.ts';

const unreadable = { ok: false, error: { code: 'unreadable' } };
const deviceId = '0193a5e0-1111-7000-8000-000000000001';
const visit = {
  entryId: '01a1b5c2-7d3e-7f41-9c22-5e8f1b0a7c3d',
  deviceId,
  deviceSeq: 12,
  memberId: '01a1b5c2-0b1a-7c55-8d21-2f6e9a4b1c0d',
  schema: 1,
  occurredAt: '2026-12-03T09:41:27+07:00',
  after: [],
  changes: [
    {
      recordId: '01a1b5c2-7d3f-7a02-b1e4-6c9d2e5f8a10',
      kind: 'visit',
      areaId: '01789-003',
      base: 0,
      set: {
        householdId: '01a11f00-3c4d-7e5f-8a6b-7c8d9e0f1a2b',
        date: '2026-12-03',
        purpose: 'regular',
        met: 'yes',
        topics: ['water'],
        outcome: 'Bể nước đầu xóm bị nứt, đã hẹn báo lại',
      },
    },
  ],
};

let phone: Awaited<ReturnType<typeof openSealingSession>>;
let claims: SessionClaims;

beforeAll(async () => {
  const keyPair = await createEndpointKeyPair();
  const device = await createDeviceKeys();
  const endpoint = { endpointId: 'e', keyId: keyPair.keyId, publicKey: keyPair.publicKey };
  const deviceKey = await importDeviceKey(device.privateKey);
  phone = await openSealingSession({ endpoint, communeCode: '01789', deviceId, deviceKey });
  const args = { header: phone.header, endpointId: 'e', keyPair, devicePublicKey: device.publicKey };
  const accepted = await acceptSealingSession(args);
  if (!accepted.ok) throw new Error(accepted.error.code);
  ({ claims } = accepted.value);
  expect(accepted.value.entryKey).toEqual(phone.entryKey);
});

async function seal(entry: unknown, deviceSeq = 12, kind?: EntryKind): Promise<SealedEntry> {
  const { entryKey, sessionId } = phone;
  const sealed = await sealEntry({ entryKey, sessionId, deviceId, deviceSeq, entry, kind });
  if (!sealed.ok) throw new Error(`too large: ${sealed.error.bytes}`);
  return sealed.value;
}
function open(sealed: SealedEntry, changed: Partial<SessionClaims> = {}, kind?: EntryKind) {
  return openEntry({ entryKey: phone.entryKey, claims: { ...claims, ...changed }, sealed, kind });
}
function bytesOf(text: string) {
  const bytes = base64urlToBytes(text);
  if (!bytes.ok) throw new Error('unreadable');
  return bytes.value;
}

const letters = Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxy àáảãạằắẳẵặếềểễệồốổỗộứừửữựĐ.,?"\\\n😀\ud800');
const vietnamese = fc.string({ unit: fc.constantFrom(...letters), maxLength: 400 });

test('what the phone seals, the endpoint and the phone itself open to the same', async () => {
  await fc.assert(
    fc.asyncProperty(vietnamese, fc.jsonValue({ maxDepth: 3 }), fc.nat(), async (text, extra, deviceSeq) => {
      const entry = { deviceId, deviceSeq, text, extra: JSON.parse(JSON.stringify(extra)) as unknown };
      const sealed = await seal(entry, deviceSeq);
      expect(await open(sealed)).toEqual({ ok: true, value: entry });
      expect(await openOwnEntry({ entryKey: phone.entryKey, sessionId: phone.sessionId, deviceId, sealed })).toEqual(entry);
    }),
    { numRuns: 150 },
  );
});

test('every bit of a sealed entry counts', async () => {
  const sealed = await seal(visit);
  const bytes = bytesOf(sealed.bytes);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    expect(await open({ ...sealed, bytes: bytesToBase64url(flipped) }), `bit ${bit}`).toEqual(unreadable);
  }
});

test('cut short, made longer, empty or no base64url: unreadable', async () => {
  const sealed = await seal(visit);
  const bytes = bytesOf(sealed.bytes);
  for (const length of [0, 1, 3, 15, 31, 94, bytes.length - 64, bytes.length - 1]) {
    expect(await open({ ...sealed, bytes: bytesToBase64url(bytes.subarray(0, length)) })).toEqual(unreadable);
  }
  expect(await open({ ...sealed, bytes: bytesToBase64url(joinBytes(bytes, new Uint8Array(64))) })).toEqual(unreadable);
  expect(await open({ ...sealed, bytes: `${sealed.bytes}=` })).toEqual(unreadable);
  expect(await open({ ...sealed, bytes: 'A'.repeat(2 * maxEntryBytes) })).toEqual(unreadable);
});

test('under another session, device, deviceSeq or key it does not open', async () => {
  const sealed = await seal({ text: 'chào' });
  expect(await open(sealed)).toEqual({ ok: true, value: { text: 'chào' } });
  expect(await open(sealed, { sessionId: 'AAAAAAAAAAAAAAAAAAAAAA' })).toEqual(unreadable);
  expect(await open({ ...sealed, session: 'AAAAAAAAAAAAAAAAAAAAAA' })).toEqual(unreadable);
  const other = { ...sealed, session: 'AAAAAAAAAAAAAAAAAAAAAA' };
  expect(await open(other, { sessionId: other.session })).toEqual(unreadable);
  expect(await open(sealed, { deviceId: deviceId.replace('1', '2') })).toEqual(unreadable);
  for (const deviceSeq of [13, -1, 12.5, Number.NaN, 2 ** 53]) {
    expect(await open({ ...sealed, deviceSeq })).toEqual(unreadable);
  }
  expect(await openEntry({ entryKey: phone.receiptKey, claims, sealed })).toEqual(unreadable);
});

/** Seals as a dishonest device could: any bytes inside, any head. */
async function sealRaw(content: Uint8Array, head: readonly number[] = [1, 1, 0]): Promise<SealedEntry> {
  const padding = new Uint8Array(64 - (content.length % 64));
  padding[0] = 0x80;
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = packParts(
    Uint8Array.from(head), textToBytes(phone.sessionId), textToBytes(deviceId), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 12),
  );
  const key = await crypto.subtle.importKey('raw', phone.entryKey, 'AES-GCM', false, ['encrypt']);
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, joinBytes(content, padding));
  return { session: phone.sessionId, deviceSeq: 12, bytes: bytesToBase64url(joinBytes(Uint8Array.from(head), nonce, new Uint8Array(box))) };
}
function deflated(value: unknown) {
  return deflateRawSync(JSON.stringify(value));
}

test('the bytes are laid out as written down: another hand seals the same with zlib and WebCrypto', async () => {
  expect(await open(await sealRaw(deflated(visit)))).toEqual({ ok: true, value: visit });
  const packed = deflateRawSync(JSON.stringify(visit), { dictionary: dictionaryOne });
  expect(await open(await sealRaw(packed, [1, 1, 1]))).toEqual({ ok: true, value: visit });
});

test('an unknown version, kind or dictionary is unreadable', async () => {
  for (const head of [[2, 1, 0], [0, 1, 0], [1, 4, 0], [1, 1, 2]]) {
    expect(await open(await sealRaw(deflated(visit), head))).toEqual(unreadable);
  }
});

test('a device that says inside what its seal does not say is unreadable, and our own phone never seals that', async () => {
  expect(await open(await sealRaw(deflated({ ...visit, deviceSeq: 13 })))).toEqual(unreadable);
  expect(await open(await sealRaw(deflated({ ...visit, deviceId: 'khác' })))).toEqual(unreadable);
  await expect(seal({ ...visit, deviceSeq: 13 })).rejects.toThrow('another device');
  await expect(seal({ ...visit, deviceId: 'khác' })).rejects.toThrow('another device');
});

test('a deflate bomb of a known device is refused', async () => {
  const bomb = await sealRaw(deflateRawSync(`"${' '.repeat(40_000_000)}"`, { level: 9 }));
  expect(bomb.bytes.length).toBeLessThan(maxEntryBytes);
  expect(await open(bomb)).toEqual(unreadable);
  expect(await open(await sealRaw(deflateRawSync(`"${' '.repeat(maxEntryBytes)}"`)))).toEqual(unreadable);
  expect(await open(await sealRaw(deflateRawSync(`"${' '.repeat(maxEntryBytes - 2)}"`)))).toMatchObject({ ok: true });
});

test('an entry too large to be taken is refused at the save, however well it deflates', async () => {
  const args = { entryKey: phone.entryKey, sessionId: phone.sessionId, deviceId, deviceSeq: 12 };
  const easy = await sealEntry({ ...args, entry: 'a'.repeat(maxEntryBytes) });
  expect(easy).toEqual({ ok: false, error: { code: 'too_large', bytes: maxEntryBytes + 2 } });
  const noise = bytesToBase64url(crypto.getRandomValues(new Uint8Array(49_200))).slice(0, maxEntryBytes - 2);
  const sealed = await sealEntry({ ...args, entry: noise });
  expect(sealed.ok && (await open(sealed.value))).toEqual({ ok: true, value: noise });
});

test('a probe is not an entry, and an entry is not a probe', async () => {
  const probe = await seal({ probe: true }, 0, 'probe');
  expect(await open(probe, {}, 'probe')).toEqual({ ok: true, value: { probe: true } });
  expect(await open(probe)).toEqual(unreadable);
  expect(await open(await seal(visit), {}, 'probe')).toEqual(unreadable);
});

test('ten thousand seals never repeat a nonce, and the same entry never seals the same', async () => {
  const seals = await Promise.all(Array.from({ length: 10_000 }, () => seal('x')));
  expect(new Set(seals.map(({ bytes }) => bytes.slice(4, 20))).size).toBe(10_000);
  expect(new Set(seals.map(({ bytes }) => bytes)).size).toBe(10_000);
});

test('entries of like length are sealed to the same length', async () => {
  const lengths = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => bytesOf((await seal({ text: 'xin chào bà con '.slice(0, n % 16) })).bytes).length),
  );
  expect(new Set(lengths).size).toBe(1);
});

test('a visit of some 500 bytes of JSON is sealed small', async () => {
  const plain = textToBytes(JSON.stringify(visit)).length;
  const sealed = await seal(visit);
  const without = bytesOf((await sealRaw(deflated(visit))).bytes).length;
  const size = bytesOf(sealed.bytes).length;
  process.stdout.write(`a visit: ${plain} B of JSON, ${size} B sealed, ${sealed.bytes.length} as text (${without} B without dictionary)\n`);
  expect(plain).toBeGreaterThan(480);
  expect(sealed.bytes.length).toBeLessThan(450);
  expect(size).toBeLessThan(without);
});

const receipt = { verdicts: [{ entryId: visit.entryId, verdict: 'applied' }] };

test('a receipt is read by the device it was sealed for', async () => {
  const { receiptKey, sessionId } = phone;
  const sealed = await sealReceipt({ receiptKey, sessionId, deviceId, receipt });
  if (!sealed.ok) throw new Error('too large');
  expect(await openReceipt({ receiptKey, sessionId, deviceId, sealed: sealed.value })).toEqual({ ok: true, value: receipt });
  expect(await openReceipt({ receiptKey, sessionId, deviceId: 'khác', sealed: sealed.value })).toEqual(unreadable);
  expect(await openReceipt({ receiptKey, sessionId: 'khác', deviceId, sealed: sealed.value })).toEqual(unreadable);
  const moved = { ...sealed.value, session: 'khác' };
  expect(await openReceipt({ receiptKey, sessionId, deviceId, sealed: moved })).toEqual(unreadable);
  expect(await openReceipt({ receiptKey, sessionId: 'khác', deviceId, sealed: moved })).toEqual(unreadable);
});

test('a forged receipt settles nothing', async () => {
  const { receiptKey, entryKey, sessionId } = phone;
  const byEntryKey = await sealReceipt({ receiptKey: entryKey, sessionId, deviceId, receipt });
  if (!byEntryKey.ok) throw new Error('too large');
  expect(await openReceipt({ receiptKey, sessionId, deviceId, sealed: byEntryKey.value })).toEqual(unreadable);
  const entry = await sealEntry({ entryKey: receiptKey, sessionId, deviceId, deviceSeq: 0, entry: receipt });
  if (!entry.ok) throw new Error('too large');
  expect(await openReceipt({ receiptKey, sessionId, deviceId, sealed: entry.value })).toEqual(unreadable);
});

test('our own entry that does not open is no silent loss', async () => {
  const sealed = await seal(visit);
  const args = { entryKey: phone.receiptKey, sessionId: phone.sessionId, deviceId, sealed };
  await expect(openOwnEntry(args)).rejects.toThrow('own sealed entry 12');
});

test('a key of another length and a deviceSeq that is no count are mistakes of the caller', async () => {
  const args = { sessionId: phone.sessionId, deviceId, entry: visit };
  await expect(sealEntry({ ...args, entryKey: new Uint8Array(16), deviceSeq: 12 })).rejects.toThrow(RangeError);
  await expect(sealEntry({ ...args, entryKey: phone.entryKey, deviceSeq: 1.5, entry: 1 })).rejects.toThrow(RangeError);
});
