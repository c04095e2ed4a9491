import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
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

  const load = async (text: string | undefined): Promise<Outcome> => {
    if (text === undefined) return { tone: 'warn', words: m.fileErrors.unread };
    try {
      const loaded = await loadReceiptFile(store, text);
      if (!loaded.ok) return { tone: 'warn', words: loaded.error.code === 'not_a_bundle' ? m.notAReceipt : m.fileErrors[loaded.error.code] };
      const { settled, notOurs } = loaded.value;
      if (settled > 0) return { tone: 'good', words: m.receiptLoaded(settled) };
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
