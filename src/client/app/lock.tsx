import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { LockPin } from '#client/features/devices/lock-pin.tsx';
import { useMessages } from '#client/languages/use-messages.ts';
import type { ContactStanding } from '#client/store/contact.ts';
import type { Disk } from '#client/store/disk.ts';
import { unlockByPasskey } from '#client/store/open-otherwise.ts';
import { maxWrongTries } from '#client/store/phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { unlock } from '#client/store/unlock-phone.ts';
import type { Authenticator } from '#client/vault/authenticator.ts';
import type { PinLock } from '#client/vault/pin-lock.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import type { LockReason, NotOpened } from './gate.ts';
import styles from './lock.module.css';

interface LockProps {
  readonly disk: Disk;
  readonly pinLock: PinLock;
  readonly authenticator: Authenticator;
  /** Why it locked; undefined: the app was just opened. */
  readonly because: LockReason | undefined;
  /** A save ended when no screen was left to say so. */
  readonly isSavedUnseen: boolean;
  readonly contact: ContactStanding;
  readonly triesLeft: number;
  readonly hasPasskey: boolean;
  /** What went wrong after the keys were open. */
  readonly notOpened: NotOpened | undefined;
  readonly onUnlocked: (phone: UnlockedPhone) => Promise<void>;
  /** It was wiped after the last wrong try, or is empty: read anew what this phone is. */
  readonly onChanged: () => void;
  readonly onForgotten: () => void;
  /** What can be done without the passphrase. */
  readonly children?: ReactNode;
}

/** The ways in: PIN while it lasts, passkey where there is one, and always the passphrase. */
export function Lock({ disk, pinLock, authenticator, because, isSavedUnseen, contact, triesLeft, hasPasskey, notOpened, onUnlocked, onChanged, onForgotten, children }: LockProps) {
  const m = useMessages();
  const words = m.phoneLock;
  const { offer, hasEnded } = usePinOffer(pinLock);
  const [wantsPassphrase, setWantsPassphrase] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const { isBusy: isOpening, run } = useOneAct();
  const isByPin = offer !== undefined && !wantsPassphrase;

  const openByPasskey = async () => {
    setFailure(undefined);
    const unlocked = await unlockByPasskey(disk, authenticator);
    if (unlocked.ok) await onUnlocked(unlocked.value);
    else setFailure(passkeyFailure(m, unlocked.error.code));
  };
  const failed = failure ?? notOpenedWords(m, notOpened);

  return (
    <PlainScreen title={m.lock.title}>
      {because === undefined ? null : <p>{m.lock.lockedBecause[because]}</p>}
      {isSavedUnseen ? <Notice tone="good">{m.lock.savedUnseen}</Notice> : null}
      {contact.isTooLong ? (
        <Notice tone="warn">
          <p>{words.contact.tooLong}</p>
          {contact.lastContactAt === undefined ? null : <p>{words.contact.last(formatWhen(contact.lastContactAt))}</p>}
        </Notice>
      ) : null}
      {hasEnded && !isByPin ? <Notice tone="calm">{words.pin.gone}</Notice> : null}
      {isByPin ? (
        <LockPin disk={disk} pinLock={pinLock} offer={offer} onUnlocked={onUnlocked} onGone={() => setWantsPassphrase(false)} />
      ) : (
        <PassphraseForm
          disk={disk}
          triesLeft={triesLeft}
          opening={contact.isTooLong ? words.contact.asking : m.lock.opening}
          onUnlocked={onUnlocked}
          onChanged={onChanged}
          onFailure={setFailure}
        />
      )}
      {failed === undefined ? null : <Notice tone="danger">{failed}</Notice>}
      {hasPasskey ? (
        <Button wide disabled={isOpening} onClick={() => void run(openByPasskey)}>
          <Icon name="fingerprint" />
          {isOpening ? m.lock.opening : words.passkey.open}
        </Button>
      ) : null}
      {offer === undefined ? null : (
        <Button wide onClick={() => setWantsPassphrase(!wantsPassphrase)}>
          {isByPin ? words.pin.usePassphrase : words.pin.usePin}
        </Button>
      )}
      {children}
      <Button variant="bare" wide onClick={onForgotten}>
        {words.forgotten.ask}
      </Button>
    </PlainScreen>
  );
}

interface PassphraseFormProps extends Pick<LockProps, 'disk' | 'triesLeft' | 'onUnlocked' | 'onChanged'> {
  /** What the button says while it works. */
  readonly opening: string;
  readonly onFailure: (words: string | undefined) => void;
}

function PassphraseForm({ disk, triesLeft, opening, onUnlocked, onChanged, onFailure }: PassphraseFormProps) {
  const m = useMessages();
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, run } = useOneAct();
  const [left, setLeft] = useState(triesLeft);

  const open = async () => {
    onFailure(undefined);
    const unlocked = await unlock(disk, passphrase);
    if (unlocked.ok) return await onUnlocked(unlocked.value);
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
        onFailure(m.lock.storage[error.code]);
        break;
      case 'derivation_failed':
        onFailure(m.lock.openFailed);
        break;
      case 'damaged':
      case 'weak_parameters':
        onFailure(m.lock.damaged);
        break;
    }
  };

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '') void run(open);
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
        {isBusy ? opening : m.lock.open}
      </Button>
    </form>
  );
}

/** What the PIN offers now. It ends by itself, and whenever the page is seen again the clock is looked at first. */
function usePinOffer(pinLock: PinLock) {
  const [offer, setOffer] = useState(() => pinLock.offer());
  const [hasEnded, setHasEnded] = useState(false);
  const isOffered = offer !== undefined;
  useEffect(() => {
    if (!isOffered) return undefined;
    const look = () => {
      const now = pinLock.offer();
      setOffer(now);
      if (now === undefined) setHasEnded(true);
    };
    document.addEventListener('visibilitychange', look);
    const stop = pinLock.subscribe(look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }, [pinLock, isOffered]);
  return { offer, hasEnded };
}

type Messages = ReturnType<typeof useMessages>;

function notOpenedWords(m: Messages, notOpened: NotOpened | undefined): string | undefined {
  switch (notOpened) {
    case undefined:
      return undefined;
    case 'failed':
      return m.lock.openFailed;
    case 'not_reached':
      return `${m.phoneLock.contact.notReached} ${m.phoneLock.contact.howElse}`;
    case 'not_known':
      return m.phoneLock.contact.notKnown;
    case 'member_unknown':
      return m.phoneLock.contact.memberUnknown;
  }
}

function passkeyFailure(m: Messages, code: Extract<Awaited<ReturnType<typeof unlockByPasskey>>, { readonly ok: false }>['error']['code']): string {
  switch (code) {
    case 'storage_full':
    case 'storage_failed':
      return m.lock.storage[code];
    case 'damaged':
      return m.lock.damaged;
    default:
      return m.phoneLock.passkey.errors[code];
  }
}
