import { useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { addPasskey, removePasskey } from '#client/store/open-otherwise.ts';
import { maxWrongTries, readPhone } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import { paths } from '#client/ui/paths.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useLockWays } from './use-lock-ways.ts';

type Standing = 'reading' | 'unavailable' | 'off' | 'on';

/** Turns the fingerprint (or face) on and off. The passphrase stays what it was. */
export function PasskeyPage() {
  const m = useMessages();
  const words = m.phoneLock.passkey;
  const { disk, authenticator } = useLockWays();
  const [standing, setStanding] = useState<Standing>('reading');
  const [said, setSaid] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  const [passphrase, setPassphrase] = useState('');
  const [triesLeft, setTriesLeft] = useState<number | undefined>(undefined);

  useEffect(() => {
    const read = async (): Promise<Standing> => {
      const phone = await readPhone(disk);
      if (phone.state === 'locked' && phone.hasPasskey) return 'on';
      return (await authenticator.isAvailable()) ? 'off' : 'unavailable';
    };
    read().then(setStanding, () => setProblem(m.lock.storage.storage_failed));
  }, [disk, authenticator, m]);

  const add = async () => {
    setProblem(undefined);
    setTriesLeft(undefined);
    const added = await addPasskey(disk, passphrase, authenticator);
    if (added.ok) {
      setPassphrase('');
      setSaid(words.added);
      return setStanding('on');
    }
    const { error } = added;
    switch (error.code) {
      case 'wrong_passphrase':
        setPassphrase('');
        return setTriesLeft(error.triesLeft);
      case 'dismissed':
      case 'no_prf':
      case 'failed':
        return setProblem(words.errors[error.code]);
      case 'storage_full':
      case 'storage_failed':
        return setProblem(m.lock.storage[error.code]);
      case 'derivation_failed':
      case 'weak_parameters':
      case 'damaged':
        return setProblem(m.phoneLock.passphrase.errors[error.code]);
      // The page is about to show what the phone has become.
      case 'wiped':
      case 'empty':
        return undefined;
    }
  };
  const remove = async () => {
    setProblem(undefined);
    setSaid(undefined);
    const removed = await removePasskey(disk);
    if (!removed.ok) return setProblem(removed.error.code === 'which_unknown' ? words.maybeRemoved : words.notRemoved);
    setSaid(words.removed);
    setStanding((await authenticator.isAvailable()) ? 'off' : 'unavailable');
  };

  return (
    <Page title={words.title} back={paths.settings()}>
      <p>{words.why}</p>
      <p>{words.others}</p>
      <p role="status" className="status">
        {said}
      </p>
      {standing === 'reading' ? null : standing === 'unavailable' ? (
        <Notice tone="calm">{words.unavailable}</Notice>
      ) : standing === 'on' ? (
        <>
          <Notice tone="good">{words.isOn}</Notice>
          <Button wide disabled={isBusy} onClick={() => void run(remove)}>
            {words.remove}
          </Button>
        </>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase !== '') void run(add);
          }}
        >
          <PassphraseField
            label={words.passphrase}
            hint={words.passphraseHint}
            error={triesLeft === undefined || triesLeft === maxWrongTries ? undefined : m.phoneLock.passphrase.wrong(triesLeft)}
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <Button type="submit" variant="primary" wide disabled={isBusy}>
            {isBusy ? words.adding : words.add}
          </Button>
        </form>
      )}
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
    </Page>
  );
}
