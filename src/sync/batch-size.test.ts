import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatchSize } from './batch-size.ts';
import type { BatchSize } from './batch-size.ts';

const most = { entries: 200, bytes: 256 * 1024 };
const kib = 1024;
const unreachable = { code: 'unreachable' } as const;
const carried = (bytes: number, elapsedMs: number, deviceSeqs: readonly number[] = [1, 2, 3]) => ({ deviceSeqs, bytes, elapsedMs });

/** A line of so many bytes of sealed text a second, over and over: what a full request carries on it in the end. */
function settleOn(bytesPerSecond: number, roundTripMs: number): BatchSize {
  const batch = createBatchSize(most);
  for (let request = 0; request < 12; request++) {
    const { bytes } = batch.limits();
    batch.passed(carried(bytes, roundTripMs + (bytes / bytesPerSecond) * 1000));
  }
  return batch;
}

describe('how much the line is asked to carry', () => {
  test('begins small, and is all of it after one quick answer', () => {
    const batch = createBatchSize(most);
    expect(batch.limits().bytes).toBe(20 * kib);
    batch.passed(carried(20 * kib, 200));
    expect(batch.limits().bytes).toBeGreaterThan(150 * kib);
    batch.passed(carried(160 * kib, 400));
    expect(batch.limits().bytes).toBe(most.bytes);
  });

  test.each([[2_000, 1_000], [6_250, 1_000], [15_000, 300]])('comes to rest near fifteen seconds a request at %i bytes/s and %i ms', (bytesPerSecond, roundTripMs) => {
    const { bytes } = settleOn(bytesPerSecond, roundTripMs).limits();
    const seconds = roundTripMs / 1000 + bytes / bytesPerSecond;
    expect(seconds).toBeGreaterThan(12);
    expect(seconds).toBeLessThan(18);
  });

  test('never goes under 4 KiB nor over what a request may hold', () => {
    const steps = fc.array(fc.record({ passes: fc.boolean(), bytes: fc.nat(300 * kib), elapsedMs: fc.integer({ min: -1e12, max: 1e12 }) }));
    fc.assert(
      fc.property(steps, (all) => {
        const batch = createBatchSize(most);
        for (const { passes, bytes, elapsedMs } of all) {
          if (passes) batch.passed(carried(bytes, elapsedMs));
          else batch.failed(unreachable, carried(bytes, elapsedMs));
          expect(batch.limits().bytes).toBeGreaterThanOrEqual(4 * kib);
          expect(batch.limits().bytes).toBeLessThanOrEqual(most.bytes);
        }
      }),
    );
  });

  test('a request that carried little says nothing of the line', () => {
    const batch = createBatchSize(most);
    batch.passed(carried(300, 9_000));
    expect(batch.limits().bytes).toBe(20 * kib);
  });

  test('a cut after a long time shrinks it to what fifteen seconds would have carried', () => {
    const batch = createBatchSize(most);
    batch.failed(unreachable, carried(20 * kib, 30_000));
    expect(batch.limits().bytes).toBe(10 * kib);
  });

  test('one or two early cuts say nothing of the line, the third in a row halves it', () => {
    const batch = createBatchSize(most);
    for (let cut = 0; cut < 2; cut++) {
      batch.failed(unreachable, carried(20 * kib, 1_000));
      expect(batch.limits().bytes).toBe(20 * kib);
    }
    batch.failed(unreachable, carried(20 * kib, 1_000));
    expect(batch.limits().bytes).toBe(10 * kib);
    batch.passed(carried(10 * kib, 15_000));
    batch.failed(unreachable, carried(10 * kib, 1_000));
    expect(batch.limits().bytes).toBe(10 * kib);
  });

  test('a phone without a signal learns nothing of its line', () => {
    const batch = createBatchSize(most);
    for (let failure = 0; failure < 10; failure++) batch.failed(unreachable, carried(20 * kib, 30));
    expect(batch.limits()).toMatchObject({ bytes: 20 * kib, entries: 200 });
  });

  test('a clock that was set in between measures nothing', () => {
    const batch = createBatchSize(most);
    batch.passed(carried(20 * kib, -86_400_000));
    batch.passed(carried(20 * kib, 10 * 365 * 86_400_000));
    batch.failed(unreachable, carried(20 * kib, 10 * 365 * 86_400_000));
    expect(batch.limits().bytes).toBe(20 * kib);
  });
});

describe('after a cut', () => {
  test('the next request only asks what arrived, the one after it sends again', () => {
    const batch = createBatchSize(most);
    batch.failed(unreachable, carried(20 * kib, 3_000));
    expect(batch.limits().entries).toBe(0);
    batch.failed(unreachable, carried(0, 3_000, []));
    expect(batch.limits().entries).toBe(0);
    batch.passed(carried(0, 1_500, []));
    expect(batch.limits().entries).toBe(200);
  });

  test('what is quickly sent again is not asked for first', () => {
    const batch = createBatchSize(most);
    batch.failed(unreachable, carried(2 * kib, 3_000));
    expect(batch.limits().entries).toBe(200);
  });

  test('asking changes nothing of what was learned of a batch that is too much', () => {
    const batch = createBatchSize(most);
    batch.failed({ code: 'timeout' }, carried(20 * kib, 60_000, [1, 2, 3, 4]));
    batch.passed(carried(0, 1_000, []));
    expect(batch.limits().entries).toBe(2);
  });

  test('an entry that never passes alone is set aside although the endpoint answers in between', () => {
    const batch = createBatchSize(most);
    for (let failure = 0; failure < 3; failure++) {
      expect(batch.limits().skip.has(7)).toBe(false);
      batch.failed({ code: 'timeout' }, carried(60 * kib, 60_000, [7]));
      batch.passed(carried(0, 1_000, []));
    }
    expect(batch.limits().skip.has(7)).toBe(true);
    expect(batch.retry(0)).toBe(true);
    expect(batch.limits()).toMatchObject({ entries: 1 });
    expect(batch.limits().skip.has(7)).toBe(false);
  });
});
