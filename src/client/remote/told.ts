/** What the endpoint told last and a screen shows: kept in memory while the phone is unlocked, never on disk. */
import type { Result } from '#domain/result.ts';
import type { SessionCallError } from './session-calls.ts';

export interface ToldState<T> {
  /** Undefined: never told yet. */
  readonly value: T | undefined;
  /** When it was told, milliseconds since 1970. */
  readonly toldAt: number | undefined;
  readonly isAsking: boolean;
  /** Why the last question had no answer. */
  readonly error: SessionCallError | undefined;
}

export interface Told<T> {
  state(): ToldState<T>;
  subscribe(listener: () => void): () => void;
  /** One question at a time. */
  refresh(): Promise<void>;
  /**
   * Does something that may change what is told, and asks anew whatever came of it: an answer lost on the way may have been a yes. Resolves to a yes when it shows.
   * `meanwhile`: what is known to be so until then; without it nothing more than before.
   */
  act<A>(run: () => Promise<Result<A, SessionCallError>>, meanwhile?: (value: T, came: Result<A, SessionCallError>) => T): Promise<Result<A, SessionCallError>>;
}

export function createTold<T>(ask: () => Promise<Result<T, SessionCallError>>, now: () => number): Told<T> {
  let state: ToldState<T> = { value: undefined, toldAt: undefined, isAsking: false, error: undefined };
  let asking: Promise<void> | undefined;
  let acts = 0;
  const listeners = new Set<() => void>();

  function show(next: Partial<ToldState<T>>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  async function askOnce(): Promise<void> {
    const before = acts;
    show({ isAsking: true });
    const answer = await ask();
    // An answer from before an act would show what is no longer so.
    if (before !== acts) return await askOnce();
    show(answer.ok ? { value: answer.value, toldAt: now(), error: undefined, isAsking: false } : { error: answer.error, isAsking: false });
  }

  async function refresh(): Promise<void> {
    asking ??= askOnce().finally(() => (asking = undefined));
    await asking;
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    async act(run, meanwhile) {
      const came = await run();
      acts += 1;
      if (meanwhile !== undefined && state.value !== undefined) show({ value: meanwhile(state.value, came) });
      const shown = refresh();
      // What was not done is said at once; the list follows.
      if (came.ok) await shown;
      return came;
    },
  };
}
