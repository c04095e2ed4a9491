import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import styles from './choose-passphrase.module.css';

interface ChoosePassphraseProps {
  /** Words to offer. */
  readonly suggest: () => string;
  readonly isLongEnough: (passphrase: string) => boolean;
  /** However a keyboard writes them. */
  readonly isSame: (one: string, other: string) => boolean;
  readonly submit: string;
  readonly submitting: string;
  readonly isBusy: boolean;
  readonly onChosen: (passphrase: string) => void;
  /** Above the choice, inside the form. */
  readonly children?: ReactNode;
}

/** The words offered or one's own; either way typed once more, since nobody can tell them to a person who forgot. */
export function ChoosePassphrase({ suggest, isLongEnough, isSame, submit, submitting, isBusy, onChosen, children }: ChoosePassphraseProps) {
  const m = useMessages().enrolment;
  const [way, setWay] = useState<'offered' | 'own'>('offered');
  const [offered, setOffered] = useState(suggest);
  const [own, setOwn] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'too_short' | 'not_same' | undefined>(undefined);
  const chosen = way === 'offered' ? offered : own;

  const check = () => {
    if (!isLongEnough(chosen)) setWrong('too_short');
    else if (!isSame(again, chosen)) setWrong('not_same');
    else onChosen(chosen);
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) check();
      }}
    >
      {children}
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
          <Button onClick={() => setOffered(suggest())}>{m.another}</Button>
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
        {isBusy ? submitting : submit}
      </Button>
    </form>
  );
}
