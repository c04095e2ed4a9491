import { Suspense, lazy, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { AlreadyPage } from '#client/features/enrolment/already-page.tsx';
import { useMessages } from '#client/languages/use-messages.ts';
import { openDexieDisk } from '#client/store/dexie-disk.ts';
import { clearWipedPhone, readPhone, wipePhone } from '#client/store/phone.ts';
import type { PhoneStanding, UnlockedPhone } from '#client/store/phone.ts';
import { StoreProvider } from '#client/store/use-store.ts';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { startAutoLock } from './auto-lock-on-page.ts';
import { deliverSealed } from './deliver-sealed.ts';
import { Lock } from './lock.tsx';
import type { LockReason } from './lock.tsx';
import { newId } from './platform.ts';
import { Routes } from './routes.tsx';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { forgetUse, rememberUse, wasInUse } from './was-in-use.ts';
import { Wiped } from './wiped.tsx';

// Needed once in a phone's life: not part of what every start loads.
const EnrolmentPage = lazy(async () => ({ default: (await import('#client/features/enrolment/enrolment-page.tsx')).EnrolmentPage }));
const ResumePage = lazy(async () => ({ default: (await import('#client/features/enrolment/resume-page.tsx')).ResumePage }));

const disk = openDexieDisk();

type Gate =
  | { readonly at: 'reading' }
  /** The browser lets this page keep nothing. */
  | { readonly at: 'no_storage' }
  | { readonly at: 'closed'; readonly standing: PhoneStanding; readonly because: LockReason | undefined; readonly hasFailedToOpen: boolean }
  | { readonly at: 'open'; readonly session: Session };

async function readGate(because?: LockReason, hasFailedToOpen = false): Promise<Gate> {
  try {
    return { at: 'closed', standing: await readPhone(disk), because, hasFailedToOpen };
  } catch {
    return { at: 'no_storage' };
  }
}

/** What this phone is at the moment decides what is shown: empty, enrolling, locked, wiped, or unlocked and at work. */
export function PhoneGate() {
  const m = useMessages();
  const [location, navigate] = useLocation();
  const [gate, setGate] = useState<Gate>({ at: 'reading' });
  const [enrolsAgain, setEnrolsAgain] = useState(false);

  const read = useCallback(async (because?: LockReason) => setGate(await readGate(because)), []);
  useEffect(() => {
    void readGate().then(setGate);
  }, []);

  const open = async (phone: UnlockedPhone) => {
    try {
      const session = await openSession(disk, phone, {
        onRevoked: () => void wipePhone(disk, 'revoked').finally(() => void read()),
        onWiped: () => void read(),
      });
      rememberUse();
      setEnrolsAgain(false);
      setGate({ at: 'open', session });
      if (window.location.pathname === paths.enrol) navigate(paths.today(), { replace: true });
    } catch (error) {
      // Told to the person below; to whoever looks for the cause, in the browser's own console.
      reportError(error);
      setGate(await readGate(undefined, true));
    }
  };

  const session = gate.at === 'open' ? gate.session : undefined;
  const lock = useCallback((because: LockReason) => void read(because), [read]);
  useEffect(() => {
    if (session === undefined) return undefined;
    const stopAutoLock = startAutoLock(lock);
    return () => {
      stopAutoLock();
      // By now no screen is left that could still show or write.
      session.close();
    };
  }, [session, lock]);

  const wiped = gate.at === 'closed' && gate.standing.state === 'wiped' ? gate.standing : undefined;
  const deliveryToken = wiped?.unsent === 0 ? undefined : wiped?.deliveryToken;
  useEffect(() => {
    if (deliveryToken === undefined) return undefined;
    const send = () => void deliverSealed(disk, deliveryToken).then((hasSent) => (hasSent ? read() : undefined));
    send();
    window.addEventListener('online', send);
    return () => window.removeEventListener('online', send);
  }, [deliveryToken, read]);

  const enrolment = (notice?: string) => (
    <Suspense fallback={<Opening />}>
      <EnrolmentPage disk={disk} newId={newId} onEnrolled={(phone) => void open(phone)} notice={notice} />
    </Suspense>
  );

  switch (gate.at) {
    case 'reading':
      return <Opening />;
    case 'no_storage':
      return (
        <PlainScreen>
          <Notice tone="danger">{m.app.noStorage}</Notice>
        </PlainScreen>
      );
    case 'open':
      return (
        <StoreProvider store={gate.session.store} engine={gate.session.engine}>
          <Routes onLock={() => lock('asked')} />
        </StoreProvider>
      );
    case 'closed':
      break;
  }
  const { standing } = gate;
  switch (standing.state) {
    case 'empty':
      return enrolment(wasInUse() ? m.lock.unexpectedlyEmpty : undefined);
    case 'enrolling':
      return (
        <Suspense fallback={<Opening />}>
          <ResumePage disk={disk} onEnrolled={(phone) => void open(phone)} onChanged={() => void read()} />
        </Suspense>
      );
    case 'wiped': {
      if (enrolsAgain) return enrolment();
      const clear = async () => {
        await clearWipedPhone(disk);
        forgetUse();
        await read();
      };
      return <Wiped standing={standing} onEnrol={() => setEnrolsAgain(true)} onClear={() => void clear()} />;
    }
    case 'locked':
      if (location === paths.enrol) return <AlreadyPage onGoOn={() => navigate(paths.today(), { replace: true })} />;
      return (
        <Lock
          disk={disk}
          because={gate.because}
          triesLeft={standing.triesLeft}
          hasFailedToOpen={gate.hasFailedToOpen}
          onUnlocked={open}
          onChanged={() => void read()}
        />
      );
  }
}

function Opening() {
  const m = useMessages();
  return (
    <PlainScreen>
      <p role="status">{m.app.opening}</p>
    </PlainScreen>
  );
}
