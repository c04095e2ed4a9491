import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { loadReceiptFile } from '#client/store/hand-over.ts';
import { useStore } from '#client/store/use-store.ts';
import { FileField } from '#client/ui/file-field.tsx';
import { Notice } from '#client/ui/notice.tsx';

interface Outcome {
  readonly tone: 'good' | 'calm' | 'warn';
  readonly words: string;
}

/** The way back of a file: the commune's receipt, brought home. */
export function LoadReceipt() {
  const m = useMessages().bundle;
  const store = useStore();
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);

  const errorWords = { not_a_bundle: m.notAReceipt, damaged: m.receiptDamaged, newer_version: m.receiptNewer, too_large: m.notAReceipt };

  const load = async (text: string | undefined): Promise<Outcome> => {
    if (text === undefined) return { tone: 'warn', words: m.fileErrors.unread };
    try {
      const before = waitingIn(store);
      const loaded = await loadReceiptFile(store, text);
      if (!loaded.ok) return { tone: 'warn', words: errorWords[loaded.error.code] };
      const { settled, notOurs } = loaded.value;
      // The commune has them, and they are not at their end: nothing new is the last thing to say of that.
      const waits = waitingIn(store) - before;
      const told = [settled > 0 ? m.receiptLoaded(settled) : undefined, waits > 0 ? m.receiptWaits(waits) : undefined].filter((part) => part !== undefined);
      if (told.length > 0) return { tone: waits > 0 ? 'calm' : 'good', words: told.join(' ') };
      return { tone: 'calm', words: notOurs > 0 ? m.receiptOfOthers : m.receiptKnown };
    } catch (error) {
      reportError(error);
      return { tone: 'warn', words: m.receiptFailed };
    }
  };

  return (
    <div className="stack-close">
      <FileField label={m.loadReceipt} onText={async (text) => setOutcome(await load(text))} />
      {outcome === undefined ? null : <Notice tone={outcome.tone}>{outcome.words}</Notice>}
    </div>
  );
}

/** Entries that wait at the commune, for a supervisor or for another entry. */
function waitingIn(store: FieldStore): number {
  return store.outbox().filter(({ reason }) => reason?.verdict === 'quarantined' || reason?.verdict === 'held').length;
}
