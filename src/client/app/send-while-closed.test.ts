import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Disk } from '#client/store/disk.ts';
import { keepSendingWhileClosed } from './send-while-closed.ts';

// The little of a browser that it listens to.
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page at its lock sends at once, when it is told of a connection, when it is seen, and now and then while it is', async () => {
  const disk = {} as Disk;
  const send = vi.fn<(disk: Disk) => Promise<boolean>>(async () => await Promise.resolve(false));
  const stop = keepSendingWhileClosed(disk, send);
  expect(send.mock.calls).toEqual([[disk]]);
  window.dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(send).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(send).toHaveBeenCalledTimes(5);
  page.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(send).toHaveBeenCalledTimes(5);
  page.visibilityState = 'visible';
  stop();
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(send).toHaveBeenCalledTimes(5);
});
