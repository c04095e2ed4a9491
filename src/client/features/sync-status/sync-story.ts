/** Where the phone and the commune stand with each other, in a few words that are always true. */
import { transportErrorWords } from '#client/languages/error-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import type { useSync } from '#client/store/use-store.ts';
import { formatWhen } from '#client/ui/dates.ts';

/** What the engine says of itself. */
export type SyncState = ReturnType<typeof useSync>['state'];

export interface SyncStory {
  /** What exists only on this phone, and since when; undefined: nothing does. */
  readonly waiting: string | undefined;
  /** What goes on or went wrong; undefined: nothing to say. */
  readonly now: string | undefined;
  /** May the screen say that the commune has it all? Only with nothing left here, and on the word of the commune. */
  readonly isAllSent: boolean;
}

/** Entries that the commune does not have: waiting to go, or refused there. */
export function onlyHere(outbox: readonly OutboxEntry[]): readonly OutboxEntry[] {
  return outbox.filter(({ state, isKept, reason }) => (state === 'on_this_phone' && isKept !== true) || reason?.verdict === 'rejected' || reason?.verdict === 'unreadable');
}

/** When the oldest of them was saved, milliseconds since 1970; undefined where there are none. */
export function oldestSavedAt(entries: readonly OutboxEntry[]): number | undefined {
  return entries.length === 0 ? undefined : Math.min(...entries.map(({ savedAt }) => savedAt));
}

interface Around {
  readonly isOnline: boolean;
  /** When the commune was last heard, milliseconds since 1970; undefined: never. */
  readonly lastContactAt: number | undefined;
  readonly now: number;
}

export function syncStory(m: Messages, outbox: readonly OutboxEntry[], state: SyncState, { isOnline, lastContactAt, now }: Around): SyncStory {
  const here = onlyHere(outbox);
  const since = oldestSavedAt(here);
  const waiting = since === undefined ? undefined : m.sync.onlyHere(here.length, formatWhen(since, now));
  return {
    waiting,
    now: nowWords(m, state, isOnline),
    isAllSent: here.length === 0 && lastContactAt !== undefined,
  };
}

function nowWords(m: Messages, state: SyncState, isOnline: boolean): string | undefined {
  if (!isOnline) return m.sync.offline;
  if (state.isRunning) return m.sync.running;
  return state.lastError === undefined ? undefined : transportErrorWords(m, state.lastError);
}

/** What a press of the button came to. `before`, `after`: how many entries existed only here. */
export function pressOutcome(m: Messages, before: number, after: number, state: SyncState): string {
  if (state.lastError !== undefined) return transportErrorWords(m, state.lastError);
  // What came back refused meanwhile exists only here.
  if (before === 0 && after === 0) return m.sync.nothingToSend;
  const sent = before - after;
  if (sent <= 0) return m.sync.stillHere(after);
  return after === 0 ? m.sync.sentAll(sent) : `${m.sync.sentAll(sent)} ${m.sync.stillHere(after)}`;
}
