/** How versions and sequences rise over restores. */
import { epochSpan } from '#sync/protocol.ts';

/**
 * The next version of a record, the next sequence of a channel: above everything that an earlier epoch can have given. The first
 * epoch is 1 and begins at 0, so that a fresh database counts 1, 2, 3.
 */
export function nextCount(own: number, epoch: number): number {
  return Math.max(own, (epoch - 1) * epochSpan) + 1;
}
