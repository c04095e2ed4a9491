/** Saves what one press means, however often it is pressed, and tells why it was not saved. */
import { useState } from 'react';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandError } from '#domain/command.ts';
import type { Result } from '#domain/result.ts';

export interface OneSave {
  /** Resolves to true after the strict commit. */
  readonly save: (entry: Result<EntryDraft, CommandError>) => Promise<boolean>;
  readonly isSaving: boolean;
  /** Why nothing was saved. */
  readonly problem: string | undefined;
}

export function useOneSave(): OneSave {
  const m = useMessages();
  const store = useStore();
  const { isBusy: isSaving, run } = useOneAct();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const save = async (entry: Result<EntryDraft, CommandError>) => {
    if (!entry.ok) {
      setProblem(saveErrorWords(m, { code: 'refused', rejection: entry.error }));
      return false;
    }
    const isSaved = await run(async () => {
      const saved = await store.write([entry.value]);
      setProblem(saved.ok ? undefined : saveErrorWords(m, saved.error));
      return saved.ok;
    });
    return isSaved === true;
  };
  return { save, isSaving, problem };
}
