import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDigest, digestToHex, emptyDigest, hexToDigest, rowDigest, subtractDigest } from './digest.ts';

test('a row counts as pinned: phone and endpoint must agree for ever', () => {
  expect(digestToHex(rowDigest('018f0000-0000-7000-8000-000000000001', 7))).toBe('85691dcea0633799cc2887e8ae3cf665');
  expect(digestToHex(emptyDigest)).toBe('0'.repeat(32));
});

test('rows added and taken away in any order leave what is there, and hex carries it whole', () => {
  const rows = fc.uniqueArray(fc.record({ id: fc.uuid(), sequence: fc.nat() }), { selector: (row) => row.id });
  fc.assert(
    fc.property(rows, rows, (kept, gone) => {
      const digests = (list: typeof kept) => list.map((row) => rowDigest(row.id, row.sequence));
      const direct = digests(kept).reduce(addDigest, emptyDigest);
      const all = [...digests(gone), ...digests(kept)].reduce(addDigest, emptyDigest);
      const back = digests(gone).reduce(subtractDigest, all);
      expect(back).toBe(direct);
      expect(hexToDigest(digestToHex(direct))).toBe(direct);
      expect(digestToHex(direct)).toMatch(/^[0-9a-f]{32}$/);
    }),
  );
});

test('another sequence or another record is another digest', () => {
  expect(rowDigest('a', 1)).not.toBe(rowDigest('a', 2));
  expect(rowDigest('a', 1)).not.toBe(rowDigest('b', 1));
});
