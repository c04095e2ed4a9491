/** What a receipt that was brought home came to, in words. */
import type { Messages } from '#client/languages/vi.ts';

/** `settled`, `notOurs`: of `loadReceipts`. `waiting`: entries that wait at the commune since this receipt was opened. */
interface Loaded {
  readonly settled: number;
  readonly notOurs: number;
  readonly waiting: number;
}

export interface ReceiptOutcome {
  readonly tone: 'good' | 'calm' | 'warn';
  readonly words: string;
}

export function receiptOutcome(m: Messages['bundle'], { settled, notOurs, waiting }: Loaded): ReceiptOutcome {
  // The commune has what waits, and it is not at its end: "nothing new" would be the last thing to say of it.
  const told = [settled > 0 ? m.receiptLoaded(settled) : undefined, waiting > 0 ? m.receiptWaits(waiting) : undefined].filter((part) => part !== undefined);
  if (told.length > 0) return { tone: waiting > 0 ? 'calm' : 'good', words: told.join(' ') };
  return { tone: 'calm', words: notOurs > 0 ? m.receiptOfOthers : m.receiptKnown };
}
