import { expect, test } from 'vitest';
import { awayLimitMs, lookAtContact, noteContact } from './contact.ts';
import { DiskError } from './disk.ts';
import { firstLog } from './log.ts';
import { createMemoryDisk } from './memory-disk.ts';

const dayMs = 24 * 3_600_000;
const start = Date.parse('2026-11-22T08:00:00+07:00');

/** A phone that last met the commune at `start`, by its own clock. */
async function phone({ lastContactAt = start }: { readonly lastContactAt?: number | 'never' } = {}) {
  const disk = createMemoryDisk();
  await disk.write(['meta'], async ({ meta }) => await meta.put({ ...firstLog(), ...(lastContactAt === 'never' ? {} : { lastContactAt }) }));
  return { disk, look: async (at: number, isOpening = false) => (await lookAtContact(disk, at, { isOpening })).isTooLong };
}

test('it opens for thirty days without contact, and then only in contact', async () => {
  const { disk, look } = await phone();
  expect(await look(start + awayLimitMs - 1, true)).toBe(false);
  expect(await look(start + awayLimitMs, true)).toBe(true);
  const later = start + 90 * dayMs;
  await noteContact(disk, later);
  expect(await lookAtContact(disk, later + 29 * dayMs)).toEqual({ isTooLong: false, lastContactAt: later });
  expect(await look(later + awayLimitMs)).toBe(true);
});

test('once thirty days were seen, a clock that is put back does not open it', async () => {
  const { disk, look } = await phone();
  expect(await look(start + awayLimitMs)).toBe(true);
  for (const at of [start + 1, start, start - 365 * dayMs, 0]) expect(await look(at, true)).toBe(true);
  // Nor does another tab, or a page that was opened anew.
  expect((await lookAtContact(disk.open(), start)).isTooLong).toBe(true);
});

test('whoever puts the clock back before each opening has thirty of them', async () => {
  const { look } = await phone();
  expect(await look(start + 2 * 3_600_000, true)).toBe(false);
  let openings = 0;
  while (openings < 100 && !(await look(start, true))) openings += 1;
  expect(openings).toBe(29);
  // Looking at the lock is no opening.
  const other = await phone();
  await other.look(start + 2 * 3_600_000);
  for (let looks = 0; looks < 50; looks++) expect(await other.look(start)).toBe(false);
});

test('a clock set right by less than an hour costs nothing', async () => {
  const { look } = await phone();
  for (let openings = 0; openings < 100; openings++) expect(await look(start - 50 * 60_000, true)).toBe(false);
});

test.each([-10, 10])('a clock that is %i years off, and stays so, changes nothing', async (years) => {
  const off = start + years * 365 * dayMs;
  const { look } = await phone({ lastContactAt: off });
  expect(await look(off + 29 * dayMs, true)).toBe(false);
  expect(await look(off + 30 * dayMs, true)).toBe(true);
});

test('a clock that leapt ten years ahead needs contact once, whatever it says then, and shuts nobody out for good', async () => {
  const { disk, look } = await phone();
  const ahead = start + 3_650 * dayMs;
  expect(await look(ahead, true)).toBe(true);
  expect(await look(start + dayMs, true)).toBe(true);
  await noteContact(disk, start + dayMs);
  expect(await look(start + 20 * dayMs, true)).toBe(false);
  // And where it met the commune while it was wrong, it has thirty openings after it was set right.
  await noteContact(disk, ahead);
  for (let openings = 0; openings < 29; openings++) expect(await look(start + 20 * dayMs, true)).toBe(false);
  expect(await look(start + 20 * dayMs, true)).toBe(true);
});

test('a phone that was enrolled and has heard nothing since counts from the first look', async () => {
  const { look } = await phone({ lastContactAt: 'never' });
  expect(await look(start)).toBe(false);
  expect(await look(start + 29 * dayMs, true)).toBe(false);
  expect(await look(start + 30 * dayMs, true)).toBe(true);
});

test('a phone that nobody enrolled, or that was cleared, is in no arrears; a full disk counts all the same', async () => {
  expect(await lookAtContact(createMemoryDisk(), start)).toEqual({ isTooLong: false, lastContactAt: undefined });
  const { disk, look } = await phone();
  disk.onCommit = (moment) => {
    if (moment === 'before') throw new DiskError('full');
  };
  expect(await look(start + 29 * dayMs, true)).toBe(false);
  expect(await look(start + 30 * dayMs, true)).toBe(true);
});
