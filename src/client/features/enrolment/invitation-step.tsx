import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { readInvitation } from '#client/remote/enrolment.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/field.tsx';
import styles from './enrolment.module.css';

/** For a phone that was not opened by a link: the invitation is pasted. */
export function InvitationStep({ onInvitation }: { readonly onInvitation: (invitation: string) => void }) {
  const m = useMessages().enrolment;
  const [text, setText] = useState('');
  const [isBad, setIsBad] = useState(false);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        const invitation = readInvitation(text);
        if (invitation === undefined) setIsBad(true);
        else onInvitation(invitation);
      }}
    >
      <TextArea
        label={m.linkLabel}
        hint={m.linkHint}
        error={isBad ? m.errors.bad_link : undefined}
        value={text}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIsBad(false);
        }}
      />
      <Button type="submit" variant="primary" wide>
        {m.linkCheck}
      </Button>
    </form>
  );
}
