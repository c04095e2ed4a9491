import { expect, test } from 'vitest';
import { createAutoLock } from './auto-lock.ts';

const minute = 60_000;

/** `pass` lets time go by with its timers; `sleep` moves the clock as a sleeping phone does: no timer runs. */
function createFakeClock() {
  let now = 1_000_000_000;
  let nextId = 1;
  const timers = new Map<number, { at: number; run: () => void }>();
  const runDue = () => {
    for (let runs = 0; runs < 1_000; runs++) {
      const due = [...timers].filter(([, timer]) => timer.at <= now).toSorted((a, b) => a[1].at - b[1].at)[0];
      if (!due) return;
      timers.delete(due[0]);
      due[1].run();
    }
  };
  return {
    now: () => now,
    setTimeout: (run: () => void, ms: number) => {
      timers.set(nextId, { at: now + ms, run });
      return nextId++;
    },
    clearTimeout: (timer: unknown) => void timers.delete(timer as number),
    pass(ms: number) {
      const end = now + ms;
      for (let runs = 0; runs < 1_000; runs++) {
        const next = Math.min(...[...timers.values()].map((timer) => timer.at));
        if (next > end) {
          now = end;
          return;
        }
        now = Math.max(now, next);
        runDue();
      }
      throw new Error('timers without end');
    },
    sleep(ms: number) {
      now += ms;
    },
    wakeTimers: runDue,
    timers,
  };
}

function start(limits: { idleMs?: number; hiddenMs?: number } = {}) {
  const clock = createFakeClock();
  let locks = 0;
  const lock = createAutoLock({ clock, onLock: () => locks++, ...limits });
  return { clock, lock, locks: () => locks };
}

test('five idle minutes lock, once', () => {
  const { clock, locks } = start();
  clock.pass(5 * minute - 1);
  expect(locks()).toBe(0);
  clock.pass(1);
  expect(locks()).toBe(1);
  clock.pass(60 * minute);
  expect(locks()).toBe(1);
  expect(clock.timers.size).toBe(0);
});

test('every activity starts the five minutes anew', () => {
  const { clock, lock, locks } = start();
  for (let count = 0; count < 10; count++) {
    clock.pass(4 * minute);
    lock.activity();
  }
  clock.pass(5 * minute - 1);
  expect(locks()).toBe(0);
  clock.pass(1);
  expect(locks()).toBe(1);
});

test('a minute out of sight locks, a shorter look away does not', () => {
  const { clock, lock, locks } = start();
  lock.hidden();
  clock.pass(minute - 1);
  lock.visible();
  clock.pass(2 * minute);
  expect(locks()).toBe(0);
  lock.hidden();
  clock.pass(minute);
  expect(locks()).toBe(1);
});

test('looking away and back is no activity', () => {
  const { clock, lock, locks } = start();
  for (let count = 0; count < 9; count++) {
    lock.hidden();
    clock.pass(minute / 2);
    lock.visible();
  }
  clock.pass(minute / 2 - 1);
  expect(locks()).toBe(0);
  clock.pass(1);
  expect(locks()).toBe(1);
});

test('however often it is called, one timer waits', () => {
  const { clock, lock } = start();
  for (let count = 0; count < 50; count++) {
    lock.hidden();
    lock.activity();
    lock.visible();
  }
  expect(clock.timers.size).toBe(1);
});

test('hidden told twice counts from the first time', () => {
  const { clock, lock, locks } = start();
  lock.hidden();
  clock.pass(40_000);
  lock.hidden();
  clock.pass(20_000);
  expect(locks()).toBe(1);
});

test('a touch that wakes a sleeping phone locks it, it does not prolong', () => {
  const { clock, lock, locks } = start();
  clock.sleep(60 * minute);
  lock.activity();
  expect(locks()).toBe(1);
  lock.activity();
  clock.pass(minute);
  expect(locks()).toBe(1);
});

test('coming back into sight after a sleep locks before anything is shown', () => {
  const { clock, lock, locks } = start();
  lock.hidden();
  clock.sleep(2 * minute);
  lock.visible();
  expect(locks()).toBe(1);
});

test('it says since when: a lock that a sleeping phone noticed late began when its time was over', () => {
  const clock = createFakeClock();
  const since: number[] = [];
  const begun = clock.now();
  createAutoLock({ clock, onLock: (at) => since.push(at) }).hidden();
  clock.sleep(120 * minute);
  clock.wakeTimers();
  expect(since).toEqual([begun + minute]);
});

test('a late timer locks when it wakes', () => {
  const { clock, locks } = start();
  clock.sleep(20 * minute);
  clock.wakeTimers();
  expect(locks()).toBe(1);
});

test('a timer that comes too early waits for the rest', () => {
  const { clock, lock, locks } = start();
  clock.pass(3 * minute);
  lock.activity();
  clock.pass(2 * minute);
  expect(locks()).toBe(0);
  clock.pass(3 * minute);
  expect(locks()).toBe(1);
});

test('a clock put back locks, one that is set right by seconds does not', () => {
  const nudged = start();
  nudged.clock.sleep(-3_000);
  nudged.lock.activity();
  expect(nudged.locks()).toBe(0);
  const putBack = start();
  putBack.clock.pass(4 * minute);
  putBack.lock.activity();
  putBack.clock.sleep(-minute);
  putBack.lock.activity();
  expect(putBack.locks()).toBe(1);
});

test('stopped, it never locks and leaves no timer', () => {
  const { clock, lock, locks } = start();
  lock.stop();
  lock.activity();
  lock.hidden();
  lock.visible();
  clock.pass(60 * minute);
  expect(locks()).toBe(0);
  expect(clock.timers.size).toBe(0);
});

test('the limits can be other ones', () => {
  const { clock, lock, locks } = start({ idleMs: 1_000, hiddenMs: 10 });
  lock.hidden();
  clock.pass(9);
  expect(locks()).toBe(0);
  clock.pass(1);
  expect(locks()).toBe(1);
});
