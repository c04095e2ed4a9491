import { expect, test } from 'vitest';
import { createTabs, tellTabs } from './tabs.ts';

test('other tabs are told, not the one that tells, and none that is closed', async () => {
  const [one, other, closed] = [createTabs('test'), createTabs('test'), createTabs('test')];
  const told: string[] = [];
  one.listen(() => told.push('one'));
  closed.listen(() => told.push('closed'));
  const heard = new Promise<void>((resolve) => {
    other.listen(() => {
      told.push('other');
      resolve();
    });
  });
  closed.close();
  one.tell();
  await heard;
  expect(told).toEqual(['other']);
  one.close();
  other.close();
});

test('a wipe at the lock is heard by the tabs that are open', async () => {
  const open = createTabs();
  const heard = new Promise<string>((resolve) => {
    open.listen(() => resolve('told'));
  });
  tellTabs();
  expect(await heard).toBe('told');
  open.close();
});
