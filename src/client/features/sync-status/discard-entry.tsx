import { useState } from 'react';
import { recordFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Facts } from '#client/ui/facts.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Notice } from '#client/ui/notice.tsx';
import { recordTitle } from './entry-words.ts';

/** What the commune will never take from this phone; anything else stays and is sent. */
export function mayDiscard({ reason }: OutboxEntry): boolean {
  return reason?.verdict === 'rejected' || reason?.verdict === 'erased' || reason?.verdict === 'unreadable';
}

/** Gives up an entry the commune will not take: knowingly, with all it holds before the eyes. */
export function DiscardEntry({ entry }: { readonly entry: OutboxEntry }) {
  const m = useMessages();
  const store = useStore();
  const [isAsked, setIsAsked] = useState(false);
  const [isGoing, setIsGoing] = useState(false);
  if (!isAsked) {
    return (
      <Button variant="bare" onClick={() => setIsAsked(true)}>
        {m.sync.discard}
      </Button>
    );
  }
  const records = entry.recordIds.map((id) => store.find(id)).filter((record) => record !== undefined);
  const nameOf = (id: string) => {
    const record = store.find(id);
    return record === undefined ? undefined : recordTitle(m, store, record);
  };
  return (
    <Notice tone="danger">
      <div className="stack-close">
        <strong>{m.sync.discardAsk}</strong>
        {records.map((record) => (
          <div key={record.recordId}>
            <strong>{recordTitle(m, store, record)}</strong>
            <Facts facts={recordFacts(m, record, { day: formatDay, amount: formatNumber, nameOf })} />
          </div>
        ))}
        <div className="line">
          <Button
            variant="danger"
            disabled={isGoing}
            onClick={() => {
              setIsGoing(true);
              void store.discard(entry.deviceSeq).finally(() => setIsGoing(false));
            }}
          >
            {m.sync.discardYes}
          </Button>
          <Button onClick={() => setIsAsked(false)}>{m.sync.discardNo}</Button>
        </div>
      </div>
    </Notice>
  );
}
