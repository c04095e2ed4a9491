import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { InvitationFound } from '#client/remote/enrolment.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { Notice } from '#client/ui/notice.tsx';
import styles from './enrolment.module.css';

interface WhoStepProps {
  readonly found: InvitationFound;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Who and where the invitation is for. Asking has not used it up. */
export function WhoStep({ found, onYes, onNo }: WhoStepProps) {
  const m = useMessages();
  const [isSomeoneElse, setIsSomeoneElse] = useState(false);
  const work = [...new Set(found.assignments.map(({ role }) => m.words.roles[role]))].join(', ');
  if (isSomeoneElse) {
    return (
      <>
        <Notice tone="calm">{m.enrolment.whoNotMe}</Notice>
        <Button onClick={onNo}>{m.ui.done}</Button>
      </>
    );
  }
  return (
    <>
      <p className={styles['step']}>{m.enrolment.step(1, 2)}</p>
      <Facts
        facts={[
          { name: m.enrolment.whoName, words: found.name },
          { name: m.enrolment.whoWork, words: work },
          { name: m.enrolment.whoHamlet, words: found.hamletName },
          { name: m.enrolment.whoUnit, words: found.unitName },
          { name: m.enrolment.whoCommune, words: found.communeName },
        ]}
      />
      <p className="quiet">{m.enrolment.expires(formatWhen(found.expiresAt))}</p>
      <Button variant="primary" wide onClick={onYes}>
        {m.enrolment.whoYes}
      </Button>
      <Button variant="bare" wide onClick={() => setIsSomeoneElse(true)}>
        {m.enrolment.whoNo}
      </Button>
    </>
  );
}
