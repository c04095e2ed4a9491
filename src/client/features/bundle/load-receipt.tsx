import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { loadReceiptFile } from '#client/store/hand-over.ts';
import { useStore } from '#client/store/use-store.ts';
import { TextFileField } from '#client/ui/file-field.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { receiptOutcome } from './receipt-words.ts';
import type { ReceiptOutcome } from './receipt-words.ts';

/** The way back of a file: the commune's receipt, brought home. */
export function LoadReceipt() {
  const m = useMessages().bundle;
  const store = useStore();
  const [outcome, setOutcome] = useState<ReceiptOutcome | undefined>(undefined);

  const errorWords = { not_a_bundle: m.notAReceipt, damaged: m.receiptDamaged, newer_version: m.receiptNewer, too_large: m.notAReceipt };

  const load = async (text: string | undefined): Promise<ReceiptOutcome> => {
    if (text === undefined) return { tone: 'warn', words: m.fileErrors.unread };
    try {
      const before = waitingIn(store);
      const loaded = await loadReceiptFile(store, text);
      if (!loaded.ok) return { tone: 'warn', words: errorWords[loaded.error.code] };
      return receiptOutcome(m, { ...loaded.value, waiting: waitingIn(store) - before });
    } catch (error) {
      reportError(error);
      return { tone: 'warn', words: m.receiptFailed };
    }
  };

  return (
    <div className="stack-close">
      <TextFileField label={m.loadReceipt} onText={async (text) => setOutcome(await load(text))} />
      {outcome === undefined ? null : <Notice tone={outcome.tone}>{outcome.words}</Notice>}
    </div>
  );
}

/** Entries that wait at the commune, for a supervisor or for another entry. */
function waitingIn(store: FieldStore): number {
  return store.outbox().filter(({ reason }) => reason?.verdict === 'quarantined' || reason?.verdict === 'held').length;
}
