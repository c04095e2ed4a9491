/** Says that something is done, and undoes it where one press asks for it. */
import { useCallback } from 'react';
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { useToast } from '#client/ui/toast.tsx';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandError } from '#domain/command.ts';
import type { Result } from '#domain/result.ts';

/** Made of the records as they stand when it is pressed; undefined: nothing is left to undo. */
export type Undo = (store: FieldStore) => Result<EntryDraft | undefined, CommandError> | undefined;

export function useUndo(): (words: string, undo: Undo, undoneWords: string) => void {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  return useCallback(
    (words, undo, undoneWords) => {
      const run = async () => {
        const made = undo(store);
        if (made === undefined) return;
        const saved = made.ok ? (made.value === undefined ? made : await store.write([made.value])) : made;
        // Also where it failed: the words that promised to undo it are gone by now.
        showToast(saved.ok ? undoneWords : saveErrorWords(m, 'kind' in saved.error ? { code: 'refused', rejection: saved.error } : saved.error));
      };
      showToast(words, { label: m.ui.undo, run: () => void run() });
    },
    [m, store, showToast],
  );
}
