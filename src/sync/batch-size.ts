/**
 * How much a request carries. Halved after a failure that its size may have caused, down to one entry, and doubled after each that
 * passed. An entry that does not even pass alone is set aside, so that it holds up nobody; it is tried again, alone, when all
 * others are through.
 */
import type { TransportError } from './engine.ts';

export interface BatchSize {
  limits(): { readonly entries: number; readonly bytes: number; readonly skip: ReadonlySet<number> };
  failed(error: TransportError, deviceSeqs: readonly number[]): void;
  passed(): void;
  /** Lets the next request carry one entry that was set aside, if one is due; false: none is. `now`: milliseconds. */
  retry(now: number): boolean;
}

const failuresAlone = 3;
const retryEveryMs = 10 * 60_000;

export function createBatchSize(most: { readonly entries: number; readonly bytes: number }): BatchSize {
  /** When each was last tried while the endpoint was known to answer. */
  const aside = new Map<number, number>();
  let size = most.entries;
  let alone: { readonly deviceSeq: number; readonly failures: number } | undefined;
  let retried: { readonly deviceSeq: number; readonly at: number } | undefined;

  return {
    limits: () => ({
      entries: retried === undefined ? size : 1,
      bytes: most.bytes,
      skip: new Set([...aside.keys()].filter((deviceSeq) => deviceSeq !== retried?.deviceSeq)),
    }),
    failed(error, deviceSeqs) {
      const wasRetry = retried;
      retried = undefined;
      const mayBeSize = error.code === 'too_large' || error.code === 'timeout' || (error.code === 'endpoint_error' && error.status >= 500);
      const [deviceSeq] = deviceSeqs;
      if (!mayBeSize || deviceSeq === undefined) return;
      if (deviceSeqs.length > 1) {
        size = Math.floor(deviceSeqs.length / 2);
      } else if (wasRetry !== undefined) {
        aside.set(deviceSeq, wasRetry.at);
      } else {
        const failures = alone?.deviceSeq === deviceSeq ? alone.failures + 1 : 1;
        alone = { deviceSeq, failures };
        // Alone and failing may still be a bad line; it takes several tries to believe that it is the entry.
        if (error.code === 'too_large' || failures >= failuresAlone) aside.set(deviceSeq, -Infinity);
      }
    },
    passed() {
      if (retried !== undefined) aside.delete(retried.deviceSeq);
      else size = Math.min(most.entries, size * 2);
      retried = undefined;
      alone = undefined;
    },
    retry(now) {
      const due = [...aside].find(([, triedAt]) => now - triedAt >= retryEveryMs);
      if (due === undefined) return false;
      retried = { deviceSeq: due[0], at: now };
      return true;
    },
  };
}
