/** A form that becomes entries: its draft while it is filled, and one save however often the button is pressed. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { useOneAct } from '#client/acts/use-one-act.ts';
import type { EntryDraft } from '#domain/change.ts';
import type { CommandContext } from '#domain/command.ts';
import type { DraftStanding, DraftSubject } from './draft-keeper.ts';
import type { FieldStore, SaveError, WriteOptions } from './field-store.ts';
import { createFixedContext } from './fixed-context.ts';
import type { FixedContext } from './fixed-context.ts';
import { useDraft } from './use-draft.ts';

export interface FormSave {
  /** For the form's command. Ids, codes and time stay the same until the form leaves the screen. */
  readonly context: () => CommandContext;
  /** Resolves to true after the strict commit; to false where nothing was saved (`error` says why) or a save is under way already. */
  readonly save: (entries: readonly EntryDraft[], options?: Pick<WriteOptions, 'onSealed'>) => Promise<boolean>;
  readonly isSaving: boolean;
  readonly error: SaveError | undefined;
  readonly draft: DraftStanding;
}

export function useFormSave(store: FieldStore, subject: DraftSubject, values: unknown): FormSave {
  const draft = useDraft(store, subject, values);
  const fixed = useRef<FixedContext | undefined>(undefined);
  const { isBusy: isSaving, run } = useOneAct();
  const isSaved = useRef(false);
  // Told that another tab ended the draft, whoever presses Save once more means another record.
  const isAnother = useRef(false);
  const [error, setError] = useState<SaveError | undefined>(undefined);
  const { draftId } = subject;
  const { pause, resume, goesOn, standing } = draft;

  const context = useCallback(() => (fixed.current ??= createFixedContext(store.commandContext()))(), [store]);
  const save = useCallback(
    async (entries: readonly EntryDraft[], options: Pick<WriteOptions, 'onSealed'> = {}) => {
      // The form is leaving the screen: a press on its way out means what is saved already.
      if (isSaved.current) return false;
      const failed = (reason: SaveError) => {
        isAnother.current ||= reason.code === 'ended_elsewhere';
        setError(reason);
        resume();
      };
      await run(async () => {
        setError(undefined);
        try {
          await pause();
          const saved = await store.write(entries, { ...options, endsDraft: draftId, goesOn: goesOn() && !isAnother.current });
          isSaved.current = saved.ok;
          if (!saved.ok) failed(saved.error);
        } catch (fault) {
          // Ours, not the person's: they keep their text and a button that works, and the page reports it.
          reportError(fault);
          failed({ code: 'storage_failed' });
        }
      });
      return isSaved.current;
    },
    [store, draftId, goesOn, pause, resume, run],
  );
  return useMemo(() => ({ context, save, isSaving, error, draft: standing }), [context, save, isSaving, error, standing]);
}

export interface DraftedForm<V extends object> {
  readonly values: V;
  readonly setValues: (next: V | ((before: V) => V)) => void;
  readonly form: FormSave;
  /** When the draft was kept that this form goes on from, milliseconds since 1970; undefined: it began anew. */
  readonly resumedAt: number | undefined;
  /** Names a draft beside this one, where the same form is opened empty. */
  readonly anotherId: string;
}

/** A form's values, taken up from its draft where there is one, kept while they are typed, and saved once. `begin` is called once. */
export function useDraftedForm<V extends object>(store: FieldStore, subject: DraftSubject, begin: () => V): DraftedForm<V> {
  const { values, setValues, resumedAt } = useBegunValues(store, subject, begin);
  const form = useFormSave(store, subject, values);
  const [anotherId] = useState(() => store.commandContext().newId());
  return { values, setValues, form, resumedAt, anotherId };
}

export interface DraftedValues<V extends object> extends Pick<DraftedForm<V>, 'values' | 'setValues' | 'resumedAt'> {
  /** What was typed is told to the endpoint, or given up: resolves when no draft of it is left. */
  readonly end: () => Promise<void>;
}

/** The same for a form that is told to the endpoint at once, and becomes no entry. */
export function useDraftedValues<V extends object>(store: FieldStore, subject: DraftSubject, begin: () => V): DraftedValues<V> {
  const { values, setValues, resumedAt } = useBegunValues(store, subject, begin);
  const { pause } = useDraft(store, subject, values);
  const { draftId } = subject;
  const end = useCallback(async () => {
    await pause();
    await store.removeDraft(draftId);
  }, [store, draftId, pause]);
  return { values, setValues, resumedAt, end };
}

function useBegunValues<V extends object>(store: FieldStore, { draftId }: DraftSubject, begin: () => V): Pick<DraftedForm<V>, 'values' | 'setValues' | 'resumedAt'> {
  const [begun] = useState(() => {
    const defaults = begin();
    return resumedValues(store, draftId, defaults) ?? { values: defaults, savedAt: undefined };
  });
  const [values, setValues] = useState<V>(begun.values);
  return { values, setValues, resumedAt: begun.savedAt };
}

/** The draft a form goes on from, with the fields an older version of the form did not have; undefined: a new form. */
export function resumedValues<V extends object>(store: FieldStore, draftId: string, defaults: V): { values: V; savedAt: number } | undefined {
  const draft = store.drafts().find((kept) => kept.draftId === draftId);
  if (draft === undefined || typeof draft.values !== 'object' || draft.values === null) return undefined;
  return { values: { ...defaults, ...draft.values }, savedAt: draft.savedAt };
}
