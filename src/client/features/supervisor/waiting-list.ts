/** What waits for the supervisor who uses this phone, as the endpoint last told it: kept in memory while the phone is unlocked, never on disk. */
import type { DecisionRequest, WaitingForSupervisor } from '#client/remote/waiting.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import type { Result } from '#domain/result.ts';

export interface WaitingState {
  /** Undefined: never told yet. */
  readonly entries: readonly WaitingForSupervisor[] | undefined;
  /** When it was told, milliseconds since 1970. */
  readonly toldAt: number | undefined;
  readonly isAsking: boolean;
  /** Why the last question had no answer. */
  readonly error: SessionCallError | undefined;
}

export interface WaitingListDeps {
  readonly fetch: () => Promise<Result<readonly WaitingForSupervisor[], SessionCallError>>;
  readonly decide: (request: DecisionRequest) => Promise<Result<void, SessionCallError>>;
  readonly now: () => number;
}

export interface WaitingList {
  state(): WaitingState;
  subscribe(listener: () => void): () => void;
  /** One question at a time. */
  refresh(): Promise<void>;
  /** Whatever comes of it, the list is asked for anew: a decision may set others free. */
  decide(request: DecisionRequest): Promise<Result<void, SessionCallError>>;
}

export function createWaitingList(deps: WaitingListDeps): WaitingList {
  let state: WaitingState = { entries: undefined, toldAt: undefined, isAsking: false, error: undefined };
  let asking: Promise<void> | undefined;
  let decisions = 0;
  const listeners = new Set<() => void>();

  function show(next: Partial<WaitingState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  async function ask(): Promise<void> {
    const before = decisions;
    show({ isAsking: true });
    const answer = await deps.fetch();
    // An answer from before a decision would bring back what was decided.
    if (before !== decisions) return await ask();
    show(answer.ok ? { entries: answer.value, toldAt: deps.now(), error: undefined, isAsking: false } : { error: answer.error, isAsking: false });
  }

  async function refresh(): Promise<void> {
    asking ??= ask().finally(() => (asking = undefined));
    await asking;
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    async decide(request) {
      const decided = await deps.decide(request);
      decisions += 1;
      const isGone = decided.ok || (decided.error.code === 'refused' && (decided.error.status === 404 || decided.error.error === 'already_decided'));
      if (isGone) show({ entries: state.entries?.filter(({ entryId }) => entryId !== request.entryId) });
      await refresh();
      return decided;
    },
  };
}
