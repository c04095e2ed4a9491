import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import type { Surroundings } from './in-app-browser.ts';
import { linkOf } from './kept-invitation.ts';
import styles from './enrolment.module.css';

interface OpenElsewhereProps {
  readonly surroundings: Exclude<Surroundings, { readonly place: 'browser' }>;
  readonly invitation: string | undefined;
}

/** Shown in place of the enrolment where the phone could not keep anything: how to get out of here, with the invitation unused. */
export function OpenElsewhere({ surroundings, invitation }: OpenElsewhereProps) {
  const m = useMessages().enrolment;
  const isInsideApp = surroundings.place === 'inside_app';
  const steps = !isInsideApp ? m.iosSteps : surroundings.system === 'ios' ? m.insideAppStepsIos : m.insideAppStepsAndroid;
  return (
    <PlainScreen title={isInsideApp ? m.insideAppTitle : m.iosTitle}>
      <p>{isInsideApp ? m.insideAppText(surroundings.appName ?? m.insideAppOther) : m.iosText}</p>
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <CopyLink link={invitation === undefined ? window.location.href : linkOf(invitation)} />
    </PlainScreen>
  );
}

function CopyLink({ link }: { readonly link: string }) {
  const m = useMessages().enrolment;
  const [outcome, setOutcome] = useState<'copied' | 'failed' | undefined>(undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <Button variant="primary" wide onClick={() => void copy()}>
        {m.copyLink}
      </Button>
      {outcome === 'copied' ? <Notice tone="good">{m.linkCopied}</Notice> : null}
      {outcome === 'failed' ? (
        <Notice tone="warn">
          {m.copyFailed}
          <span className={styles['link']}>{link}</span>
        </Notice>
      ) : null}
    </>
  );
}
