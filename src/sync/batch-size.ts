/**
 * How much a request carries. Two measures, the smaller one counts:
 * - entries: halved after a failure that its size may have caused, down to one, and doubled after each that passed. An entry that
 *   does not even pass alone is set aside, so that it holds up nobody; it is tried again, alone, when all others are through.
 * - bytes: what the line really carries in some seconds. Begins small on an unknown line and grows
 *   with the first answers; a request that was cut after more than that time shrinks it.
 *
 * After a cut nobody knows whether the endpoint has what was sent. The next request then carries no entries and only fetches:
 * the verdicts say what arrived, for a fraction of what sending it again would cost.
 */
import type { TransportError } from './engine.ts';

/** One request, as it was: its entries' `deviceSeq`, the length of their sealed bytes as text, how long it took. */
export interface Carried {
  readonly deviceSeqs: readonly number[];
  readonly bytes: number;
  readonly elapsedMs: number;
}

export interface BatchSize {
  limits(): { readonly entries: number; readonly bytes: number; readonly skip: ReadonlySet<number> };
  /** Should a request that carries so many bytes fetch news as well? On a slow line what is to be sent goes first. */
  fetchesBeside(bytes: number): boolean;
  failed(error: TransportError, carried: Carried): void;
  passed(carried: Carried): void;
  /** Lets the next request carry one entry that was set aside, if one is due; false: none is. `now`: milliseconds. */
  retry(now: number): boolean;
}

const failuresAlone = 3;
const retryEveryMs = 10 * 60_000;

/**
 * From the first byte to the whole answer. Of a request that is cut the endpoint takes what arrived, so that a longer one loses no more by
 * a cut and spends less on heads; but something on the way may hold a request back until it is whole, and a cut every 20 seconds is common
 * on a hill. Measured by `npm run slow-link`: sent 1.30 times the payload at 6 s, 1.26 to 1.12 at 16 s.
 */
const aimMs = 15_000;
/** Two seconds and a half at 50 kbit/s, compressed; a fast line is found to be one by the first answer. */
const firstBytes = 20 * 1024;
/** A line on which a first request takes no longer is not slow. */
const quickMs = 1_500;
/** Below it the head of a request costs more than the repeats it saves. */
const leastBytes = 4 * 1024;
/** A clock that was set back or forward between two looks measures nothing. */
const longestMs = 10 * 60_000;
/** What broke sooner reached nobody: a phone without a signal learns nothing of its line. */
const soonestArrivalMs = 500;

export function createBatchSize(most: { readonly entries: number; readonly bytes: number }): BatchSize {
  /** When each was last tried while the endpoint was known to answer. */
  const aside = new Map<number, number>();
  let size = most.entries;
  let pace = Math.min(firstBytes, most.bytes);
  /** Requests with entries that broke, without one in between that passed. */
  let cuts = 0;
  let isSlow = false;
  let asksFirst = false;
  let alone: { readonly deviceSeq: number; readonly failures: number } | undefined;
  let retried: { readonly deviceSeq: number; readonly at: number } | undefined;

  function paceFor({ bytes, elapsedMs }: Carried): number {
    return Math.round(Math.min(most.bytes, Math.max(leastBytes, (bytes * aimMs) / Math.max(1, elapsedMs))));
  }

  function learnFromCut(carried: Carried): void {
    if (carried.elapsedMs < soonestArrivalMs) return;
    cuts += 1;
    isSlow = true;
    // Cut sooner than it should have been through: that happens on any bad line. Three in a row say that less would do better.
    if (carried.elapsedMs > aimMs && carried.elapsedMs <= longestMs) pace = Math.min(pace, paceFor(carried));
    else if (cuts > 2) pace = Math.max(leastBytes, Math.floor(pace / 2));
    asksFirst = carried.bytes > leastBytes;
  }

  function learnFromPass(carried: Carried): void {
    cuts = 0;
    const isMeasured = carried.elapsedMs >= 0 && carried.elapsedMs <= longestMs;
    // What carried little took its time for the round trip and the answer: it says nothing of how much could be carried.
    if (!isMeasured || carried.bytes < pace / 2) return;
    pace = Math.round(Math.min(paceFor(carried), pace * (carried.elapsedMs < quickMs ? 8 : 2)));
    isSlow = carried.elapsedMs > quickMs && pace < most.bytes;
  }

  return {
    limits: () => ({
      entries: retried !== undefined ? 1 : asksFirst ? 0 : size,
      bytes: Math.min(pace, most.bytes),
      skip: new Set([...aside.keys()].filter((deviceSeq) => deviceSeq !== retried?.deviceSeq)),
    }),
    fetchesBeside: (bytes) => !isSlow || bytes < pace / 2,
    failed(error, carried) {
      const { deviceSeqs } = carried;
      const wasRetry = retried;
      retried = undefined;
      const [deviceSeq] = deviceSeqs;
      if (deviceSeq === undefined) return;
      if (error.code === 'unreachable' || error.code === 'timeout') learnFromCut(carried);
      const mayBeSize = error.code === 'too_large' || error.code === 'timeout' || (error.code === 'endpoint_error' && error.status >= 500);
      if (!mayBeSize) return;
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
    passed(carried) {
      const wasRetry = retried;
      retried = undefined;
      asksFirst = false;
      if (wasRetry !== undefined) {
        aside.delete(wasRetry.deviceSeq);
        alone = undefined;
      } else if (carried.deviceSeqs.length > 0) {
        size = Math.min(most.entries, size * 2);
        alone = undefined;
        learnFromPass(carried);
      }
    },
    retry(now) {
      const due = [...aside].find(([, triedAt]) => now - triedAt >= retryEveryMs);
      if (due === undefined) return false;
      retried = { deviceSeq: due[0], at: now };
      return true;
    },
  };
}
