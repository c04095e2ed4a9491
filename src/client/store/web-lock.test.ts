import { describe, expect, test } from 'vitest';
import type { Clock } from '#sync/engine.ts';
import { createExclusive } from './web-lock.ts';

/** A lock of the browser, as the standard describes it. */
function createLocks() {
  let held: { readonly lost: () => void } | undefined;
  const waiting: (() => void)[] = [];
  const request = async (_name: string, options: LockOptions, run: () => Promise<void>): Promise<void> => {
    if (options.steal === true) {
      held?.lost();
      held = undefined;
    } else if (held !== undefined) {
      await new Promise<void>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        waiting.push(resolve);
      });
    }
    await new Promise<void>((resolve, reject) => {
      const own = { lost: () => reject(new DOMException('stolen', 'AbortError')) };
      held = own;
      run().then(
        () => {
          if (held === own) {
            held = undefined;
            waiting.shift()?.();
          }
          resolve();
        },
        reject,
      );
    });
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}

function createTimers() {
  const timers = new Map<object, { readonly run: () => void; readonly ms: number }>();
  const clock: Pick<Clock, 'setTimeout' | 'clearTimeout'> = {
    setTimeout(run, ms) {
      const timer = {};
      timers.set(timer, { run, ms });
      return timer;
    },
    clearTimeout(timer) {
      timers.delete(timer as object);
    },
  };
  return { clock, delays: () => [...timers.values()].map(({ ms }) => ms), fire: () => timers.forEach(({ run }) => run()) };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('one tab at a time', () => {
  test('the next waits for the one before, and each gets what its body gave', async () => {
    const locks = createLocks();
    const exclusive = createExclusive(locks, createTimers().clock);
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = exclusive(async () => {
      order.push('first begins');
      await new Promise<void>((resolve) => (release = resolve));
      order.push('first ends');
      return 1;
    });
    const second = exclusive(async () => {
      order.push('second');
      return 2;
    });
    await turns();
    expect(order).toEqual(['first begins']);
    release();
    expect([await first, await second]).toEqual([1, 2]);
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });

  test('what the body throws comes out, and the lock is free again', async () => {
    const exclusive = createExclusive(createLocks(), createTimers().clock);
    await expect(exclusive(async () => await Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
    expect(await exclusive(async () => 'next')).toBe('next');
  });

  test('a frozen tab loses the lock after a minute; when it thaws it still gets what its body gives', async () => {
    const locks = createLocks();
    const [frozen, other] = [createTimers(), createTimers()];
    let thaw: (value: string) => void = () => undefined;
    const stuck = createExclusive(locks, frozen.clock)(async () => await new Promise<string>((resolve) => (thaw = resolve)));
    await turns();
    expect(frozen.delays()).toEqual([]);
    const waiting = createExclusive(locks, other.clock)(async () => 'went on');
    await turns();
    expect(other.delays()).toEqual([60_000]);
    other.fire();
    expect(await waiting).toBe('went on');
    thaw('thawed');
    expect(await stuck).toBe('thawed');
  });

  test('granted to a frozen tab and taken away before it could begin: another works for it', async () => {
    const request = async () => await Promise.reject(new DOMException('stolen', 'AbortError'));
    const exclusive = createExclusive({ request }, createTimers().clock);
    expect(await exclusive(async () => 'begun')).toBeUndefined();
  });

  test('a browser without locks runs it all the same', async () => {
    expect(await createExclusive(null, createTimers().clock)(async () => 3)).toBe(3);
  });
});

test('the lock of this platform is used as it really is', async () => {
  const exclusive = createExclusive(navigator.locks, createTimers().clock, 'test lock');
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((index) => exclusive(async () => order.push(index))));
  expect(order).toEqual([1, 2, 3]);
});
