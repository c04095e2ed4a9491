/**
 * One tab at a time. A tab that the browser froze may hold the lock for ever (w3c/web-locks#4): after a while it is taken from it.
 * That two then work at once is safe, since every commit holds only what it was made for.
 */
import type { Clock, Exclusive } from '#sync/engine.ts';

const stealAfterMs = 60_000;

type Locks = Pick<LockManager, 'request'>;

/** `locks`: the browser's, which may have none; then it runs without one. */
export function createExclusive(
  locks: Locks | null | undefined,
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>,
  name = 'gan-dan sync',
): Exclusive {
  if (locks === null || locks === undefined) return (body) => body();
  return async (body) => {
    const waiting = new AbortController();
    const timer = clock.setTimeout(() => waiting.abort(), stealAfterMs);
    const begin = async () => {
      clock.clearTimeout(timer);
      return await body();
    };
    try {
      return await whileHeld((run) => locks.request(name, { signal: waiting.signal }, run), begin);
    } catch (error) {
      if (waiting.signal.aborted) return await whileHeld((run) => locks.request(name, { steal: true }, run), begin);
      // Granted while this page was frozen, and taken away before it could begin: another tab works for it.
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      throw error;
    }
  };
}

/** What `body` gave, also when the lock was taken away while it ran: the request is rejected then, the work goes on. */
async function whileHeld<T>(request: (run: () => Promise<void>) => Promise<unknown>, body: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  try {
    await request(async () => {
      begun = body();
      await begun.catch(() => undefined);
    });
  } catch (error) {
    if (begun === undefined) throw error;
  }
  if (begun === undefined) throw new Error('the lock was granted and nothing ran');
  return await begun;
}
