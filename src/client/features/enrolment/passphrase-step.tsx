import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { checkPassphrase, normalizePassphrase, suggestPassphrase } from '#client/vault/passphrase.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { PassphraseField } from '#client/ui/passphrase-field.tsx';
import styles from './enrolment.module.css';

interface PassphraseStepProps {
  readonly isBusy: boolean;
  readonly onChosen: (passphrase: string) => void;
}

const newWords = () => suggestPassphrase((length) => crypto.getRandomValues(new Uint8Array(length)));

/** The words offered or one's own; either way typed once more, since nobody can tell them to a person who forgot. */
export function PassphraseStep({ isBusy, onChosen }: PassphraseStepProps) {
  const m = useMessages().enrolment;
  const [way, setWay] = useState<'offered' | 'own'>('offered');
  const [offered, setOffered] = useState(newWords);
  const [own, setOwn] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'too_short' | 'not_same' | undefined>(undefined);
  const chosen = way === 'offered' ? offered : own;

  const submit = () => {
    if (!checkPassphrase(chosen).ok) setWrong('too_short');
    else if (normalizePassphrase(again) !== normalizePassphrase(chosen)) setWrong('not_same');
    else onChosen(chosen);
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) submit();
      }}
    >
      <p className={styles['step']}>{m.step(2, 2)}</p>
      <p>{m.passphraseWhy}</p>
      <Choice
        label={m.passphraseTitle}
        options={[
          { value: 'offered', label: m.offered },
          { value: 'own', label: m.own },
        ]}
        value={way}
        onChange={(next) => {
          setWay(next);
          setWrong(undefined);
        }}
      />
      {way === 'offered' ? (
        <div className={styles['offered']}>
          <p className={styles['words']} translate="no" data-passphrase>
            {offered}
          </p>
          <p className="quiet">{m.offeredHint}</p>
          <Button onClick={() => setOffered(newWords())}>{m.another}</Button>
        </div>
      ) : (
        <PassphraseField
          label={m.passphraseNew}
          hint={m.passphraseHint}
          error={wrong === 'too_short' ? m.tooShort : undefined}
          autoComplete="new-password"
          value={own}
          onChange={(event) => {
            setOwn(event.currentTarget.value);
            setWrong(undefined);
          }}
        />
      )}
      <PassphraseField
        label={m.passphraseAgain}
        hint={m.passphraseAgainHint}
        error={wrong === 'not_same' ? m.notSame : undefined}
        autoComplete="new-password"
        value={again}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
          setWrong(undefined);
        }}
      />
      <Button type="submit" variant="primary" wide disabled={isBusy}>
        {isBusy ? m.makingKeys : m.finish}
      </Button>
    </form>
  );
}
