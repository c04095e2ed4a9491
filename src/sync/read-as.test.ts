import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readAs } from './read-as.ts';

const schema = z.strictObject({ words: z.array(z.string()) });

test('what has the shape is read, what has not is not, however much of it is wrong', () => {
  expect(readAs(schema, { words: ['a'] })).toEqual({ words: ['a'] });
  expect(readAs(schema, { words: [1] })).toBeUndefined();
  expect(readAs(schema, { words: Array.from({ length: 600_000 }, () => 1) })).toBeUndefined();
});

test('a fault of the schema itself is not hidden', () => {
  const faulty = z.string().check(
    z.refine(() => {
      throw new TypeError('ours');
    }),
  );
  expect(() => readAs(faulty, 'x')).toThrow('ours');
});
