/** A form's draft on this phone: encrypted by the store, written while typing, ended by the save of the form. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { createDraftKeeper } from './draft-keeper.ts';
import type { DraftStanding, DraftSubject } from './draft-keeper.ts';
import type { FieldStore } from './field-store.ts';

export interface DraftOfForm {
  readonly standing: DraftStanding;
  readonly goesOn: () => boolean;
  /** Before `store.write(entries, { endsDraft })`. */
  readonly pause: () => Promise<void>;
  /** After a write that failed. */
  readonly resume: () => void;
}

const timer = {
  setTimeout: (run: () => void, ms: number): unknown => window.setTimeout(run, ms),
  clearTimeout: (waiting: unknown) => window.clearTimeout(waiting as number),
};

/**
 * Keeps `values` under `subject.draftId` from their first change on: within half a second, and at once when the page is hidden
 * or the form leaves the screen. A form that was only opened leaves no draft.
 */
export function useDraft(store: FieldStore, subject: DraftSubject, values: unknown): DraftOfForm {
  const { draftId, form, subjectId } = subject;
  const keeper = useMemo(
    () =>
      createDraftKeeper({
        store,
        subject: { draftId, form, subjectId },
        timer,
        isResumed: store.drafts().some((draft) => draft.draftId === draftId),
      }),
    [store, draftId, form, subjectId],
  );
  useEffect(() => keeper.note(values), [keeper, values]);
  useEffect(() => {
    const flushHidden = () => {
      if (document.visibilityState === 'hidden') keeper.flush();
    };
    document.addEventListener('visibilitychange', flushHidden);
    window.addEventListener('pagehide', keeper.flush);
    return () => {
      document.removeEventListener('visibilitychange', flushHidden);
      window.removeEventListener('pagehide', keeper.flush);
      keeper.flush();
    };
  }, [keeper]);
  const standing = useSyncExternalStore(keeper.subscribe, keeper.standing);
  return useMemo(() => ({ standing, goesOn: keeper.goesOn, pause: keeper.pause, resume: keeper.resume }), [standing, keeper]);
}
