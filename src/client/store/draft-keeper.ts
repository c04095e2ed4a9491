/**
 * Keeps what is being typed: whatever happens to the page, at most the last quarter of a second is lost.
 * Saves follow one another, so that an older text never lands on a newer one.
 */
import type { Result } from '#domain/result.ts';
import type { Draft, FieldStore, SaveError } from './field-store.ts';

export type DraftSubject = Pick<Draft, 'draftId' | 'form' | 'subjectId'>;

/**
 * `unsaved`: typed, not yet on disk. `failed`: the disk took nothing; the text still stands in the form and is tried again.
 * `ended`: another tab saved or dropped this draft; it is not brought back, the text stands in the form alone.
 */
export type DraftStanding = 'untouched' | 'unsaved' | 'saved' | 'failed' | 'ended';

export interface DraftKeeper {
  /** The form's values as they are now. The first call only notes where the form began. */
  note(values: unknown): void;
  /** Saves at once what is not on disk yet (the page is going away). */
  flush(): void;
  /**
   * The form is being saved as a whole: nothing more is written under this draft. Resolves when no save is under way, so that
   * none lands after the draft has been ended.
   */
  pause(): Promise<void>;
  /** The form could not be saved: the draft is kept again, and written once more. */
  resume(): void;
  standing(): DraftStanding;
  /** This form goes on from a draft that is, or was, on disk. */
  goesOn(): boolean;
  subscribe(listener: () => void): () => void;
}

export interface DraftKeeperDeps {
  readonly store: Pick<FieldStore, 'saveDraft'>;
  readonly subject: DraftSubject;
  /** The form was opened on a kept draft. */
  readonly isResumed?: boolean | undefined;
  readonly timer: { setTimeout(run: () => void, ms: number): unknown; clearTimeout(timer: unknown): void };
  /** How long typed text may stand unsaved, counted from the first unsaved keystroke: fast typing does not put it off. */
  readonly waitMs?: number | undefined;
}

export function createDraftKeeper({ store, subject, timer, isResumed = false, waitMs = 250 }: DraftKeeperDeps): DraftKeeper {
  const listeners = new Set<() => void>();
  let standing: DraftStanding = 'untouched';
  let values: unknown;
  /** The text last seen, as JSON: what tells a change from a mere redraw. */
  let seen: string | undefined;
  let kept: string | undefined;
  let waiting: unknown;
  let saving: Promise<void> | undefined;
  let isPaused = false;
  let goesOn = isResumed;

  const become = (next: DraftStanding) => {
    if (next === standing) return;
    standing = next;
    for (const listener of listeners) listener();
  };

  const stopWaiting = () => {
    if (waiting !== undefined) timer.clearTimeout(waiting);
    waiting = undefined;
  };

  const wait = (ms: number) => {
    waiting ??= timer.setTimeout(() => {
      waiting = undefined;
      save();
    }, ms);
  };

  function save(): void {
    if (isPaused || saving !== undefined || standing === 'ended') return;
    if (seen === kept) {
      // Typed, and taken back before it was written: what is on disk is what stands in the form.
      if (standing === 'unsaved') become(goesOn ? 'saved' : 'untouched');
      return;
    }
    const text = seen;
    saving = store
      .saveDraft({ ...subject, values }, { goesOn })
      .then((saved: Result<void, SaveError>) => {
        if (saved.ok) kept = text;
        goesOn ||= saved.ok;
        return saved.ok ? 'saved' : saved.error.code;
      })
      .catch(() => 'storage_failed')
      .then((outcome) => {
        saving = undefined;
        if (outcome === 'ended_elsewhere') {
          become('ended');
          return;
        }
        if (outcome !== 'saved') {
          become('failed');
          if (!isPaused) wait(waitMs * 8);
          return;
        }
        become(seen === kept ? 'saved' : 'unsaved');
        // Typed while the disk was busy: that has waited long enough.
        if (seen !== kept) save();
      });
  }

  return {
    note(next) {
      const text = JSON.stringify(next);
      if (text === seen) return;
      const isFirst = seen === undefined;
      seen = text;
      values = next;
      if (isFirst) {
        kept = text;
        return;
      }
      if (standing === 'ended') return;
      become('unsaved');
      if (!isPaused) wait(waitMs);
    },
    flush() {
      stopWaiting();
      save();
    },
    async pause() {
      isPaused = true;
      stopWaiting();
      while (saving !== undefined) await saving;
    },
    resume() {
      isPaused = false;
      // The store may have ended the draft before it failed: write it whatever was kept.
      kept = undefined;
      save();
    },
    standing: () => standing,
    goesOn: () => goesOn,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
