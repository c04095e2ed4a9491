/** What the screens about the phone's locks work on: the disk, this page's PIN, the phone's own passkeys. */
import { createContext, use, useEffect, useState } from 'react';
import type { Disk } from '#client/store/disk.ts';
import type { setPin } from '#client/store/open-otherwise.ts';
import type { Authenticator } from '#client/vault/authenticator.ts';
import type { PinLock } from '#client/vault/pin-lock.ts';

export interface LockWays {
  readonly disk: Disk;
  readonly pinLock: PinLock;
  readonly authenticator: Authenticator;
  /** For the locks of this page's life. */
  setPin(pin: string): ReturnType<typeof setPin>;
}

const LockWaysContext = createContext<LockWays | undefined>(undefined);
export const LockWaysProvider = LockWaysContext.Provider;

export function useLockWays(): LockWays {
  const ways = use(LockWaysContext);
  if (ways === undefined) throw new Error('no phone is unlocked here');
  return ways;
}

export function useHasPin(pinLock: PinLock): boolean {
  const [isSet, setIsSet] = useState(() => pinLock.isSet());
  useEffect(() => pinLock.subscribe(() => setIsSet(pinLock.isSet())), [pinLock]);
  return isSet;
}
