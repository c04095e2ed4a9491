import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { AlreadyPage } from '#client/features/enrolment/already-page.tsx';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Disk } from '#client/store/disk.ts';
import { clearWipedPhone, wipePhone } from '#client/store/phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import type { Authenticator } from '#client/vault/authenticator.ts';
import type { PinLock } from '#client/vault/pin-lock.ts';
import { formatWhen } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { paths } from '#client/ui/paths.ts';
import type { ClosedGate } from './gate.ts';
import { Lock } from './lock.tsx';
import { Opening } from './other-version-screens.tsx';
import { clock, newId } from './platform.ts';
import { sendWhileClosed } from './send-while-closed.ts';
import { forgetUse, lastUse } from './was-in-use.ts';
import { Wiped } from './wiped.tsx';

// Needed once in a phone's life: not part of what every start loads.
const EnrolmentPage = lazy(async () => ({ default: (await import('#client/features/enrolment/enrolment-page.tsx')).EnrolmentPage }));
const ResumePage = lazy(async () => ({ default: (await import('#client/features/enrolment/resume-page.tsx')).ResumePage }));
const LockForgotten = lazy(async () => ({ default: (await import('#client/features/devices/lock-forgotten.tsx')).LockForgotten }));

interface ClosedPhoneProps {
  readonly gate: ClosedGate;
  readonly disk: Disk;
  readonly pinLock: PinLock;
  readonly authenticator: Authenticator;
  /** A save ended when no screen was left to say so. */
  readonly isSavedUnseen: boolean;
  readonly onUnlocked: (phone: UnlockedPhone) => Promise<void>;
  /** Read anew what this phone is. */
  readonly onChanged: () => void;
}

/** An empty phone, one that is enrolling, locked, or wiped. */
export function ClosedPhone({ gate, disk, pinLock, authenticator, isSavedUnseen, onUnlocked, onChanged }: ClosedPhoneProps) {
  const m = useMessages();
  const [location, navigate] = useLocation();
  const [enrolsAgain, setEnrolsAgain] = useState(false);
  const [hasForgotten, setHasForgotten] = useState(false);
  const { standing, held } = gate;
  const since = held.since === undefined ? '' : formatWhen(held.since);

  // Rarely needed: not part of what every start loads.
  const makeFile = async () => {
    const { makeHandOverFile } = await import('#client/store/hand-over.ts');
    return await makeHandOverFile(disk, clock.now());
  };
  // “Vào Hôm nay”: not to where an earlier life of this phone had stood.
  const begin = async (phone: UnlockedPhone) => {
    navigate(paths.today(), { replace: true });
    await onUnlocked(phone);
  };
  const enrolment = (notice?: string): ReactNode => (
    <Suspense fallback={<Opening />}>
      <EnrolmentPage disk={disk} newId={newId} onEnrolled={begin} notice={notice} />
    </Suspense>
  );

  switch (standing.state) {
    case 'empty': {
      const use = lastUse();
      if (use === undefined) return enrolment();
      const lost = use.since === undefined ? '' : ` ${m.storage.lastHeld(use.unsent, formatWhen(use.since))}`;
      return enrolment(`${m.lock.unexpectedlyEmpty}${lost}`);
    }
    case 'enrolling':
      return (
        <Suspense fallback={<Opening />}>
          <ResumePage disk={disk} onEnrolled={begin} onChanged={onChanged} />
        </Suspense>
      );
    case 'wiped': {
      if (enrolsAgain) return enrolment(held.unsent === 0 ? undefined : m.storage.stillSealed(held.unsent, since));
      const clear = async () => {
        await clearWipedPhone(disk);
        forgetUse();
        onChanged();
      };
      return (
        <Wiped
          why={standing.why}
          unsent={held.unsent}
          pictures={held.pictures}
          since={since}
          onSend={() => sendWhileClosed(disk)}
          onHandOver={makeFile}
          onEnrol={() => setEnrolsAgain(true)}
          onClear={clear}
        />
      );
    }
    case 'locked':
      if (location === paths.enrol) {
        const holds = held.unsent === 0 ? undefined : m.storage.alreadyHolds(held.unsent, since);
        return (
          <AlreadyPage
            holds={holds}
            onGoOn={() => navigate(paths.today(), { replace: true })}
            onPassOn={() => navigate(paths.settings(), { replace: true })}
          />
        );
      }
      if (hasForgotten) {
        return (
          <Suspense fallback={<Opening />}>
            <LockForgotten
              disk={disk}
              unsent={held.unsent}
              since={since}
              hasPasskey={standing.hasPasskey}
              onWipe={() => {
                setHasForgotten(false);
                void wipePhone(disk, 'asked').finally(onChanged);
              }}
              onBack={() => setHasForgotten(false)}
              handOver={<HandOver make={makeFile} />}
            />
          </Suspense>
        );
      }
      return (
        <Lock
          disk={disk}
          pinLock={pinLock}
          authenticator={authenticator}
          because={gate.because}
          isSavedUnseen={isSavedUnseen}
          contact={gate.contact}
          triesLeft={standing.triesLeft}
          hasPasskey={standing.hasPasskey}
          notOpened={gate.notOpened}
          onUnlocked={onUnlocked}
          onChanged={onChanged}
          onForgotten={() => setHasForgotten(true)}
        >
          {held.unsent === 0 ? null : (
            <Fold label={m.bundle.fromTheLock(held.unsent, since)}>
              <HandOver make={makeFile} />
            </Fold>
          )}
        </Lock>
      );
  }
}
