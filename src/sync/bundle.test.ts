import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bundleFileName, createBundle, createReceiptFile, fileKindOf, maxFileCharacters, readBundle, readReceiptFile, receiptFileName, splitBundle,
} from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { bytesToBase64url } from './bytes.ts';
import { createDeviceKeys, createEndpointKeyPair, importDeviceKey, openEntry, openSealingSession, readSessionClaims, sealEntry, acceptSealingSession } from './entry.ts';
import type { EndpointKeyPair } from './entry.ts';
import { batchLimits, syncRequestSchema } from './protocol.ts';

const endpointId = '018f0000-0000-7000-8000-000000000001';
const deviceId = '018f0000-0000-7000-8000-000000000002';
const madeAt = '2026-11-22T08:00:00+07:00';
const communeCode = '01789';
const header = { info: 'aW5mbw', enc: 'ZW5j', signature: 'c2ln' };
const idOf = (index: number) => bytesToBase64url(Uint8Array.from({ length: 16 }, (_, at) => (at === 15 ? index : at)));

const base64url = fc.uint8Array({ maxLength: 60 }).map(bytesToBase64url);
const bundles: fc.Arbitrary<Bundle> = fc
  .record({
    epoch: fc.nat(9),
    sessions: fc.uniqueArray(fc.record({ sessionId: fc.nat(255).map(idOf), header: fc.record({ info: base64url, enc: base64url, signature: base64url }) }), {
      selector: ({ sessionId }) => sessionId, minLength: 1, maxLength: 4,
    }),
    sealed: fc.array(fc.record({ session: fc.nat(9), deviceSeq: fc.integer({ min: 1, max: 1e6 }), bytes: base64url }), { maxLength: 6 }),
  })
  .map(({ epoch, sessions, sealed }) => {
    const sessionOf = (index: number) => sessions[index % sessions.length]?.sessionId ?? '';
    const entries = sealed.map(({ session, deviceSeq, bytes }) => ({ session: sessionOf(session), deviceSeq, bytes }));
    return { endpointId, epoch, communeCode, madeAt, sessions, entries };
  });

test('a bundle is read as it was made', () => {
  fc.assert(
    fc.property(bundles, (bundle) => {
      expect(readBundle(createBundle(bundle))).toEqual({ ok: true, value: bundle });
      expect(readBundle(`\u{feff}${createBundle(bundle)}\r\n`)).toEqual({ ok: true, value: bundle });
    }),
  );
});

test('whatever is changed in its text, a bundle says what it said or is refused', () => {
  const mutation = fc.record({ at: fc.nat(), length: fc.nat(4), text: fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('0', '1', '"', ',', '{}', '\\u0041', ' ')) });
  fc.assert(
    fc.property(bundles, fc.array(mutation, { minLength: 1, maxLength: 3 }), (bundle, mutations) => {
      let text = createBundle(bundle);
      for (const { at, length, text: put } of mutations) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + put + text.slice(start + length);
      }
      const read = readBundle(text);
      expect(read.ok ? read.value : bundle).toEqual(bundle);
    }),
    { numRuns: 1000 },
  );
});

test('a bundle that was cut short anywhere is refused, and is called damaged once it says what it is', () => {
  const text = createBundle({ endpointId, epoch: 1, communeCode, madeAt, sessions: [{ sessionId: idOf(1), header }], entries: [{ session: idOf(1), deviceSeq: 1, bytes: 'QUJD' }] });
  for (let length = 0; length < text.length; length++) {
    expect(readBundle(text.slice(0, length))).toEqual({ ok: false, error: { code: length < '{"format":"gan-dan bundle"'.length ? 'not_a_bundle' : 'damaged' } });
  }
});

test('who makes the sum fit as well still makes no entry say another thing', async () => {
  const { keyPair, bundle, open } = await sealedBundle();
  const [sealed] = bundle.entries;
  if (sealed === undefined) throw new Error('no entry');
  expect(await open(sealed)).toEqual({ ok: true, value: { deviceSeq: 7, text: 'đã gặp' } });
  expect(keyPair.keyId).not.toBe('');
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom('A', 'Q', 'g', 'w', '0', '9', '-', '_'), async (at, symbol) => {
      const place = at % sealed.bytes.length;
      const bytes = sealed.bytes.slice(0, place) + symbol + sealed.bytes.slice(place + 1);
      fc.pre(bytes !== sealed.bytes);
      const read = readBundle(createBundle({ ...bundle, entries: [{ ...sealed, bytes }] }));
      const [forged] = read.ok ? read.value.entries : [];
      expect(forged && (await open(forged))).toEqual({ ok: false, error: { code: 'unreadable' } });
    }),
  );
  for (const moved of [{ ...sealed, deviceSeq: 8 }, { ...sealed, session: idOf(9) }]) expect((await open(moved)).ok).toBe(false);
});

