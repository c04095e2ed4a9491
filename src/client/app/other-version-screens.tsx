import { useEffect, useState, useSyncExternalStore } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { PlainScreen } from '#client/ui/plain-screen.tsx';
import { otherVersion, subscribeOtherVersion } from './other-version.ts';

/** An older page lets the database go within a moment by itself; only one that does not is worth a word. */
const worthAWordMs = 2_000;

export function useOtherVersion() {
  return useSyncExternalStore(subscribeOtherVersion, otherVersion);
}

/** A newer version has the database: this page has stopped, and says so instead of failing at the next save. */
export function NewerTookOver() {
  const m = useMessages().storage;
  return (
    <PlainScreen title={m.newerTitle}>
      <p role="status">{m.newerText}</p>
      <Button variant="primary" wide onClick={() => window.location.reload()}>
        {m.newerOpen}
      </Button>
    </PlainScreen>
  );
}

/** `readsDisk`: the database is being opened, which an older page may hold up. */
export function Opening({ readsDisk = false }: { readonly readsDisk?: boolean }) {
  const m = useMessages();
  const other = useOtherVersion();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), worthAWordMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <PlainScreen>
      {readsDisk && isLong && other === 'older_holds_it' ? <Notice tone="warn">{m.storage.blocked}</Notice> : <p role="status">{m.app.opening}</p>}
    </PlainScreen>
  );
}
