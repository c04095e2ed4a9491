import { useState } from 'react';
import { HandOver } from '#client/features/bundle/hand-over.tsx';
import { troubleOf } from '#client/features/photos/photo-course.ts';
import { usePhotoSender } from '#client/features/photos/use-photo-sender.ts';
import { onlyHere, pressOutcome } from '#client/features/sync-status/sync-story.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore, useSync } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { Confirm } from '#client/ui/confirm.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { halfWritten } from './draft-places.ts';

/** Leaves the phone to someone else: everything is sent, then keys, records and drafts go. Refused while something exists only here. */
export function PassOn({ onPassOn }: { readonly onPassOn: () => void }) {
  const m = useMessages();
  const store = useStore();
  const { syncNow } = useSync();
  const { state: photos } = usePhotoSender();
  const [asks, setAsks] = useState<'all_sent' | 'by_file' | undefined>(undefined);
  const { isBusy: isSending, run } = useOneAct();
  const [hasGivenFile, setHasGivenFile] = useState(false);
  const [pressed, setPressed] = useState<{ readonly words: string; readonly left: number } | undefined>(undefined);
  const here = onlyHere(store.outbox());
  const unsent = here.length;
  // Sent again as they are they would be refused again: neither road frees the phone of them.
  const stuck = here.filter(({ state }) => state === 'needs_you').length;
  const troubled = photos.waiting.filter((photo) => troubleOf(photo) !== undefined).length;
  const toGo = photos.waiting.length - troubled;
  const drafts = halfWritten(store.drafts()).length;

  const send = async () => {
    const after = await syncNow();
    const left = onlyHere(store.outbox()).length;
    setPressed({ words: pressOutcome(m, unsent, left, after), left });
  };
  const passOn = async (agreed: 'all_sent' | 'by_file') => {
    setAsks(undefined);
    // Another tab may have saved something while the question stood here.
    await store.refresh();
    if (agreed === 'by_file' || onlyHere(store.outbox()).length === 0) onPassOn();
  };

  return (
    <Section title={m.storage.passOn}>
      <p>{m.storage.passOnHint}</p>
      {toGo === 0 ? null : <Notice tone="warn">{m.photos.sync.beforePassOn(toGo)}</Notice>}
      {troubled === 0 ? null : (
        <Notice tone="warn">
          <p>{m.photos.sync.troubledBeforePassOn(troubled)}</p>
          <div className="line">
            <ButtonLink href={paths.sync()}>{m.sync.title}</ButtonLink>
          </div>
        </Notice>
      )}
      {unsent === 0 ? (
        <Button wide onClick={() => setAsks('all_sent')}>
          {m.storage.passOn}
        </Button>
      ) : stuck > 0 ? (
        <Notice tone="warn">
          <p>{m.storage.passOnStuck(stuck)}</p>
          <div className="line">
            <ButtonLink href={paths.sync()}>{m.sync.title}</ButtonLink>
          </div>
        </Notice>
      ) : (
        <>
          <Notice tone="warn">{m.storage.passOnNotYet}</Notice>
          <Button variant="primary" wide disabled={isSending} onClick={() => void run(send)}>
            <Icon name="sync" />
            {isSending ? m.storage.sending : m.storage.sendFirst}
          </Button>
          <HandOver make={() => store.handOverFile()} onGiven={() => setHasGivenFile(true)} />
          {hasGivenFile ? (
            <Button wide onClick={() => setAsks('by_file')}>
              {m.storage.passOn}
            </Button>
          ) : null}
        </>
      )}
      {/* True only until something more went or was saved. */}
      <p aria-live="polite">{pressed?.left === unsent ? pressed.words : null}</p>
      {asks === undefined ? null : (
        <Confirm
          question={
            <div className="stack-close">
              <p>{asks === 'all_sent' ? m.storage.passOnAsk : m.storage.passOnByFileAsk(unsent)}</p>
              {drafts === 0 ? null : <p>{m.storage.passOnDrafts(drafts)}</p>}
              <p>{m.storage.passOnAfter}</p>
            </div>
          }
          yes={m.storage.passOnYes}
          onYes={() => void passOn(asks)}
          onNo={() => setAsks(undefined)}
        />
      )}
    </Section>
  );
}
