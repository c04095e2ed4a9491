import { expect, test } from 'vitest';
import { amountOf, wholeNumber } from './typed-number.ts';

test('an amount is its digits, however it is parted', () => {
  expect(['500.000', '500,000', '500 000 đ', '500000', ' '].map(amountOf)).toEqual([500_000, 500_000, 500_000, 500_000, undefined]);
});

test('a count is a whole number or none', () => {
  expect([' 86 ', '86,5', '-1', '', 'mười', '1234567890'].map(wholeNumber)).toEqual([86, undefined, undefined, undefined, undefined, undefined]);
});
