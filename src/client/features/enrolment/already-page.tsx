import { useEffect } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { forgetInvitation } from './kept-invitation.ts';

interface AlreadyPageProps {
  /** What exists only on this phone. */
  readonly holds?: string | undefined;
  readonly onGoOn: () => void;
  /** To where the phone is passed on: all is sent, then wiped. */
  readonly onPassOn: () => void;
}

/** An invitation opened on a phone that is someone's already: it is not used, and taken out of the address bar. */
export function AlreadyPage({ holds, onGoOn, onPassOn }: AlreadyPageProps) {
  const { enrolment: m, phoneLock } = useMessages();
  useEffect(forgetInvitation, []);
  return (
    <PlainScreen title={m.alreadyTitle}>
      <p>{m.alreadyText}</p>
      {holds === undefined ? null : <Notice tone="warn">{holds}</Notice>}
      <Button variant="primary" wide onClick={onGoOn}>
        {m.alreadyGo}
      </Button>
      <p>{phoneLock.second.how}</p>
      <Button wide onClick={onPassOn}>
        {phoneLock.second.passOn}
      </Button>
    </PlainScreen>
  );
}
