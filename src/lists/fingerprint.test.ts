import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameValue } from '#domain/change.ts';
import { fingerprintOf } from './fingerprint.ts';

const fields = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())));

it('tells apart what differs and nothing else, whatever the order', () => {
  fc.assert(
    fc.property(fields, fields, (one, other) => {
      expect(fingerprintOf(one) === fingerprintOf(other)).toBe(isSameValue(one, other));
      expect(fingerprintOf(Object.fromEntries(Object.entries(one).reverse()))).toBe(fingerprintOf(one));
    }),
  );
});

it('sees one letter', () => {
  expect(fingerprintOf({ headName: 'Nông Văn Sơn' })).not.toBe(fingerprintOf({ headName: 'Nông Văn Son' }));
});
