/** Time that passes only when something is due: one thread, one order, so that a seed gives the same run again. */
import type { Clock } from '#sync/engine.ts';

export interface Timeline extends Clock {
  /** Runs what is due, in order, until `ms` have passed. */
  pass(ms: number): Promise<void>;
  /** Runs what is due until `work` is done; throws when nothing is due and it is not. */
  finish<T>(work: Promise<T>): Promise<T>;
  sleep(ms: number): Promise<void>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createTimeline(start: number): Timeline {
  let now = start;
  let order = 0;
  const due = new Set<Due>();

  function takeNext(until: number): Due | undefined {
    let next: Due | undefined;
    for (const one of due) {
      if (one.at <= until && (next === undefined || one.at < next.at || (one.at === next.at && one.order < next.order))) next = one;
    }
    if (next !== undefined) due.delete(next);
    return next;
  }

  /** Everything here goes on in microtasks alone, so they are all through before the next immediate. */
  async function settle(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  async function runNext(until: number): Promise<boolean> {
    const next = takeNext(until);
    if (next === undefined) return false;
    now = Math.max(now, next.at);
    next.run();
    await settle();
    return true;
  }

  const timeline: Timeline = {
    now: () => now,
    setTimeout(run, ms) {
      const one: Due = { at: now + ms, order: order++, run };
      due.add(one);
      return one;
    },
    clearTimeout(timer) {
      due.delete(timer as Due);
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      while (await runNext(until));
      now = until;
    },
    async finish(work) {
      let isDone = false;
      const noted = work.finally(() => (isDone = true));
      noted.catch(() => undefined);
      await settle();
      while (!isDone) if (!(await runNext(Infinity))) throw new Error('nothing is due, and the work is not done');
      return await noted;
    },
    sleep: (ms) => new Promise((resolve) => void timeline.setTimeout(resolve, ms)),
  };
  return timeline;
}