test('another file, one of a newer version and one too large are told apart, without reading the large one', () => {
  const code = (text: string) => {
    const read = readBundle(text);
    return read.ok ? 'read' : read.error.code;
  };
  expect(code('')).toBe('not_a_bundle');
  expect(code('{"a":1}')).toBe('not_a_bundle');
  expect(code('<html>')).toBe('not_a_bundle');
  expect(code('{"format":"gan-dan bundle","version":2,"what":{"ever":1}}')).toBe('newer_version');
  expect(code('{"format":"gan-dan bundle","version":0}')).toBe('damaged');
  expect(code('{"format":"gan-dan bundle"}')).toBe('damaged');
  expect(code(`{"format":"gan-dan bundle","version":2,"a":"${' '.repeat(maxFileCharacters)}"}`)).toBe('too_large');
  expect(code(`{"format":"gan-dan bundle","version":1,"entries":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)).toBe('damaged');
  expect(code(createReceiptFile([], { endpointId, madeAt }))).toBe('not_a_bundle');
});

test('an entry without its session is not put into a bundle, and not taken out of one', () => {
  const stray = { session: idOf(2), deviceSeq: 1, bytes: 'QUJD' };
  const bundle = { endpointId, epoch: 1, communeCode, madeAt, sessions: [{ sessionId: idOf(1), header }], entries: [{ ...stray, session: idOf(1) }] };
  expect(() => createBundle({ ...bundle, entries: [stray] })).toThrow('session');
  // Named alike in the file alone: the sum is right for neither.
  expect(readBundle(createBundle(bundle).replaceAll(`"session":"${idOf(1)}"`, `"session":"${idOf(2)}"`))).toEqual({ ok: false, error: { code: 'damaged' } });
});

test('a bundle goes up in requests that the endpoint takes, each entry once, in order, with its header', () => {
  const sealed = fc.record({ session: fc.nat(60), bytes: fc.constantFrom(4, 400, 40_000, 87_000).map((length) => 'A'.repeat(length)) });
  fc.assert(
    fc.property(fc.array(sealed, { minLength: 1, maxLength: 500, size: 'max' }), (drawn) => {
      const entries = drawn.map(({ session, bytes }, index) => ({ session: idOf(session), deviceSeq: index + 1, bytes }));
      const sessions = Array.from({ length: 61 }, (_, index) => ({ sessionId: idOf(index), header: { ...header, info: idOf(index) } }));
      const requests = splitBundle({ sessions, entries });
      expect(requests.flatMap((request) => request.entries)).toEqual(entries);
      for (const request of requests) {
        expect(syncRequestSchema.safeParse({ protocol: 1, ...request }).success).toBe(true);
        expect(request.entries.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(batchLimits.bytes);
        expect(new Set(request.sessions.map(({ info }) => info))).toEqual(new Set(request.entries.map(({ session }) => session)));
      }
    }),
    { numRuns: 30 },
  );
  expect(splitBundle({ sessions: [], entries: [] })).toEqual([]);
});

test('receipts come home in a file that is refused like a bundle', () => {
  const receipts = [{ session: idOf(1), bytes: 'QUJD' }, { session: idOf(2), bytes: 'REVG' }];
  const text = createReceiptFile(receipts, { endpointId, madeAt });
  expect(readReceiptFile(text)).toEqual({ ok: true, value: { endpointId, madeAt, receipts } });
  expect(fileKindOf(text)).toBe('receipts');
  expect(fileKindOf('[]')).toBeUndefined();
  expect(readReceiptFile(text.replace('REVG', 'REVH'))).toEqual({ ok: false, error: { code: 'damaged' } });
  for (let length = 0; length < text.length; length++) expect(readReceiptFile(text.slice(0, length)).ok).toBe(false);
});

test('files are named so that a person finds them', () => {
  expect(bundleFileName(12, '2026-11-22')).toBe('gan-dan-12-phieu-2026-11-22.gandan');
  expect(receiptFileName(12, '2026-11-22')).toBe('gan-dan-bien-nhan-12-phieu-2026-11-22.gandan');
});

async function sealedBundle() {
  const keyPair: EndpointKeyPair = await createEndpointKeyPair();
  const keys = await createDeviceKeys();
  const deviceKey = await importDeviceKey(keys.privateKey);
  const session = await openSealingSession({ endpoint: { endpointId, keyId: keyPair.keyId, publicKey: keyPair.publicKey }, communeCode, deviceId, deviceKey });
  const sealed = await sealEntry({ entryKey: session.entryKey, sessionId: session.sessionId, deviceId, deviceSeq: 7, entry: { deviceSeq: 7, text: 'đã gặp' } });
  const claims = readSessionClaims(session.header);
  const accepted = await acceptSealingSession({ header: session.header, endpointId, keyPair, devicePublicKey: keys.publicKey });
  if (!sealed.ok || !claims.ok || !accepted.ok) throw new Error('not sealed');
  const bundle: Bundle = { endpointId, epoch: 1, communeCode, madeAt, sessions: [{ sessionId: session.sessionId, header: session.header }], entries: [sealed.value] };
  const open = (entry: Bundle['entries'][number]) => openEntry({ entryKey: accepted.value.entryKey, claims: claims.value, sealed: entry });
  return { keyPair, bundle, open };
}
