import { Suspense, lazy, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { wishesPin } from '#client/features/devices/pin-wished.ts';
import { LockWaysProvider } from '#client/features/devices/use-lock-ways.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { PhotoSenderProvider } from '#client/features/photos/use-photo-sender.ts';
import { CallsProvider } from '#client/remote/use-calls.ts';
import { openDexieDisk } from '#client/store/dexie-disk.ts';
import { setPin } from '#client/store/open-otherwise.ts';
import { wipePhone } from '#client/store/phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { createTabs } from '#client/store/tabs.ts';
import { StoreProvider } from '#client/store/use-store.ts';
import { createAuthenticator } from '#client/vault/authenticator.ts';
import { createPinLock } from '#client/vault/pin-lock.ts';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { startAutoLock } from './auto-lock-on-page.ts';
import { setAppBadge } from './badge.ts';
import { ClosedPhone } from './closed-phone.tsx';
import { readGate } from './gate.ts';
import type { Gate, LockReason, NotOpened } from './gate.ts';
import { IdentityNotice } from './identity-notice.tsx';
import type { IdentityNews } from './identity-notice.tsx';
import { createLockNow } from './lock-now.ts';
import { mayOpen } from './open-phone.ts';
import { noteOtherVersion } from './other-version.ts';
import { NewerTookOver, Opening, useOtherVersion } from './other-version-screens.tsx';
import { PinOffer } from './pin-offer.tsx';
import { clock, randomBytes } from './platform.ts';
import { Routes } from './routes.tsx';
import { keepSendingWhileClosed } from './send-while-closed.ts';
import { MemberUnknown, openSession } from './session.ts';

// Rarely needed: not part of what every start loads.
const BundlePage = lazy(async () => ({ default: (await import('#client/features/bundle/bundle-page.tsx')).BundlePage }));

const disk = openDexieDisk('gan-dan', {
  onNewer: () => noteOtherVersion('newer_took_over'),
  onBlocked: () => noteOtherVersion('older_holds_it'),
});
/** Lives as long as this page: a page that is opened anew knows no PIN. */
const pinLock = createPinLock({ clock });
const lockNow = createLockNow();
const authenticator = createAuthenticator({ host: window.location.hostname, credentials: navigator.credentials, random: randomBytes });

/** What this phone is at the moment decides what is shown: empty, enrolling, locked, wiped, or unlocked and at work. */
export function PhoneGate() {
  const m = useMessages();
  const [location, navigate] = useLocation();
  const [gate, setGate] = useState<Gate>({ at: 'reading' });
  const [news, setNews] = useState<IdentityNews | undefined>(undefined);
  const [offersPin, setOffersPin] = useState(false);
  const [isSavedUnseen, setIsSavedUnseen] = useState(false);
  const { run } = useOneAct();
  const isOutdated = useOtherVersion() === 'newer_took_over';

  const read = useCallback(async (closing: { readonly because?: LockReason; readonly notOpened?: NotOpened } = {}) => setGate(await readGate(disk, closing)), []);
  useEffect(() => {
    void readGate(disk).then(setGate);
  }, []);

  const wipe = async (why: 'revoked' | 'asked') => {
    pinLock.forget();
    await wipePhone(disk, why).finally(() => void read());
  };

  const bringToWork = async (phone: UnlockedPhone) => {
    try {
      const allowed = await mayOpen(disk, phone);
      if (allowed !== 'open') {
        phone.close();
        return allowed === 'revoked' ? await wipe('revoked') : await read({ notOpened: allowed });
      }
      const session = await openSession(disk, phone, {
        onRevoked: () => void wipe('revoked'),
        onWiped: () => void read(),
        onRenewed: (next) => {
          // It was made for the device that this phone was.
          pinLock.forget();
          setNews('renewed');
          void bringToWork(next);
        },
        onNoRoom: () => setNews('no_room'),
      });
      pinLock.opened();
      setIsSavedUnseen(false);
      setOffersPin(wishesPin() && !pinLock.isSet());
      setGate({ at: 'open', session });
      if (window.location.pathname === paths.enrol) navigate(paths.today(), { replace: true });
    } catch (error) {
      phone.close();
      // Told to the person below; to whoever looks for the cause, in the browser's own console.
      reportError(error);
      await read({ notOpened: error instanceof MemberUnknown ? 'member_unknown' : 'failed' });
    }
  };

  // Passphrase and finger may both open the lock at the same moment: of two phones at work the first would never be closed again.
  const open = async (phone: UnlockedPhone) => {
    const isAtWork = await run(async () => {
      await bringToWork(phone);
      return true;
    });
    if (isAtWork === undefined) phone.close();
  };

  const session = gate.at === 'open' && !isOutdated ? gate.session : undefined;
  const lock = useCallback(
    (because: LockReason, since: number) => {
      // Whoever presses the button wants the passphrase asked: they hand the phone to somebody, or lay it down.
      if (because === 'asked') pinLock.forget();
      else pinLock.locked(since);
      // Out of sight at once; what stands at the lock is read from the disk.
      setGate({ at: 'reading' });
      void read({ because });
    },
    [read],
  );
  const lockAllTabs = () => {
    lockNow.tell();
    lock('asked', clock.now());
  };
  useEffect(() => lockNow.listen(() => pinLock.forget()), []);
  useEffect(() => {
    if (session === undefined) return undefined;
    const stopAutoLock = startAutoLock(lock);
    const stopListening = lockNow.listen(() => lock('asked', clock.now()));
    return () => {
      stopAutoLock();
      stopListening();
      // By now no screen is left that could still show; what one of them had begun to write comes to its end.
      void session.close().then((isUnseen) => {
        if (!isUnseen) return;
        setIsSavedUnseen(true);
        // Its form, opened anew, would be empty, and asks to be filled in once more.
        navigate(paths.today(), { replace: true });
      });
    };
  }, [session, lock, navigate]);

  const closed = gate.at === 'closed' ? gate.standing.state : undefined;
  useEffect(() => {
    // Wiped here, in another tab, or by the browser: there is nothing left that it could open.
    if (closed !== undefined && closed !== 'locked') {
      pinLock.forget();
      setAppBadge(0);
    }
    if (closed === undefined || closed === 'empty') return undefined;
    const tabs = createTabs();
    // What is still only here stands on the screen; the worker, another tab or this page may send it meanwhile.
    const lookAgain = async () => {
      const next = await readGate(disk);
      if (next.at !== 'closed') return;
      setGate((now) => {
        // It may have been unlocked while the disk was read.
        if (now.at !== 'closed') return now;
        // An enrolment goes on where it was begun.
        const standing = next.standing.state === 'enrolling' ? now.standing : next.standing;
        return { ...now, standing, held: next.held, contact: next.contact };
      });
    };
    tabs.listen(() => void lookAgain());
    const stopSending = keepSendingWhileClosed(disk);
    return () => {
      stopSending();
      tabs.close();
    };
  }, [closed]);

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
    case 'open': {
      const { store, engine, calls, phone, photos } = gate.session;
      const ways = { disk, pinLock, authenticator, setPin: async (pin: string) => await setPin(disk, phone, pinLock, pin) };
      return (
        <StoreProvider store={store} engine={engine}>
          <CallsProvider calls={calls}>
            <LockWaysProvider value={ways}>
              <PhotoSenderProvider sender={photos}>
                {news === undefined ? null : <IdentityNotice news={news} onSeen={() => setNews(undefined)} />}
                {offersPin ? <PinOffer onSeen={() => setOffersPin(false)} /> : null}
                <Routes onLock={lockAllTabs} onPassOn={() => void wipe('asked')} />
              </PhotoSenderProvider>
            </LockWaysProvider>
          </CallsProvider>
        </StoreProvider>
      );
    }
    case 'closed':
      return <ClosedPhone gate={gate} disk={disk} pinLock={pinLock} authenticator={authenticator} isSavedUnseen={isSavedUnseen} onUnlocked={open} onChanged={() => void read()} />;
  }
}
