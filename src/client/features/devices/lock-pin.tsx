import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Disk } from '#client/store/disk.ts';
import { unlockByPin } from '#client/store/open-otherwise.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { pinDigits } from '#client/vault/pin.ts';
import type { PinLock, PinOffer } from '#client/vault/pin-lock.ts';
import { formatTime } from '#client/ui/dates.ts';
import { Notice } from '#client/ui/notice.tsx';
import { PinPad } from '#client/ui/pin-pad.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';

interface LockPinProps {
  readonly disk: Disk;
  readonly pinLock: PinLock;
  readonly offer: PinOffer;
  readonly onUnlocked: (phone: UnlockedPhone) => Promise<void>;
  /** The PIN opens nothing any more: it said so itself. */
  readonly onGone: () => void;
}

/** The PIN at the lock: how long it works and how many tries are left stand above the digits. */
export function LockPin({ disk, pinLock, offer, onUnlocked, onGone }: LockPinProps) {
  const m = useMessages();
  const words = m.phoneLock.pin;
  const { isBusy, run } = useOneAct();
  const [turn, setTurn] = useState(0);
  const [triesLeft, setTriesLeft] = useState(offer.triesLeft);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  const open = async (pin: string) => {
    setProblem(undefined);
    const unlocked = await unlockByPin(disk, pinLock, pin);
    if (unlocked.ok) return await onUnlocked(unlocked.value);
    setTurn((before) => before + 1);
    const { error } = unlocked;
    switch (error.code) {
      case 'wrong_pin':
        setTriesLeft(error.triesLeft);
        return setProblem(words.wrong);
      case 'gone':
        return onGone();
      case 'derivation_failed':
        return setProblem(m.lock.openFailed);
      case 'storage_full':
      case 'storage_failed':
        return setProblem(m.lock.storage[error.code]);
    }
  };

  return (
    <div className="stack">
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
      <p>{words.left(triesLeft, formatTime(offer.until))}</p>
      <PinPad
        key={turn}
        label={words.ask}
        typed={words.typed}
        erase={words.erase}
        enter={isBusy ? words.opening : words.open}
        {...pinDigits}
        isBusy={isBusy}
        onEntered={(pin) => void run(async () => await open(pin))}
      />
    </div>
  );
}
