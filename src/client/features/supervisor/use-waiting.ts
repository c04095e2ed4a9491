/** What waits for the supervisor, as the endpoint tells it; asked for also now and then as the phone hears the commune. */
import { useEffect } from 'react';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { toldHook } from '#client/remote/use-told.ts';
import type { UsedTold } from '#client/remote/use-told.ts';
import { decideWaiting, fetchWaiting } from '#client/remote/waiting.ts';
import type { DecisionRequest, WaitingForSupervisor } from '#client/remote/waiting.ts';
import { useSync } from '#client/store/use-store.ts';
import type { Result } from '#domain/result.ts';
import { withoutDecided } from './waiting-list.ts';

/** Not with every round of the sync: at a desk there are three a minute. */
const freshMs = 60_000;

const useWaitingTold = toldHook(fetchWaiting);

export interface Waiting extends Omit<UsedTold<readonly WaitingForSupervisor[]>, 'act'> {
  decide(request: DecisionRequest): Promise<Result<void, SessionCallError>>;
}

export function useWaiting(): Waiting {
  const calls = useCalls();
  const { act, ...told } = useWaitingTold();
  const { toldAt, refresh } = told;
  const { lastSuccessAt } = useSync().state;
  useEffect(() => {
    const isFresh = toldAt !== undefined && Date.now() - toldAt < freshMs;
    if (lastSuccessAt !== undefined && !isFresh && document.visibilityState === 'visible') void refresh();
  }, [toldAt, refresh, lastSuccessAt]);
  return {
    ...told,
    decide: async (request) => await act(() => decideWaiting(calls, request), (entries, decided) => withoutDecided(entries, request.entryId, decided)),
  };
}
