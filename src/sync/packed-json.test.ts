import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Inflate } from 'fflate';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { joinBytes, textToBytes } from './bytes.ts';
import { dictionaryOf, dictionaryOne } from './entry-dictionary.ts';
import { maxEntryBytes, packJson, unpackJson } from './packed-json.ts';

const noDictionary = new Uint8Array(0);
const unreadable = { ok: false, error: { code: 'unreadable' } };

function packed(value: unknown, dictionary = dictionaryOne) {
  const result = packJson(value, dictionary);
  if (!result.ok) throw new Error('too large');
  return result.value;
}

function pad(deflated: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = new Uint8Array(64 - (deflated.length % 64));
  padding[0] = 0x80;
  return joinBytes(deflated, padding);
}

afterEach(() => void vi.restoreAllMocks());

test('a dictionary of entries never changes: this hash is for ever', async () => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', dictionaryOne));
  expect(Buffer.from(hash).toString('hex')).toBe('95a2b95f2f7638ea0b4fa890fae4d4e3bd40d7c7da360ac6bfb55fa3c8eb4d07');
});

test('only the ids that were shipped name a dictionary', () => {
  expect(dictionaryOf(0)).toEqual(noDictionary);
  expect(dictionaryOf(1)).toBe(dictionaryOne);
  expect(dictionaryOf(2)).toBeUndefined();
});

test('any JSON comes back, with a dictionary and without, and zlib reads it too', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, hasDictionary) => {
      const dictionary = hasDictionary ? dictionaryOne : noDictionary;
      const bytes = packed(value, dictionary);
      const opened = unpackJson(bytes, dictionary);
      expect(JSON.stringify(opened.ok && opened.value)).toBe(JSON.stringify(value));
      const deflated = bytes.subarray(0, bytes.lastIndexOf(0x80));
      const plain = inflateRawSync(deflated, hasDictionary ? { dictionary } : {});
      expect(plain.toString()).toBe(JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});

test('long texts that repeat themselves and the dictionary come back', () => {
  const word = fc.constantFrom('đường bê tông ', 'Nguyễn Văn ', '"recordId":"', 'xóm Nà Lủng ', 'à', '😀', '\\n', 'k');
  const text = fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 30 })), { minLength: 400, maxLength: 2_500 });
  fc.assert(
    fc.property(text, (words) => {
      const value = { text: words.join('') };
      const result = packJson(value, dictionaryOne);
      fc.pre(result.ok);
      expect(unpackJson(result.value, dictionaryOne)).toEqual({ ok: true, value });
    }),
    { numRuns: 60 },
  );
});

test('64 KiB of JSON are taken, one byte more is refused with its length, however well it deflates', () => {
  const fitting = 'a'.repeat(maxEntryBytes - 2);
  expect(unpackJson(packed(fitting), dictionaryOne)).toEqual({ ok: true, value: fitting });
  expect(packJson(`${fitting}a`, dictionaryOne)).toEqual({ ok: false, error: { code: 'too_large', bytes: maxEntryBytes + 1 } });
});

test('a deflate bomb is refused before it has inflated', () => {
  const bomb = pad(deflateRawSync(new Uint8Array(60_000_000).fill(32), { level: 9 }));
  expect(bomb.length).toBeLessThan(maxEntryBytes);
  const push = vi.spyOn(Inflate.prototype, 'push');
  expect(unpackJson(bomb, noDictionary)).toEqual(unreadable);
  expect(push.mock.calls.length).toBeLessThanOrEqual(3);
});

test('a length tells no more than how many blocks of 64 bytes there are', () => {
  const lengths = new Set(Array.from({ length: 200 }, (_, n) => packed(Buffer.alloc(n, `${n}`).toString('base64')).length));
  expect([...lengths].every((length) => length % 64 === 0 && length > 0)).toBe(true);
  expect(lengths.size).toBeLessThan(6);
});

test('what fills its blocks exactly is still told from its padding', () => {
  for (let n = 0; n < 200; n++) {
    const value = { n, text: Array.from({ length: n }, (_, i) => String.fromCharCode(33 + ((i * 7919 + n) % 90))).join('') };
    expect(unpackJson(packed(value), dictionaryOne)).toEqual({ ok: true, value });
  }
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['zeros alone', new Uint8Array(64)],
  ['a length that is no multiple of 64', packed('x').slice(0, 63)],
  ['padding longer than a block', joinBytes(packed('x'), new Uint8Array(64))],
  ['padding without its mark', pad(deflateRawSync('1')).map((byte) => (byte === 0x80 ? 0x81 : byte))],
  ['no deflate stream', pad(Uint8Array.of(7, 7, 7))],
  ['text that is not JSON', pad(deflateRawSync(textToBytes('{"a":')))],
  ['text that is not UTF-8', pad(deflateRawSync(Uint8Array.of(34, 0xc3, 34)))],
])('%s is unreadable', (_, bytes) => {
  expect(unpackJson(bytes, noDictionary)).toEqual(unreadable);
});

test('a stream cut short is never read as the shorter text it holds', () => {
  const deflated = deflateRawSync('1234567890'.repeat(2) + '24680135799753'.repeat(3));
  for (let length = 0; length < deflated.length; length++) {
    expect(unpackJson(pad(deflated.subarray(0, length)), noDictionary), `${length} bytes`).toEqual(unreadable);
  }
  expect(unpackJson(pad(deflated), noDictionary)).toMatchObject({ ok: true });
});

test('what JSON cannot write is a mistake of the caller', () => {
  expect(() => packJson(undefined, dictionaryOne)).toThrow(TypeError);
});
