/** Saves what one press means, however often it is pressed. */
import { useCallback, useMemo, useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandError } from '#domain/command.ts';
import type { Result } from '#domain/result.ts';
import type { SaveError } from './field-store.ts';
import { useStore } from './use-store.ts';

export interface OneSave {
  /** Resolves to true after the strict commit. Undefined in the result: nothing differs, so nothing is to be saved, and that is as good. */
  readonly save: (made: Result<EntryDraft | undefined, CommandError>) => Promise<boolean>;
  readonly isSaving: boolean;
  /** Why nothing was saved. */
  readonly error: SaveError | undefined;
}

export function useOneSave(): OneSave {
  const store = useStore();
  const { isBusy: isSaving, run } = useOneAct();
  const [error, setError] = useState<SaveError | undefined>(undefined);
  const save = useCallback(
    async (made: Result<EntryDraft | undefined, CommandError>) => {
      if (!made.ok) {
        setError({ code: 'refused', rejection: made.error });
        return false;
      }
      const entry = made.value;
      if (entry === undefined) return true;
      const isSaved = await run(async () => {
        const saved = await store.write([entry]);
        setError(saved.ok ? undefined : saved.error);
        return saved.ok;
      });
      return isSaved === true;
    },
    [store, run],
  );
  return useMemo(() => ({ save, isSaving, error }), [save, isSaving, error]);
}
