/** Ties the auto-lock to what happens on the page: touches and keys count as use, and a page out of sight locks sooner. */
import { createAutoLock } from '#client/vault/auto-lock.ts';
import { clock } from './platform.ts';

const signsOfUse = ['pointerdown', 'keydown', 'scroll'] as const;

export function startAutoLock(onLock: (because: 'idle' | 'hidden', since: number) => void): () => void {
  let isHidden = document.visibilityState === 'hidden';
  const autoLock = createAutoLock({ clock, onLock: (since) => onLock(isHidden ? 'hidden' : 'idle', since) });
  const used = () => autoLock.activity();
  const seenOrNot = () => {
    if (document.visibilityState === 'hidden') {
      isHidden = true;
      autoLock.hidden();
    } else {
      // May lock: it was out of sight too long. Only then is the page in use again.
      autoLock.visible();
      isHidden = false;
    }
  };
  if (isHidden) autoLock.hidden();
  for (const sign of signsOfUse) document.addEventListener(sign, used, { capture: true, passive: true });
  document.addEventListener('visibilitychange', seenOrNot);
  return () => {
    autoLock.stop();
    for (const sign of signsOfUse) document.removeEventListener(sign, used, { capture: true });
    document.removeEventListener('visibilitychange', seenOrNot);
  };
}
