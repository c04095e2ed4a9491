import { useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { askToKeepStorage } from './keep-storage.ts';

/** The browser is asked to keep what will be written, and its answer is shown as it is; so is whether the app itself is on the phone yet. */
export function DoneStep({ name, onBegin }: { readonly name: string; readonly onBegin: () => Promise<void> }) {
  const m = useMessages().enrolment;
  const { isBusy, run } = useOneAct();
  const [isKept, setIsKept] = useState<boolean | undefined>(undefined);
  const [opensOffline, setOpensOffline] = useState(false);
  useEffect(() => {
    void askToKeepStorage().then(setIsKept);
    // Never resolves in a browser that keeps no service worker: then nothing is promised.
    void navigator.serviceWorker?.ready.then(() => setOpensOffline(true));
  }, []);
  return (
    <>
      <p>
        {m.doneHello(name)} <span role="status">{opensOffline ? m.opensOffline : m.notOfflineYet}</span>
      </p>
      {isKept === undefined ? null : <Notice tone={isKept ? 'good' : 'warn'}>{isKept ? m.kept : m.notKept}</Notice>}
      <Button variant="primary" wide disabled={isBusy} onClick={() => void run(onBegin)}>
        {m.begin}
      </Button>
    </>
  );
}
