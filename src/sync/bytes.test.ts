import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64urlToBytes, bytesToBase64url, bytesToText, packParts, textToBytes, unpackParts } from './bytes.ts';

test('base64url is the one Node writes and reads back to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = bytesToBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(base64urlToBytes(text)).toEqual({ ok: true, value: new Uint8Array(bytes) });
    }),
  );
});

test('whatever text is read, it is the only text of its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('A', 'B', 'Q', 'g', 'w', '0', '9', '-', '_', '='), maxLength: 9 }), (text) => {
      const bytes = base64urlToBytes(text);
      fc.pre(bytes.ok);
      expect(bytesToBase64url(bytes.value)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['A', 'AA=', 'AA==', 'A+', 'A/', 'A A', 'AB', 'AAB', 'ÀA', 'AAAAđ', '\u0000\u0000'])('%j is refused', (text) => {
  expect(base64urlToBytes(text)).toEqual({ ok: false, error: { code: 'unreadable' } });
});

test('text comes back to the letter, a byte order mark as well, and what is no UTF-8 is refused', () => {
  for (const text of ['', 'xóm Nà Lủng 😀', '\ufeffa', '\u0000']) expect(bytesToText(textToBytes(text))).toBe(text);
  expect(() => bytesToText(Uint8Array.of(0xc3))).toThrow(TypeError);
});

test('lists that differ in any part or border pack differently and unpack to themselves', () => {
  const lists = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
  fc.assert(
    fc.property(lists, lists, (one, other) => {
      const packed = packParts(...one);
      expect(unpackParts(packed)).toEqual(one.map((part) => new Uint8Array(part)));
      const isSame = JSON.stringify(one.map((part) => [...part])) === JSON.stringify(other.map((part) => [...part]));
      expect(bytesToBase64url(packed) === bytesToBase64url(packParts(...other))).toBe(isSame);
    }),
  );
});

test('a list that is cut short, or a part too long to prefix, is refused', () => {
  const packed = packParts(Uint8Array.of(1, 2, 3), Uint8Array.of(4));
  expect(unpackParts(packed.subarray(0, packed.length - 1))).toBeUndefined();
  expect(unpackParts(packed.subarray(0, 1))).toBeUndefined();
  expect(() => packParts(new Uint8Array(65_536))).toThrow(RangeError);
});
