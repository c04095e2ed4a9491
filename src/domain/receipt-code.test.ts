import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFields } from './change.ts';
import { createReceiptCode, readReceiptCode } from './receipt-code.ts';
import { validFields } from './records.test-support.ts';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Random bytes from a seed: a code that anyone might be given. */
const codes = fc.infiniteStream(fc.nat(255)).map((stream) => createReceiptCode((length) => Uint8Array.from(stream.take(length))));
const plain = (code: string): string => code.replaceAll('-', '');

describe('a receipt code', () => {
  test('reads back as it was given, and the schema of feedback takes it', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(readReceiptCode(code)).toBe(code);
        expect(checkFields('feedback', { ...validFields.feedback, receiptCode: code })).toBeUndefined();
      }),
    );
  });

  test('is read in lower case, with spaces or none, O as 0, I and L as 1', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom('o', 'O', '0'), fc.constantFrom('i', 'I', 'l', 'L', '1'), (code, zero, one) => {
        const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', zero).replaceAll('1', one)} `;
        expect(readReceiptCode(typed)).toBe(code);
      }),
    );
  });

  test('with one wrong symbol is noticed', () => {
    fc.assert(
      fc.property(codes, fc.nat(8), fc.integer({ min: 1, max: 31 }), (code, place, shift) => {
        const letters = [...plain(code)];
        letters[place] = symbols[(symbols.indexOf(letters[place] ?? '') + shift) % 32] ?? '';
        expect(readReceiptCode(letters.join(''))).toBeUndefined();
      }),
    );
  });

  test('with two neighbors swapped is noticed', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), (code, place) => {
        const letters = [...plain(code)];
        const [left, right] = [letters[place] ?? '', letters[place + 1] ?? ''];
        fc.pre(left !== right);
        letters.splice(place, 2, right, left);
        expect(readReceiptCode(letters.join(''))).toBeUndefined();
      }),
    );
  });

  test('with a symbol missing, one too many or one that is never given is no code', () => {
    for (const typed of ['', '7K3F-2M9Q', '7K3F-2M9Q-HH', '7K3F-2M9U-H', 'cầu treo']) expect(readReceiptCode(typed)).toBeUndefined();
  });

  test('is drawn again where the check symbol would be none of the letters', () => {
    // The body 0000 0010 has the value 32: the first of the five symbols that are not letters.
    const draws = [Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1)];
    expect(createReceiptCode(() => draws.shift() ?? new Uint8Array())).toBe('0000-0001-1');
    expect(draws).toEqual([]);
  });
});
