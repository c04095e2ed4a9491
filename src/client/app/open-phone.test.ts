import { expect, test } from 'vitest';
import type { ContactOutcome } from '#client/remote/contact.ts';
import { firstLog } from '#client/store/log.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { mayOpen } from './open-phone.ts';

const phone = {} as UnlockedPhone;
const dayMs = 24 * 3_600_000;

async function away(days: number) {
  const disk = createMemoryDisk();
  await disk.write(['meta'], async ({ meta }) => await meta.put({ ...firstLog(), lastContactAt: Date.now() - days * dayMs }));
  let asked = 0;
  const opening = async (answer: ContactOutcome) =>
    await mayOpen(disk, phone, async () => {
      asked += 1;
      return await Promise.resolve(answer);
    });
  return { opening, asked: () => asked };
}

test('within thirty days nobody is asked', async () => {
  const { opening, asked } = await away(29);
  expect(await opening('not_now')).toBe('open');
  expect(asked()).toBe(0);
});

test('after them it opens on the word of the commune alone, and is not asked again', async () => {
  const { opening, asked } = await away(31);
  expect(await opening('not_now')).toBe('not_reached');
  expect(await opening('not_known')).toBe('not_known');
  expect(await opening('revoked')).toBe('revoked');
  expect(await opening('met')).toBe('open');
  expect(asked()).toBe(4);
  expect(await opening('not_now')).toBe('open');
  expect(asked()).toBe(4);
});
