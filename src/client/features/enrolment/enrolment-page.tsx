import { useCallback, useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { checkInvitation, fetchEndpoint } from '#client/remote/enrolment.ts';
import type { InvitationFound } from '#client/remote/enrolment.ts';
import type { Disk } from '#client/store/disk.ts';
import { abandonEnrolment, beginEnrolment } from '#client/store/enrol-phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { DoneStep } from './done-step.tsx';
import { Failure } from './failure.tsx';
import type { FailureCode } from './failure.tsx';
import { readSurroundings } from './in-app-browser.ts';
import { InvitationStep } from './invitation-step.tsx';
import { forgetInvitation, keepInvitation, readLink } from './kept-invitation.ts';
import { OpenElsewhere } from './open-elsewhere.tsx';
import { PassphraseStep } from './passphrase-step.tsx';
import { register } from './register.ts';
import { StartOver } from './resume-page.tsx';
import { WhoStep } from './who-step.tsx';

interface EnrolmentPageProps {
  readonly disk: Disk;
  readonly newId: () => string;
  /** Keys are on disk and the endpoint knows the phone. */
  readonly onEnrolled: (phone: UnlockedPhone) => Promise<void>;
  /** Shown above the start: what became of an earlier life of this phone. */
  readonly notice?: string | undefined;
}

type Step =
  | { readonly at: 'start'; readonly isBroken: boolean }
  | { readonly at: 'checking'; readonly invitation: string }
  | { readonly at: 'not_checked'; readonly invitation: string; readonly code: FailureCode }
  | { readonly at: 'who' | 'passphrase' | 'making_keys'; readonly invitation: string; readonly found: InvitationFound; readonly code?: FailureCode | undefined }
  | { readonly at: 'registering'; readonly phone: UnlockedPhone }
  | { readonly at: 'not_registered'; readonly phone: UnlockedPhone; readonly code: FailureCode }
  | { readonly at: 'done'; readonly phone: UnlockedPhone; readonly name: string };

/** From an invitation to a phone of one's own. Every failure keeps the invitation and what was made so far. */
export function EnrolmentPage({ disk, newId, onEnrolled, notice }: EnrolmentPageProps) {
  const m = useMessages();
  const [surroundings] = useState(readSurroundings);
  const { run } = useOneAct();
  const [step, setStep] = useState<Step>({ at: 'start', isBroken: false });

  const check = useCallback(async (invitation: string) => {
    keepInvitation(invitation);
    setStep({ at: 'checking', invitation });
    const found = await checkInvitation(invitation);
    setStep(found.ok ? { at: 'who', invitation, found: found.value } : { at: 'not_checked', invitation, code: found.error });
  }, []);

  useEffect(() => {
    // Elsewhere the link stays in the address bar: it is what the real browser is to be opened with.
    if (surroundings.place !== 'browser') return undefined;
    const begin = () => {
      const link = readLink();
      if (link.invitation === undefined) setStep({ at: 'start', isBroken: link.isBroken });
      else void check(link.invitation);
    };
    begin();
    window.addEventListener('hashchange', begin);
    return () => window.removeEventListener('hashchange', begin);
  }, [surroundings, check]);

  const goRegister = async (phone: UnlockedPhone) => {
    setStep({ at: 'registering', phone });
    const registered = await register(disk, phone);
    if (registered.ok) forgetInvitation();
    setStep(registered.ok ? { at: 'done', phone, name: registered.value.name } : { at: 'not_registered', phone, code: registered.error });
  };

  const makeKeys = async (passphrase: string, invitation: string, found: InvitationFound) => {
    setStep({ at: 'making_keys', invitation, found });
    const fail = (code: FailureCode) => setStep({ at: 'passphrase', invitation, found, code });
    const endpoint = await fetchEndpoint();
    if (!endpoint.ok) return fail(endpoint.error);
    const begun = await beginEnrolment(disk, { invitation, endpoint: endpoint.value, passphrase, newId });
    if (begun.ok) return await goRegister(begun.value);
    const { code } = begun.error;
    return fail(code === 'storage_full' || code === 'storage_failed' ? code : 'device_fault');
  };

  const startAgain = () => {
    forgetInvitation();
    setStep({ at: 'start', isBroken: false });
  };

  if (surroundings.place !== 'browser') return <OpenElsewhere surroundings={surroundings} invitation={readLink().invitation} />;

  switch (step.at) {
    case 'start':
      return (
        <PlainScreen title={m.enrolment.title}>
          {notice === undefined ? null : <Notice tone="warn">{notice}</Notice>}
          {step.isBroken ? <Notice tone="danger">{m.enrolment.errors.bad_link}</Notice> : <p>{notice === undefined ? m.enrolment.startWelcome : m.enrolment.startAgain}</p>}
          <InvitationStep onInvitation={(invitation) => void check(invitation)} />
        </PlainScreen>
      );
    case 'checking':
      return (
        <PlainScreen title={m.enrolment.title}>
          <p role="status">{m.enrolment.checking}</p>
        </PlainScreen>
      );
    case 'not_checked':
      return (
        <PlainScreen title={m.enrolment.title}>
          <Failure code={step.code} onRetry={() => void check(step.invitation)} />
          <Button wide onClick={startAgain}>
            {m.enrolment.otherInvitation}
          </Button>
        </PlainScreen>
      );
    case 'who':
      return (
        <PlainScreen title={m.enrolment.whoTitle}>
          <WhoStep found={step.found} onYes={() => setStep({ ...step, at: 'passphrase' })} onNo={startAgain} />
        </PlainScreen>
      );
    case 'passphrase':
    case 'making_keys':
      return (
        <PlainScreen title={m.enrolment.passphraseTitle}>
          {step.code === undefined ? null : <Notice tone="warn">{m.enrolment.errors[step.code]}</Notice>}
          <PassphraseStep
            isBusy={step.at === 'making_keys'}
            onChosen={(passphrase) => void run(async () => await makeKeys(passphrase, step.invitation, step.found))}
          />
        </PlainScreen>
      );
    case 'registering':
      return (
        <PlainScreen title={m.enrolment.title}>
          <p role="status">{m.enrolment.registering}</p>
        </PlainScreen>
      );
    case 'not_registered':
      return (
        <PlainScreen title={m.enrolment.title}>
          <Failure code={step.code} onRetry={() => void run(async () => await goRegister(step.phone))} />
          <StartOver
            onStartOver={async () => {
              step.phone.close();
              await abandonEnrolment(disk);
              startAgain();
            }}
          />
        </PlainScreen>
      );
    case 'done':
      return (
        <PlainScreen title={m.enrolment.doneTitle}>
          <DoneStep name={step.name} onBegin={() => onEnrolled(step.phone)} />
        </PlainScreen>
      );
  }
}
