import { expect, test } from 'vitest';
import { readNetwork } from './network.ts';
import { createSoleSender } from './sole-sender.ts';

test.each([
  [{ type: 'wifi' }, true], [{ type: 'ethernet' }, true], [{ type: 'cellular' }, false], [{ type: 'none' }, false],
  [{ type: 'unknown' }, undefined], [{}, undefined], [undefined, undefined], [{ saveData: true }, false], [{ type: 'wifi', saveData: true }, true],
])('a browser that says %o says of Wi-Fi: %s', (connection, isWifi) => {
  expect(readNetwork({ onLine: true, connection })).toEqual({ isOnline: true, isWifi });
});

function createLocks() {
  let isTaken = false;
  const stolen: boolean[] = [];
  const request = async (_name: string, { ifAvailable, steal }: LockOptions, run: (lock: Lock | null) => Promise<void>) => {
    stolen.push(steal === true);
    if (isTaken && ifAvailable === true) return await run(null);
    isTaken = true;
    await run({} as Lock);
    isTaken = false;
  };
  return { locks: { request } as unknown as Pick<LockManager, 'request'>, stolen, take: () => (isTaken = true) };
}

test('one tab sends; another is told no, and takes over from one that never lets go', async () => {
  const { locks, stolen, take } = createLocks();
  const alone = createSoleSender(locks);
  let runs = 0;
  const body = async () => void (runs += 1);
  expect(await alone(body)).toBe(true);
  take();
  for (let times = 0; times < 5; times++) expect(await alone(body)).toBe(false);
  expect(runs).toBe(1);
  expect(await alone(body)).toBe(true);
  expect(stolen.at(-1)).toBe(true);
  expect(runs).toBe(2);
});

test('without locks every tab sends', async () => {
  let runs = 0;
  expect(await createSoleSender(undefined)(async () => void (runs += 1))).toBe(true);
  expect(runs).toBe(1);
});
