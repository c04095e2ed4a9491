import { afterEach, expect, test, vi } from 'vitest';
import { formatNumber } from './numbers.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([['vi', '1.000.000'], ['en', '1,000,000'], ['', '1.000.000']])('in a page of language "%s" a million is %s', (lang, written) => {
  vi.stubGlobal('document', { documentElement: { lang } });
  expect(formatNumber(1_000_000)).toBe(written);
});
