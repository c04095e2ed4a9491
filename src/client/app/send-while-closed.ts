/**
 * The page at its lock, or on a wiped phone: no key is open, and what is sealed goes all the same. At the opening, when the connection comes
 * back, when the page is seen again; and for the time when no page is there, the service worker is asked.
 */
import { deliver } from '#client/remote/delivery.ts';
import { deliverLocked } from '#client/store/deliver-locked.ts';
import { DiskError } from '#client/store/disk.ts';
import type { Disk } from '#client/store/disk.ts';
import { tellTabs } from '#client/store/tabs.ts';
import { createExclusive } from '#client/store/web-lock.ts';
import { askToSendInBackground } from './background-sync.ts';
import { clock } from './platform.ts';

/** Resolves to whether the commune has all of it now. A disk that fails is asked again at the next sign. */
export async function sendWhileClosed(disk: Disk): Promise<boolean> {
  try {
    const { isThrough } = await deliverLocked({ disk, send: deliver, exclusive: createExclusive(navigator.locks, clock), onSent: tellTabs });
    if (!isThrough) void askToSendInBackground();
    return isThrough;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

export function keepSendingWhileClosed(disk: Disk): () => void {
  const send = () => void sendWhileClosed(disk);
  const seen = () => {
    if (document.visibilityState === 'visible') send();
  };
  send();
  window.addEventListener('online', send);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', send);
    document.removeEventListener('visibilitychange', seen);
  };
}
