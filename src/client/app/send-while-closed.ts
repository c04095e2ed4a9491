/**
 * The page at its lock, or on a wiped phone: no key is open, and what is sealed goes all the same. At the opening, when the connection comes
 * back, when the page is seen again, and now and then while it stands open; for the time when no page is there, the service worker is asked.
 */
import { deliver } from '#client/remote/delivery.ts';
import { deliverLocked } from '#client/store/deliver-locked.ts';
import { DiskError } from '#client/store/disk.ts';
import type { Disk } from '#client/store/disk.ts';
import { tellTabs } from '#client/store/tabs.ts';
import { createExclusive } from '#client/store/web-lock.ts';
import { askToSendInBackground } from './background-sync.ts';
import { clock } from './platform.ts';
import { onSigns } from './signs.ts';

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

/** A connection that the browser believes to have, and has not (a wifi without a line), tells nobody when it comes back. */
const againMs = 2 * 60_000;

export function keepSendingWhileClosed(disk: Disk, sendSealed: (disk: Disk) => Promise<boolean> = sendWhileClosed): () => void {
  const send = () => void sendSealed(disk);
  const seen = () => {
    if (document.visibilityState === 'visible') send();
  };
  send();
  const timer = setInterval(seen, againMs);
  const stopListening = onSigns(send);
  return () => {
    clearInterval(timer);
    stopListening();
  };
}
