import { expect, test } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import { receiptOutcome } from './receipt-words.ts';

test.each([
  [{ settled: 2, notOurs: 0, waiting: 0 }, 'good', 'Xã đã xem 2 phiếu trong biên nhận này.'],
  [{ settled: 0, notOurs: 0, waiting: 1 }, 'calm', 'Xã đã giữ 1 phiếu nhưng chưa vào sổ. Vì sao thì xem ở mục “Cần bạn xem”.'],
  [{ settled: 1, notOurs: 3, waiting: 1 }, 'calm', 'Xã đã xem 1 phiếu trong biên nhận này. Xã đã giữ 1 phiếu nhưng chưa vào sổ. Vì sao thì xem ở mục “Cần bạn xem”.'],
  [{ settled: 0, notOurs: 1, waiting: 0 }, 'calm', 'Biên nhận này của máy khác. Máy này không đổi gì.'],
  [{ settled: 0, notOurs: 0, waiting: 0 }, 'calm', 'Biên nhận này không có gì mới.'],
] as const)('a receipt tells what it brought: %o', (loaded, tone, words) => {
  expect(receiptOutcome(vi.bundle, loaded)).toEqual({ tone, words });
});
