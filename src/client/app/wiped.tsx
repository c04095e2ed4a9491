import { useState } from 'react';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { useMessages } from '#client/languages/use-messages.ts';
import type { HandOverFile } from '#client/store/hand-over.ts';
import type { PhoneStanding } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';

interface WipedProps {
  readonly why: Extract<PhoneStanding, { readonly state: 'wiped' }>['why'];
  /** Sealed entries that exist only here, and since when, in words. */
  readonly unsent: number;
  /** Sealed pictures of photos that may not have arrived. */
  readonly pictures: number;
  readonly since: string;
  /** Resolves to whether the commune has all of it now. */
  readonly onSend: () => Promise<boolean>;
  /** All of it as a file for somebody to carry. */
  readonly onHandOver: () => Promise<HandOverFile | undefined>;
  /** Gives up the sealed entries that were not sent. */
  readonly onClear: () => Promise<void>;
  /** Enrols anew; what is sealed stays. */
  readonly onEnrol: () => void;
}

/** Says truthfully what is gone and what remains: the sealed entries, and how many. */
export function Wiped({ why, unsent, pictures, since, onSend, onHandOver, onClear, onEnrol }: WipedProps) {
  const m = useMessages();
  const [isAsking, setIsAsking] = useState(false);
  const { isBusy: isSending, run } = useOneAct();
  const [hasFailed, setHasFailed] = useState(false);
  const send = async () => {
    setHasFailed(false);
    setHasFailed(!(await onSend()));
  };
  return (
    <PlainScreen title={m.lock.wipedTitle}>
      <p>{why === 'wrong_passphrases' ? m.lock.wipedWrong : why === 'revoked' ? m.lock.wipedRevoked : m.lock.wipedAsked}</p>
      {pictures === 0 ? null : <Notice tone="warn">{m.photos.sync.wiped(pictures)}</Notice>}
      {unsent === 0 ? (
        <p role="status">{m.lock.wipedNothingLeft}</p>
      ) : (
        <>
          <Notice tone="warn">
            <p>{m.lock.wipedLeft(unsent, since)}</p>
            <p>{m.lock.wipedKeep}</p>
          </Notice>
          <div>
            <Button variant="primary" wide disabled={isSending} onClick={() => void run(send)}>
              {isSending ? m.storage.sending : m.storage.sendFirst}
            </Button>
            <p aria-live="polite">{hasFailed ? m.storage.notSent : null}</p>
          </div>
          <HandOver make={onHandOver} />
        </>
      )}
      <Button variant={unsent === 0 ? 'primary' : 'plain'} wide onClick={onEnrol}>
        {m.lock.wipedAgain}
      </Button>
      {unsent + pictures === 0 ? null : (
        <Button variant="danger" wide onClick={() => setIsAsking(true)}>
          {m.lock.wipedClear}
        </Button>
      )}
      {isAsking && unsent + pictures > 0 ? (
        <Confirm question={unsent === 0 ? m.photos.sync.wipedClearConfirm(pictures) : m.lock.wipedClearConfirm(unsent, since)} yes={m.lock.wipedClearYes} onYes={() => void run(onClear)} onNo={() => setIsAsking(false)} />
      ) : null}
    </PlainScreen>
  );
}
