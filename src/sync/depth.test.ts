import { expect, test } from 'vitest';
import { isShallow, maxAnswerDepth } from './depth.ts';

const nested = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

test('what is too deep is told apart, however deep it is', () => {
  for (const flat of [1, 'x', null, undefined, [], {}, nested(maxAnswerDepth)]) expect(isShallow(flat, maxAnswerDepth)).toBe(true);
  for (const depth of [maxAnswerDepth + 1, 5_000]) expect(isShallow([nested(depth - 1)], maxAnswerDepth)).toBe(false);
});
