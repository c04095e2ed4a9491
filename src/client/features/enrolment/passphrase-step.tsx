import { useMessages } from '#client/languages/use-messages.ts';
import { checkPassphrase, normalizePassphrase, suggestPassphrase } from '#client/vault/passphrase.ts';
import { ChoosePassphrase } from '#client/ui/choose-passphrase.tsx';
import styles from './enrolment.module.css';

interface PassphraseStepProps {
  readonly isBusy: boolean;
  readonly onChosen: (passphrase: string) => void;
}

export function PassphraseStep({ isBusy, onChosen }: PassphraseStepProps) {
  const m = useMessages().enrolment;
  return (
    <ChoosePassphrase
      suggest={() => suggestPassphrase((length) => crypto.getRandomValues(new Uint8Array(length)))}
      isLongEnough={(passphrase) => checkPassphrase(passphrase).ok}
      isSame={(one, other) => normalizePassphrase(one) === normalizePassphrase(other)}
      submit={m.finish}
      submitting={m.makingKeys}
      isBusy={isBusy}
      onChosen={onChosen}
    >
      <p className={styles['step']}>{m.step(2, 2)}</p>
      <p>{m.passphraseWhy}</p>
    </ChoosePassphrase>
  );
}
