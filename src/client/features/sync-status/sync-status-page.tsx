import { useState } from 'react';
import type { ReactNode } from 'react';
import { reasonWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore, OutboxEntry } from '#client/store/field-store.ts';
import { useStore, useSync } from '#client/store/use-store.ts';
import { Button, ButtonLink } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import type { AnyRecord } from '#domain/record.ts';
import { DiscardEntry, mayDiscard } from './discard-entry.tsx';
import { entryTitle, recordTitle } from './entry-words.ts';
import { StorageRoom } from './storage-room.tsx';
import { onlyHere, pressOutcome, syncStory } from './sync-story.ts';

const lastSentShown = 5;

interface PressedOutcome {
  readonly words: string;
  /** How the phone stood after the press. */
  readonly left: number;
  readonly lastSuccessAt: number | undefined;
}

interface SyncStatusPageProps {
  /** What is carried by hand, as a file; another feature's. */
  readonly carry?: ReactNode;
  /** What else needs the person, and what became of what others looked at: other features'. */
  readonly also?: ReactNode;
  /** What is still to go beside the records, in words: then nothing says that all has gone. */
  readonly moreToSend?: string | undefined;
}

/** What went, what waits and since when, what needs you and why: a story, not a log. */
export function SyncStatusPage({ carry, also, moreToSend }: SyncStatusPageProps) {
  const m = useMessages();
  const store = useStore();
  const { state, syncNow } = useSync();
  const isOnline = useOnline();
  const [pressed, setPressed] = useState<PressedOutcome | undefined>(undefined);
  const { isBusy: isPressed, run } = useOneAct();
  const { now } = store.commandContext();
  const outbox = store.outbox();
  const lastContactAt = store.lastContactAt();
  const story = syncStory(m, outbox, state, { isOnline, lastContactAt, now });
  const waiting = onlyHere(outbox).filter((entry) => entry.state === 'on_this_phone');
  const needing = outbox.filter((entry) => entry.state === 'needs_you');
  const sent = lastSent(store);
  // What a press came to is true only until something went or came again.
  const isStillTrue = pressed !== undefined && pressed.left === onlyHere(outbox).length && pressed.lastSuccessAt === state.lastSuccessAt;

  const press = async () => {
    const before = onlyHere(store.outbox()).length;
    const after = await syncNow();
    const left = onlyHere(store.outbox()).length;
    setPressed({ words: pressOutcome(m, before, left, after), left, lastSuccessAt: after.lastSuccessAt });
  };

  return (
    <Page
      title={m.sync.title}
      back={paths.today()}
      footer={
        <Button variant="primary" wide onClick={() => void run(press)} disabled={isPressed}>
          <Icon name="sync" />
          {isPressed ? m.sync.running : m.sync.sendNow}
        </Button>
      }
    >
      <Notice tone={story.isAllSent && story.now === undefined && moreToSend === undefined ? 'good' : 'calm'}>
        <div className="stack-close">
          {story.waiting === undefined ? null : <strong>{story.waiting}</strong>}
          {story.isAllSent ? <strong>{moreToSend ?? m.sync.allSent}</strong> : null}
          {story.now === undefined ? null : <p>{story.now}</p>}
          <p>{lastContactAt === undefined ? m.sync.notHeardYet : m.sync.heardAt(formatWhen(lastContactAt, now))}</p>
        </div>
      </Notice>
      <p aria-live="polite">{isStillTrue ? <strong>{pressed.words}</strong> : null}</p>

      {needing.length === 0 ? null : (
        <Section title={m.sync.needsYou} count={needing.length}>
          <List label={m.sync.needsYou}>
            {needing.map((entry) => (
              <Row
                key={entry.deviceSeq}
                title={entryTitle(m, store, entry)}
                detail={entry.reason === undefined ? undefined : reasonWords(m, entry.reason)}
                mark={<Mark state="needs_you" />}
              >
                <NeedsYouActions entry={entry} />
              </Row>
            ))}
          </List>
        </Section>
      )}
      {also}
      {waiting.length === 0 ? null : (
        <Section title={m.sync.waiting} count={waiting.length}>
          <List label={m.sync.waiting}>
            {waiting.map((entry) => (
              <Row
                key={entry.deviceSeq}
                title={entryTitle(m, store, entry)}
                detail={m.sync.savedAt(formatWhen(entry.savedAt, now))}
                mark={<Mark state="on_this_phone" />}
              />
            ))}
          </List>
        </Section>
      )}
      {sent.length === 0 ? null : (
        <Section title={m.sync.lastSent}>
          <List label={m.sync.lastSent}>
            {sent.map((record) => (
              <Row key={record.recordId} title={recordTitle(m, store, record)} mark={<Mark state="sent" />} />
            ))}
          </List>
        </Section>
      )}
      {carry === undefined ? null : <Section title={m.bundle.title}>{carry}</Section>}
      <Section title={m.sync.roomTitle}>
        <StorageRoom />
      </Section>
    </Page>
  );
}

/** What can be done about it here: mend and send again, or give it up. What a supervisor has waits without the author. */
function NeedsYouActions({ entry }: { readonly entry: OutboxEntry }) {
  const m = useMessages();
  const store = useStore();
  const mayMend = entry.reason?.verdict === 'rejected' && store.entryOf(entry.deviceSeq) !== undefined;
  if (!mayMend && !mayDiscard(entry)) return null;
  return (
    <div className="line">
      {mayMend ? <ButtonLink href={paths.mend(entry.deviceSeq)}>{m.mend.open}</ButtonLink> : null}
      {mayDiscard(entry) ? <DiscardEntry entry={entry} /> : null}
    </div>
  );
}

/** What I wrote last and the commune has. */
function lastSent(store: FieldStore): readonly AnyRecord[] {
  const { memberId } = store.account();
  const mine: AnyRecord[] = [...store.all('visit'), ...store.all('prestigious_contact'), ...store.all('feedback'), ...store.all('feedback_event')];
  return mine
    .filter((record) => record.memberId === memberId && store.mark(record).state === 'sent')
    .sort((a, b) => Date.parse(b.receivedAt ?? b.occurredAt) - Date.parse(a.receivedAt ?? a.occurredAt))
    .slice(0, lastSentShown);
}
