import { Suspense, lazy, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { AlreadyPage } from '#client/features/enrolment/already-page.tsx';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { useMessages } from '#client/languages/use-messages.ts';
import { CallsProvider } from '#client/remote/use-calls.ts';
import { openDexieDisk } from '#client/store/dexie-disk.ts';
import { clearWipedPhone, readPhone, wipePhone } from '#client/store/phone.ts';
import type { PhoneStanding, UnlockedPhone } from '#client/store/phone.ts';
import { readUnsettled } from '#client/store/sealed-outbox.ts';
import { createTabs } from '#client/store/tabs.ts';
import { StoreProvider } from '#client/store/use-store.ts';
import { formatWhen } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { startAutoLock } from './auto-lock-on-page.ts';
import { IdentityNotice } from './identity-notice.tsx';
import type { IdentityNews } from './identity-notice.tsx';
import { Lock } from './lock.tsx';
import type { LockReason } from './lock.tsx';
import { noteOtherVersion } from './other-version.ts';
import { NewerTookOver, Opening, useOtherVersion } from './other-version-screens.tsx';
import { clock, newId } from './platform.ts';
import { Routes } from './routes.tsx';
import { keepSendingWhileClosed, sendWhileClosed } from './send-while-closed.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { forgetUse, lastUse } from './was-in-use.ts';
import { Wiped } from './wiped.tsx';

// Needed once in a phone's life: not part of what every start loads.
const EnrolmentPage = lazy(async () => ({ default: (await import('#client/features/enrolment/enrolment-page.tsx')).EnrolmentPage }));
const BundlePage = lazy(async () => ({ default: (await import('#client/features/bundle/bundle-page.tsx')).BundlePage }));
const ResumePage = lazy(async () => ({ default: (await import('#client/features/enrolment/resume-page.tsx')).ResumePage }));

const disk = openDexieDisk('gan-dan', {
  onNewer: () => noteOtherVersion('newer_took_over'),
  onBlocked: () => noteOtherVersion('older_holds_it'),
});

/** What exists only on this phone, as far as it can be told without a key. */
interface HeldSealed {
  readonly unsent: number;
  /** Milliseconds since 1970; undefined where there is nothing. */
  readonly since: number | undefined;
}

type Gate =
  | { readonly at: 'reading' }
  /** The browser lets this page keep nothing. */
  | { readonly at: 'no_storage' }
  | { readonly at: 'closed'; readonly standing: PhoneStanding; readonly held: HeldSealed; readonly because: LockReason | undefined; readonly hasFailedToOpen: boolean }
  | { readonly at: 'open'; readonly session: Session };

/** Rarely needed: not part of what every start loads. */
async function makeFile() {
  const { makeHandOverFile } = await import('#client/store/hand-over.ts');
  return await makeHandOverFile(disk, clock.now());
}

async function readGate(because?: LockReason, hasFailedToOpen = false): Promise<Gate> {
  try {
    const [standing, unsettled] = [await readPhone(disk), await readUnsettled(disk)];
    const held = { unsent: unsettled?.entries.length ?? 0, since: unsettled?.since };
    return { at: 'closed', standing, held, because, hasFailedToOpen };
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
  const [news, setNews] = useState<IdentityNews | undefined>(undefined);
  const isOutdated = useOtherVersion() === 'newer_took_over';

  const read = useCallback(async (because?: LockReason) => setGate(await readGate(because)), []);
  useEffect(() => {
    void readGate().then(setGate);
  }, []);

  const open = async (phone: UnlockedPhone) => {
    try {
      const session = await openSession(disk, phone, {
        onRevoked: () => void wipePhone(disk, 'revoked').finally(() => void read()),
        onWiped: () => void read(),
        onRenewed: (next) => {
          setNews('renewed');
          void open(next);
        },
        onNoRoom: () => setNews('no_room'),
      });
      setEnrolsAgain(false);
      setGate({ at: 'open', session });
      if (window.location.pathname === paths.enrol) navigate(paths.today(), { replace: true });
    } catch (error) {
      // Told to the person below; to whoever looks for the cause, in the browser's own console.
      reportError(error);
      setGate(await readGate(undefined, true));
    }
  };

  const session = gate.at === 'open' && !isOutdated ? gate.session : undefined;
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

  const closed = gate.at === 'closed' ? gate.standing.state : undefined;
  useEffect(() => {
    if (closed === undefined || closed === 'empty') return undefined;
    const tabs = createTabs();
    // What is still only here stands on the screen; the worker, another tab or this page may send it meanwhile.
    const lookAgain = async () => {
      const next = await readGate();
      if (next.at !== 'closed') return;
      setGate((now) => {
        // It may have been unlocked while the disk was read.
        if (now.at !== 'closed') return now;
        // An enrolment goes on where it was begun.
        const standing = next.standing.state === 'enrolling' ? now.standing : next.standing;
        return { ...now, standing, held: next.held };
      });
    };
    tabs.listen(() => void lookAgain());
    const stopSending = keepSendingWhileClosed(disk);
    return () => {
      stopSending();
      tabs.close();
    };
  }, [closed]);

  const enrolment = (notice?: string) => (
    <Suspense fallback={<Opening />}>
      <EnrolmentPage disk={disk} newId={newId} onEnrolled={(phone) => void open(phone)} notice={notice} />
    </Suspense>
  );

  // Anyone's file, on anyone's phone: asks for no account and changes nothing of this phone's.
  if (location === paths.bundle) {
    return (
      <Suspense fallback={<Opening />}>
        <BundlePage now={() => clock.now()} />
      </Suspense>
    );
  }

  if (isOutdated) return <NewerTookOver />;
  switch (gate.at) {
    case 'reading':
      return <Opening readsDisk />;
    case 'no_storage':
      return (
        <PlainScreen>
          <Notice tone="danger">{m.app.noStorage}</Notice>
        </PlainScreen>
      );
    case 'open':
      return (
        <StoreProvider store={gate.session.store} engine={gate.session.engine}>
          <CallsProvider calls={gate.session.calls}>
            {news === undefined ? null : <IdentityNotice news={news} onSeen={() => setNews(undefined)} />}
            <Routes onLock={() => lock('asked')} onPassOn={() => void wipePhone(disk, 'asked').finally(() => void read())} />
          </CallsProvider>
        </StoreProvider>
      );
    case 'closed':
      break;
  }
  const { standing, held } = gate;
  const since = held.since === undefined ? '' : formatWhen(held.since);
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
          <ResumePage disk={disk} onEnrolled={(phone) => void open(phone)} onChanged={() => void read()} />
        </Suspense>
      );
    case 'wiped': {
      if (enrolsAgain) return enrolment(held.unsent === 0 ? undefined : m.storage.stillSealed(held.unsent, since));
      const clear = async () => {
        await clearWipedPhone(disk);
        forgetUse();
        await read();
      };
      return (
        <Wiped
          why={standing.why}
          unsent={held.unsent}
          since={since}
          onSend={() => sendWhileClosed(disk)}
          onHandOver={makeFile}
          onEnrol={() => setEnrolsAgain(true)}
          onClear={() => void clear()}
        />
      );
    }
    case 'locked':
      if (location === paths.enrol) {
        const holds = held.unsent === 0 ? undefined : m.storage.alreadyHolds(held.unsent, since);
        return <AlreadyPage holds={holds} onGoOn={() => navigate(paths.today(), { replace: true })} />;
      }
      return (
        <Lock
          disk={disk}
          because={gate.because}
          triesLeft={standing.triesLeft}
          hasFailedToOpen={gate.hasFailedToOpen}
          onUnlocked={open}
          onChanged={() => void read()}
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
