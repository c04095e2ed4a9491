import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { PhoneStanding } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';

interface WipedProps {
  readonly standing: Extract<PhoneStanding, { readonly state: 'wiped' }>;
  /** Gives up the sealed entries that were not sent. */
  readonly onClear: () => void;
  /** Enrols anew; what is sealed stays. */
  readonly onEnrol: () => void;
}

/** Says truthfully what is gone and what remains: the sealed entries, and how many. */
export function Wiped({ standing, onClear, onEnrol }: WipedProps) {
  const m = useMessages().lock;
  const [isAsking, setIsAsking] = useState(false);
  const { unsent, why } = standing;
  return (
    <PlainScreen title={m.wipedTitle}>
      <p>{why === 'wrong_passphrases' ? m.wipedWrong : why === 'revoked' ? m.wipedRevoked : m.wipedAsked}</p>
      {unsent === 0 ? (
        <p>{m.wipedNothingLeft}</p>
      ) : (
        <Notice tone="warn">
          <p>{m.wipedLeft(unsent)}</p>
          <p>{m.wipedKeep}</p>
        </Notice>
      )}
      <Button variant="primary" wide onClick={onEnrol}>
        {m.wipedAgain}
      </Button>
      {unsent === 0 ? null : (
        <Button variant="danger" wide onClick={() => setIsAsking(true)}>
          {m.wipedClear}
        </Button>
      )}
      {isAsking ? (
        <Confirm question={m.wipedClearConfirm(unsent)} yes={m.wipedClearYes} onYes={onClear} onNo={() => setIsAsking(false)} />
      ) : null}
    </PlainScreen>
  );
}
