import { useState } from 'react';
import { changeTitle, finder } from '#client/languages/entry-title.ts';
import { namesBy } from '#client/languages/record-title.ts';
import { fieldFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Notice } from '#client/ui/notice.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { mendDraftId } from './mend-draft.ts';

/** What the commune will never take from this phone; anything else stays and is sent. */
export function mayDiscard({ reason }: OutboxEntry): boolean {
  return reason?.verdict === 'rejected' || reason?.verdict === 'erased' || reason?.verdict === 'unreadable';
}

/** Gives up an entry the commune will not take: knowingly, with all it holds before the eyes. */
export function DiscardEntry({ entry }: { readonly entry: OutboxEntry }) {
  const m = useMessages();
  const store = useStore();
  const [isAsked, setIsAsked] = useState(false);
  const { isBusy: isGoing, run } = useOneAct();
  if (!isAsked) {
    return (
      <Button variant="bare" onClick={() => setIsAsked(true)}>
        {m.sync.discard}
      </Button>
    );
  }
  // What was written, not what stands there today: the record may be on this phone no longer.
  const changes = store.entryOf(entry.deviceSeq)?.changes ?? [];
  const context = { find: (id: string) => store.find(id), day: formatDay };
  const nameOf = namesBy(m, { ...context, find: finder(changes, context) });
  const giveUp = async () => {
    await store.discard(entry.deviceSeq);
    await store.removeDraft(mendDraftId(entry.entryId));
  };
  return (
    <Notice tone="danger">
      <div className="stack-close">
        <strong>{m.sync.discardAsk}</strong>
        {changes.map((change) => (
          <div key={`${change.recordId} ${change.base}`}>
            <strong>{changeTitle(m, changes, change, context)}</strong>
            {'set' in change ? <Facts facts={fieldFacts(m, change.kind, change.set, { day: formatDay, amount: formatNumber, nameOf })} /> : null}
          </div>
        ))}
        <div className="line">
          <Button
            variant="danger"
            disabled={isGoing}
            onClick={() => void run(giveUp)}
          >
            {m.sync.discardYes}
          </Button>
          <Button onClick={() => setIsAsked(false)}>{m.sync.discardNo}</Button>
        </div>
      </div>
    </Notice>
  );
}
