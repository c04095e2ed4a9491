import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { countDrafts } from '#client/store/phone.ts';
import type { Disk } from '#client/store/disk.ts';
import { Button } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { Section } from '#client/ui/section.tsx';

interface LockForgottenProps {
  readonly disk: Disk;
  /** Sealed entries that exist only here, and since when, in words. */
  readonly unsent: number;
  readonly since: string;
  /** The fingerprint still opens it. */
  readonly hasPasskey: boolean;
  readonly onWipe: () => void;
  readonly onBack: () => void;
  /** The other road for what is sealed. */
  readonly handOver: ReactNode;
}

/** What a forgotten passphrase costs and what it does not, counted; and what to do. */
export function LockForgotten({ disk, unsent, since, hasPasskey, onWipe, onBack, handOver }: LockForgottenProps) {
  const words = useMessages().phoneLock.forgotten;
  const [drafts, setDrafts] = useState<number | undefined>(undefined);
  const [isAsking, setIsAsking] = useState(false);
  useEffect(() => {
    countDrafts(disk).then(setDrafts, () => undefined);
  }, [disk]);

  const lost = drafts === undefined ? null : <p>{drafts === 0 ? words.noDrafts : words.drafts(drafts)}</p>;
  return (
    <PlainScreen title={words.title}>
      <p>{words.nobodyKnows}</p>
      {hasPasskey ? <Notice tone="calm">{words.byPasskey}</Notice> : null}
      <Section title={words.staysTitle}>
        {unsent === 0 ? (
          <p>{words.nothingSealed}</p>
        ) : (
          <>
            <Notice tone="warn">{words.sealed(unsent, since)}</Notice>
            {handOver}
          </>
        )}
        <p>{words.settled}</p>
      </Section>
      <Section title={words.lostTitle}>{lost}</Section>
      <Section title={words.todoTitle}>
        <ol className="steps">
          {words.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="quiet">{words.maybe}</p>
      </Section>
      <Button variant="danger" wide onClick={() => setIsAsking(true)}>
        {words.wipe}
      </Button>
      <Button wide onClick={onBack}>
        {words.back}
      </Button>
      {isAsking ? (
        <Confirm
          question={
            <div className="stack-close">
              <p>{words.wipeAsk}</p>
              {lost}
              {unsent === 0 ? null : <p>{words.sealed(unsent, since)}</p>}
              <p>{words.wipeNoWay}</p>
            </div>
          }
          yes={words.wipeYes}
          onYes={onWipe}
          onNo={() => setIsAsking(false)}
        />
      ) : null}
    </PlainScreen>
  );
}
