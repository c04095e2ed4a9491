import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { changePassphrase } from '#client/store/change-passphrase.ts';
import { readPhone } from '#client/store/phone.ts';
import { checkPassphrase, normalizePassphrase, suggestPassphrase } from '#client/vault/passphrase.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { ChoosePassphrase } from '#client/ui/choose-passphrase.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import { paths } from '#client/ui/paths.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useLockWays } from './use-lock-ways.ts';

/** What else opened the phone when the passphrase was changed. */
interface Changed {
  readonly hadPin: boolean;
  readonly hasPasskey: boolean;
}

/** Another passphrase for the same phone: the old one opens until the new one is on the disk. */
export function PassphrasePage() {
  const m = useMessages();
  const words = m.phoneLock.passphrase;
  const { disk, pinLock } = useLockWays();
  const [old, setOld] = useState('');
  const [triesLeft, setTriesLeft] = useState<number | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { isBusy, run } = useOneAct();
  const [changed, setChanged] = useState<Changed | undefined>(undefined);

  const change = async (chosen: string) => {
    setProblem(undefined);
    setTriesLeft(undefined);
    if (isSame(old, chosen)) return setProblem(words.isOld);
    const outcome = await changePassphrase(disk, old, chosen);
    if (outcome.ok) {
      const hadPin = pinLock.isSet();
      // It was made for the lock of before, and opens this one no more.
      pinLock.forget();
      const phone = await readPhone(disk).catch(() => undefined);
      return setChanged({ hadPin, hasPasskey: phone?.state === 'locked' && phone.hasPasskey });
    }
    const { error } = outcome;
    switch (error.code) {
      case 'wrong_passphrase':
        setOld('');
        return setTriesLeft(error.triesLeft);
      case 'passphrase_too_short':
        return setProblem(m.enrolment.tooShort);
      case 'derivation_failed':
      case 'weak_parameters':
      case 'damaged':
      case 'storage_full':
      case 'storage_failed':
      case 'which_unknown':
        return setProblem(words.errors[error.code]);
      // The page is about to show what the phone has become.
      case 'wiped':
      case 'empty':
        return undefined;
    }
  };

  if (changed !== undefined) {
    return (
      <Page title={words.change} back={paths.settings()}>
        <Notice tone="good">
          <strong>{words.done}</strong>
          <p>{words.doneText}</p>
        </Notice>
        {changed.hadPin ? <p>{words.pinGone}</p> : null}
        {changed.hasPasskey ? <p>{words.passkeyStays}</p> : null}
        <ButtonLink href={paths.settings()} wide>
          {words.back}
        </ButtonLink>
      </Page>
    );
  }
  return (
    <Page title={words.change} back={paths.settings()}>
      <p>{words.why}</p>
      <ChoosePassphrase
        suggest={() => suggestPassphrase((length) => crypto.getRandomValues(new Uint8Array(length)))}
        isLongEnough={(passphrase) => checkPassphrase(passphrase).ok}
        isSame={isSame}
        submit={words.save}
        submitting={words.saving}
        isBusy={isBusy}
        onChosen={(chosen) => void run(async () => await change(chosen))}
      >
        <PassphraseField
          label={words.old}
          error={triesLeft === undefined ? undefined : words.wrong(triesLeft)}
          autoComplete="current-password"
          value={old}
          onChange={(event) => {
            setOld(event.currentTarget.value);
            setTriesLeft(undefined);
          }}
        />
      </ChoosePassphrase>
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
    </Page>
  );
}

function isSame(one: string, other: string): boolean {
  return normalizePassphrase(one) === normalizePassphrase(other);
}
