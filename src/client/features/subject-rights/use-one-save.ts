/** Saves what one press means, and tells in words why it was not saved. */
import { saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import * as saving from '#client/store/use-one-save.ts';
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
  const { save, isSaving, error } = saving.useOneSave();
  return { save, isSaving, problem: error === undefined ? undefined : saveErrorWords(m, error) };
}
