/** Time that passes only when something is due: one thread, one order, so that a plan gives the same run again. */
import type { Clock } from '#sync/engine.ts';

export interface Timeline extends Clock {
  /** Runs what is due, in order, until `ms` have passed. */
  pass(ms: number): Promise<void>;
  /** Runs what is due until `work` is done; throws when nothing is due and it is not. */
  finish<T>(work: Promise<T>): Promise<T>;
  /** The same, within `ms`; undefined: it is not done by then. */
  finishWithin<T>(work: Promise<T>, ms: number): Promise<T | undefined>;
  sleep(ms: number): Promise<void>;
  /** When the last of what is due is due; the present where nothing is. */
  end(): number;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** `onSettled`: after each of what was due, when nothing that it set going is under way any more. */
export function createTimeline(start: number, onSettled: () => void = () => undefined): Timeline {
  let now = start;
  let order = 0;
  /** Soonest last. */
  const due: Due[] = [];

  function place(one: Due): void {
    let low = 0;
    let high = due.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = due[middle] as Due;
      if (other.at > one.at || (other.at === one.at && other.order > one.order)) low = middle + 1;
      else high = middle;
    }
    due.splice(low, 0, one);
  }

  async function runNext(until: number): Promise<boolean> {
    const next = due.at(-1);
    if (next === undefined || next.at > until) return false;
    due.pop();
    now = Math.max(now, next.at);
    next.run();
    await settle();
    onSettled();
    return true;
  }

  const timeline: Timeline = {
    now: () => now,
    setTimeout(run, ms) {
      const one: Due = { at: now + ms, order: order++, run };
      place(one);
      return one;
    },
    clearTimeout(timer) {
      const at = due.indexOf(timer as Due);
      if (at >= 0) due.splice(at, 1);
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      onSettled();
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
    async finishWithin(work, ms) {
      const until = now + ms;
      let isDone = false;
      const noted = work.finally(() => (isDone = true));
      noted.catch(() => undefined);
      await settle();
      while (!isDone) if (!(await runNext(until))) return undefined;
      onSettled();
      return await noted;
    },
    sleep: (ms) => new Promise((resolve) => void timeline.setTimeout(resolve, ms)),
    end: () => due[0]?.at ?? now,
  };
  return timeline;
}

/** All that runs here goes on in microtasks alone; Node runs what waits for the next tick only when no microtask is left. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
}
