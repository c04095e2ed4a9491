import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Disk } from '#client/store/disk.ts';
import { abandonEnrolment } from '#client/store/enrol-phone.ts';
import { unlock } from '#client/store/unlock-phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { DoneStep } from './done-step.tsx';
import { Failure } from './failure.tsx';
import type { FailureCode } from './failure.tsx';
import { forgetInvitation } from './kept-invitation.ts';
import { register } from './register.ts';
import styles from './enrolment.module.css';

interface ResumePageProps {
  readonly disk: Disk;
  /** Resolves when the phone is at work, or says why not. */
  readonly onEnrolled: (phone: UnlockedPhone) => Promise<void>;
  /** The phone is empty again, or wiped after too many wrong passphrases: read anew what it is. */
  readonly onChanged: () => void;
}

/** The page was closed between making the keys and hearing the endpoint: the same request is sent again. */
export function ResumePage({ disk, onEnrolled, onChanged }: ResumePageProps) {
  const m = useMessages();
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, run } = useOneAct();
  const [triesLeft, setTriesLeft] = useState<number | undefined>(undefined);
  const [failure, setFailure] = useState<FailureCode | undefined>(undefined);
  const [opened, setOpened] = useState<UnlockedPhone | undefined>(undefined);
  const [name, setName] = useState<string | undefined>(undefined);

  const goOn = async (phone: UnlockedPhone) => {
    setOpened(phone);
    setFailure(undefined);
    const registered = await register(disk, phone);
    if (!registered.ok) return setFailure(registered.error);
    forgetInvitation();
    setName(registered.value.name);
  };

  const open = async () => {
    const unlocked = await unlock(disk, passphrase);
    if (unlocked.ok) {
      if (unlocked.value.enrolling === undefined) return await onEnrolled(unlocked.value);
      return await goOn(unlocked.value);
    }
    const { error } = unlocked;
    if (error.code === 'wrong_passphrase') return setTriesLeft(error.triesLeft);
    if (error.code === 'wiped' || error.code === 'empty') return onChanged();
    setFailure(error.code === 'storage_full' || error.code === 'storage_failed' ? error.code : 'device_fault');
  };

  if (name !== undefined && opened !== undefined) {
    return (
      <PlainScreen title={m.enrolment.doneTitle}>
        <DoneStep name={name} onBegin={() => onEnrolled(opened)} />
      </PlainScreen>
    );
  }
  return (
    <PlainScreen title={m.enrolment.resumeTitle}>
      {opened === undefined ? (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void run(open);
          }}
        >
          <p>{m.enrolment.resumeText}</p>
          <PassphraseField
            label={m.lock.passphrase}
            error={triesLeft === undefined ? undefined : m.lock.wrong(triesLeft)}
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <Button type="submit" variant="primary" wide disabled={isBusy}>
            {isBusy ? m.lock.opening : m.enrolment.resumeGo}
          </Button>
        </form>
      ) : isBusy ? (
        <p role="status">{m.enrolment.registering}</p>
      ) : null}
      {failure === undefined ? null : <Failure code={failure} onRetry={() => void run(async () => await (opened === undefined ? open() : goOn(opened)))} />}
      {isBusy ? null : (
        <StartOver
          onStartOver={async () => {
            opened?.close();
            await abandonEnrolment(disk);
            onChanged();
          }}
        />
      )}
    </PlainScreen>
  );
}

/** Gives up the keys that were made; nothing was written with them yet. */
export function StartOver({ onStartOver }: { readonly onStartOver: () => Promise<void> }) {
  const m = useMessages().enrolment;
  const { run } = useOneAct();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="bare" wide onClick={() => setIsAsking(true)}>
        {m.startOver}
      </Button>
      {isAsking ? <Confirm question={m.startOverWarning} yes={m.startOver} onYes={() => void run(onStartOver)} onNo={() => setIsAsking(false)} /> : null}
    </>
  );
}
