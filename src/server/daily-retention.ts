/** Retention once a day: at the start, so that no day is missed by a machine that was off, and then whenever a new day has come. */
import type { Endpoint } from './endpoint.ts';

const everyMs = 3_600_000;

/** `every` calls again and again until what it gives is called; the returned promise is of the first run. */
export function startDailyRetention(deps: {
  readonly endpoint: Pick<Endpoint, 'retain'>;
  readonly every: (ms: number, run: () => void) => () => void;
  readonly log: (line: string) => void;
}): { readonly first: Promise<void>; stop(): void } {
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      await deps.endpoint.retain({ isDaily: true });
    } catch (reason) {
      // The endpoint goes on; the next hour begins where this one stopped. The message may quote what was read, so it is left out.
      deps.log(`error retention ${reason instanceof Error ? reason.name : 'unknown'}`);
    } finally {
      isRunning = false;
    }
  }

  const stop = deps.every(everyMs, () => void run());
  return { first: run(), stop };
}
