/**
 * The service worker: registered once, and its newer version offered, never forced. It is offered only while nothing typed on the
 * page could be lost, and taken only when the person agrees; then all of the app's pages open anew.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { Workbox } from 'workbox-window';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { trustedScript } from '#client/ui/trusted-script.ts';
import { OfferBar } from './offer-bar.tsx';

const scriptPath = '/service-worker.js';
/** An app that stays open for days asks again now and then. */
const askEveryMs = 60 * 60_000;

/** `waiting`: a newer version is here. `taken`: it took over because another page of this app agreed; this page is still the old one. */
let newer: { readonly is: 'waiting'; readonly workbox: Workbox } | { readonly is: 'taken' } | undefined;
let hasAgreed = false;
const listeners = new Set<() => void>();

function tell(found: NonNullable<typeof newer>): void {
  newer = found;
  for (const listener of listeners) listener();
}

/** Does nothing in development, where no service worker is built. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const workbox = new Workbox(trustedScript(scriptPath));
  workbox.addEventListener('waiting', () => tell({ is: 'waiting', workbox }));
  // workbox's own `isUpdate` stays false for the whole life of the page that installed the first worker.
  let isControlled = navigator.serviceWorker.controller !== null;
  workbox.addEventListener('controlling', () => {
    // The first worker of all takes over a page that is as new as itself.
    const isFirst = !isControlled;
    isControlled = true;
    if (isFirst) return;
    // Only where the person agreed: in another tab they may be in the middle of a form.
    if (hasAgreed) window.location.reload();
    else tell({ is: 'taken' });
  });
  workbox.register().catch(() => {
    // No service worker (a private window): the app works while there is a connection, and the next start tries again.
  });
  setInterval(() => {
    if (navigator.onLine) void workbox.update().catch(() => undefined);
  }, askEveryMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function UpdateOffer() {
  const m = useMessages();
  const [location] = useLocation();
  const offered = useSyncExternalStore(subscribe, () => newer);
  const [isPutOff, setIsPutOff] = useState(false);
  /** Where something was typed: until the person goes elsewhere, they are in the middle of it. */
  const [typedAt, setTypedAt] = useState<string | undefined>(undefined);

  useEffect(() => {
    const typed = ({ target }: Event) => {
      if (!isSearchOrUnlock(target)) setTypedAt(location);
    };
    document.addEventListener('input', typed);
    // A form saved as it stands was not typed into; while it is being saved nothing is offered either.
    document.addEventListener('submit', typed);
    return () => {
      document.removeEventListener('input', typed);
      document.removeEventListener('submit', typed);
      setTypedAt(undefined);
    };
  }, [location]);

  if (offered === undefined || isPutOff || typedAt === location) return null;
  const update = () => {
    hasAgreed = true;
    if (offered.is === 'waiting') offered.workbox.messageSkipWaiting();
    else window.location.reload();
  };
  return (
    <OfferBar words={`${m.app.updateReady} ${m.storage.updateKeeps}`}>
      <Button onClick={() => setIsPutOff(true)}>{m.app.updateLater}</Button>
      <Button variant="primary" onClick={update}>
        {m.app.updateNow}
      </Button>
    </OfferBar>
  );
}

/** A search and the passphrase that opens the lock leave nothing behind to be lost. */
function isSearchOrUnlock(target: EventTarget | null): boolean {
  if (target instanceof HTMLFormElement) return [...target.elements].some(isSearchOrUnlock);
  return target instanceof HTMLInputElement && (target.type === 'search' || target.autocomplete === 'current-password');
}
