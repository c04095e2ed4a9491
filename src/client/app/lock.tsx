import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Disk } from '#client/store/disk.ts';
import { maxWrongTries } from '#client/store/phone.ts';
import { unlock } from '#client/store/unlock-phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import styles from './lock.module.css';

export type LockReason = 'idle' | 'hidden' | 'asked';

interface LockProps {
  readonly disk: Disk;
  /** Why it locked; undefined: the app was just opened. */
  readonly because: LockReason | undefined;
  readonly triesLeft: number;
  readonly onUnlocked: (phone: UnlockedPhone) => Promise<void>;
  /** It was wiped after the last wrong try, or is empty: read anew what this phone is. */
  readonly onChanged: () => void;
  /** Unlocking went wrong after the passphrase was right. */
  readonly hasFailedToOpen: boolean;
  /** What can be done without the passphrase. */
  readonly children?: ReactNode;
}

export function Lock({ disk, because, triesLeft, onUnlocked, onChanged, hasFailedToOpen, children }: LockProps) {
  const m = useMessages();
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [left, setLeft] = useState(triesLeft);
  const [failure, setFailure] = useState<string | undefined>(undefined);

  const open = async () => {
    setIsBusy(true);
    setFailure(undefined);
    const unlocked = await unlock(disk, passphrase);
    if (unlocked.ok) {
      await onUnlocked(unlocked.value);
      setIsBusy(false);
      return;
    }
    setIsBusy(false);
    const { error } = unlocked;
    switch (error.code) {
      case 'wrong_passphrase':
        setLeft(error.triesLeft);
        setPassphrase('');
        break;
      case 'wiped':
      case 'empty':
        onChanged();
        break;
      case 'storage_full':
      case 'storage_failed':
        setFailure(m.lock.storage[error.code]);
        break;
      case 'derivation_failed':
        setFailure(m.lock.openFailed);
        break;
      case 'damaged':
      case 'weak_parameters':
        setFailure(m.lock.damaged);
        break;
    }
  };

  return (
    <PlainScreen title={m.lock.title}>
      {because === undefined ? null : <p>{m.lock.lockedBecause[because]}</p>}
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && passphrase !== '') void open();
        }}
      >
        <PassphraseField
          label={m.lock.passphrase}
          error={left < maxWrongTries && !isBusy ? m.lock.wrong(left) : undefined}
          autoComplete="current-password"
          enterKeyHint="go"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <Button type="submit" variant="primary" wide disabled={isBusy}>
          {isBusy ? m.lock.opening : m.lock.open}
        </Button>
      </form>
      {failure === undefined ? null : <Notice tone="danger">{failure}</Notice>}
      {hasFailedToOpen ? <Notice tone="danger">{m.lock.openFailed}</Notice> : null}
      {children}
    </PlainScreen>
  );
}
