import { useEffect } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { forgetInvitation } from './kept-invitation.ts';

/** An invitation opened on a phone that is someone's already: it is not used, and taken out of the address bar. `holds`: what exists only on it. */
export function AlreadyPage({ holds, onGoOn }: { readonly holds?: string | undefined; readonly onGoOn: () => void }) {
  const m = useMessages().enrolment;
  useEffect(forgetInvitation, []);
  return (
    <PlainScreen title={m.alreadyTitle}>
      <p>{m.alreadyText}</p>
      {holds === undefined ? null : <Notice tone="warn">{holds}</Notice>}
      <Button variant="primary" wide onClick={onGoOn}>
        {m.alreadyGo}
      </Button>
    </PlainScreen>
  );
}
