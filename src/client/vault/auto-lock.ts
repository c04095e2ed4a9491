/** Locks after idle minutes, or after a while out of sight. Made at unlock; locks once. */

/** `now`: milliseconds of a clock that goes on while the phone sleeps (wall time, not time since start). */
export interface AutoLockClock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface AutoLock {
  /** A touch or a key. Cheap: may be called at every event. */
  activity(): void;
  /** The page went out of sight. */
  hidden(): void;
  /** The page is seen again. This is no activity. */
  visible(): void;
  /** Locked or closed by other means: it never calls `onLock` after this. */
  stop(): void;
}

/** Phones set their clock by a few seconds now and then; more than this backwards is taken for a lock. */
export const clockSlackMs = 5_000;

/**
 * Trap: timers sleep with the phone and are slowed in hidden pages. So every call compares times BEFORE it counts: a touch that
 * wakes a phone after an hour locks, it does not prolong.
 */
export function createAutoLock(args: {
  clock: AutoLockClock;
  /** `since`: when the time was over, which is long ago where the phone slept through it. */
  onLock: (since: number) => void;
  idleMs?: number | undefined;
  hiddenMs?: number | undefined;
}): AutoLock {
  const { clock, onLock, idleMs = 5 * 60_000, hiddenMs = 60_000 } = args;
  let latest = clock.now();
  let lastActivity = latest;
  let hiddenSince: number | undefined;
  let timer: unknown;
  let isRunning = true;

  const dueAt = () => Math.min(lastActivity + idleMs, hiddenSince === undefined ? Infinity : hiddenSince + hiddenMs);

  const stop = () => {
    isRunning = false;
    clock.clearTimeout(timer);
  };

  /** The time, or undefined when it is over. */
  const timeIfUnlocked = (): number | undefined => {
    if (!isRunning) return undefined;
    const now = clock.now();
    if (now >= dueAt() || now < latest - clockSlackMs) {
      stop();
      onLock(Math.min(now, dueAt()));
      return undefined;
    }
    latest = Math.max(latest, now);
    return now;
  };

  const schedule = (now: number) => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => {
      const woken = timeIfUnlocked();
      if (woken !== undefined) schedule(woken);
    }, dueAt() - now);
  };

  schedule(latest);
  return {
    activity() {
      const now = timeIfUnlocked();
      if (now !== undefined) lastActivity = now;
    },
    hidden() {
      const now = timeIfUnlocked();
      if (now === undefined) return;
      hiddenSince ??= now;
      schedule(now);
    },
    visible() {
      const now = timeIfUnlocked();
      if (now === undefined) return;
      hiddenSince = undefined;
      schedule(now);
    },
    stop,
  };
}
