import { expect, test } from 'vitest';
import { countIn, numberOf, outcomeOf } from './said-visits.ts';

test('a visit is told from every other by what it says', () => {
  expect(numberOf(outcomeOf(17))).toBe(17);
  expect(numberOf('đã hẹn 17.')).toBeUndefined();
  expect(numberOf(`${outcomeOf(17)} Thêm`)).toBeUndefined();
});

test('one that stands twice is counted twice, and never for another that begins alike', () => {
  const list = `22/11/2026 · Thăm thường kỳ\n${outcomeOf(1)}\n${outcomeOf(11)}\n${outcomeOf(1)}`;
  expect([1, 11, 111].map((number) => countIn(list, number))).toEqual([2, 1, 0]);
});
