import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

const minute = 60_000;

function createClock() {
  const clock = { at: 1_000_000, now: () => clock.at };
  return clock;
}

describe('a limit', () => {
  test('lets a burst through, then says in how many seconds there is room, and is full again in time', () => {
    const clock = createClock();
    const limit = createRateLimit({ clock, burst: 3, perMinute: 6 });
    const ask = () => limit.take('one');
    expect([ask(), ask(), ask(), ask()]).toEqual([undefined, undefined, undefined, 10]);
    clock.at += 9_999;
    expect(ask()).toBe(1);
    clock.at += 1;
    expect([ask(), ask()]).toEqual([undefined, 10]);
    clock.at += minute;
    expect([ask(), ask(), ask(), ask()]).toEqual([undefined, undefined, undefined, 10]);
  });

  test('is each key’s own, and a clock that was put back gives nobody room', () => {
    const clock = createClock();
    const limit = createRateLimit({ clock, burst: 1, perMinute: 1 });
    expect([limit.take('one'), limit.take('other'), limit.take('one')]).toEqual([undefined, undefined, 60]);
    clock.at -= 10 * minute;
    expect(limit.take('one')).toBe(60);
  });

  test('is not lifted by any number of others, for whoever goes on asking', () => {
    const limit = createRateLimit({ clock: createClock(), burst: 2, perMinute: 1 });
    for (let n = 0; n < 2; n++) expect(limit.take('insistent')).toBeUndefined();
    for (let round = 0; round < 5; round++) {
      for (let n = 0; n < 10_000; n++) limit.take(`other ${round} ${n}`);
      expect(limit.take('insistent')).toBe(60);
    }
  });

  test('is remembered for the keys that asked last, and for no more of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (keys, maxKeys) => {
        // No room comes back: a key passes where it is not remembered.
        const limit = createRateLimit({ clock: createClock(), burst: 1, perMinute: 1, maxKeys });
        let last: number[] = [];
        for (const key of keys) {
          expect(limit.take(`key ${key}`) === undefined).toBe(!last.includes(key));
          last = [...last.filter((one) => one !== key), key].slice(-maxKeys);
        }
      }),
    );
  });
});
