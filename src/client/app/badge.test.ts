import { expect, it, vi } from 'vitest';
import { setAppBadge } from './badge.ts';

it('shows how much waits, and nothing where nothing does', () => {
  const navigator = { setAppBadge: vi.fn<() => Promise<undefined>>(async () => undefined), clearAppBadge: vi.fn<() => Promise<undefined>>(async () => undefined) };
  setAppBadge(3, navigator);
  expect(navigator.setAppBadge.mock.calls).toEqual([[3]]);
  setAppBadge(0, navigator);
  expect(navigator.clearAppBadge).toHaveBeenCalledOnce();
  expect(navigator.setAppBadge).toHaveBeenCalledOnce();
});

it('is no reason to fail where a browser cannot or will not', async () => {
  expect(() => setAppBadge(3, {})).not.toThrow();
  const refused = vi.fn<() => Promise<undefined>>(async () => await Promise.reject(new DOMException('not installed', 'NotAllowedError')));
  setAppBadge(3, { setAppBadge: refused });
  // An unanswered refusal would end this run.
  await Promise.resolve();
  expect(refused).toHaveBeenCalledOnce();
});
