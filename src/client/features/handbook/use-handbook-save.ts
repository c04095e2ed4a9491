/** One press, one entry: putting away, bringing back, confirming. */
import { useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandContext, CommandError } from '#domain/command.ts';
import type { Result } from '#domain/result.ts';

type Command = (context: CommandContext) => Result<EntryDraft | undefined, CommandError>;

export interface HandbookSave {
  /** Resolves to true after the strict commit, also where there was nothing to write. */
  readonly save: (command: Command) => Promise<boolean>;
  readonly isSaving: boolean;
  /** Why nothing was saved. */
  readonly problem: string | undefined;
}

export function useHandbookSave(): HandbookSave {
  const m = useMessages();
  const store = useStore();
  const { isBusy: isSaving, run } = useOneAct();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const save = async (command: Command) => {
    const isSaved = await run(async () => {
      const made = command(store.commandContext());
      if (!made.ok) {
        setProblem(saveErrorWords(m, { code: 'refused', rejection: made.error }));
        return false;
      }
      if (made.value === undefined) return true;
      const saved = await store.write([made.value]);
      setProblem(saved.ok ? undefined : saveErrorWords(m, saved.error));
      return saved.ok;
    });
    return isSaved === true;
  };
  return { save, isSaving, problem };
}
