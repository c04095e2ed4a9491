import { useEffect, useState } from 'react';

export interface StorageRoom {
  readonly leftBytes: number;
  /** Four fifths of what the browser allows are used, or so little is left that a day's work may not fit. */
  readonly isNearlyFull: boolean;
}

const nearlyFullShare = 0.8;
const littleRoomBytes = 50 * 1024 * 1024;
/** Newer Chromium tells every site the same, whatever the phone has: what is used and a round number of these (`usage + 10 GiB`). */
const gibibyte = 2 ** 30;

/** How much the browser still lets this app keep, asked anew whenever the page is seen again. Undefined: it does not say, or not yet. */
export function useStorageRoom(): StorageRoom | undefined {
  const [room, setRoom] = useState<StorageRoom | undefined>(undefined);
  useEffect(() => {
    let isShown = true;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      void readRoom().then((found) => {
        if (isShown) setRoom(found);
      });
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      isShown = false;
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return room;
}

async function readRoom(): Promise<StorageRoom | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    if (quota === undefined || usage === undefined) return undefined;
    const leftBytes = Math.max(0, quota - usage);
    if (leftBytes > 0 && leftBytes % gibibyte === 0) return undefined;
    return { leftBytes, isNearlyFull: usage >= quota * nearlyFullShare || leftBytes < littleRoomBytes };
  } catch {
    return undefined;
  }
}
