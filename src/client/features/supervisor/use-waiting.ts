/** The list of what waits, asked for when a screen that shows it opens, when the signal comes back, and now and then as the phone hears the commune. */
import { useEffect, useSyncExternalStore } from 'react';
import type { SessionCalls } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { decideWaiting, fetchWaiting } from '#client/remote/waiting.ts';
import { useSync } from '#client/store/use-store.ts';
import { createWaitingList } from './waiting-list.ts';
import type { WaitingList, WaitingState } from './waiting-list.ts';

/** Not with every round of the sync: at a desk there are three a minute. */
const freshMs = 60_000;

/** One for each unlocking: when the phone locks, what was told goes with the calls it was asked through. */
const lists = new WeakMap<SessionCalls, WaitingList>();

function listOf(calls: SessionCalls): WaitingList {
  const known = lists.get(calls);
  if (known !== undefined) return known;
  const made = createWaitingList({ fetch: () => fetchWaiting(calls), decide: (request) => decideWaiting(calls, request), now: () => Date.now() });
  lists.set(calls, made);
  return made;
}

export function useWaiting(): WaitingState & Pick<WaitingList, 'decide' | 'refresh'> {
  const list = listOf(useCalls());
  const state = useSyncExternalStore(list.subscribe, list.state);
  const { lastSuccessAt } = useSync().state;
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible' && navigator.onLine) void list.refresh();
    };
    ask();
    window.addEventListener('online', ask);
    document.addEventListener('visibilitychange', ask);
    return () => {
      window.removeEventListener('online', ask);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [list]);
  useEffect(() => {
    const { toldAt } = list.state();
    const isFresh = toldAt !== undefined && Date.now() - toldAt < freshMs;
    if (lastSuccessAt !== undefined && !isFresh && document.visibilityState === 'visible') void list.refresh();
  }, [list, lastSuccessAt]);
  return { ...state, decide: list.decide, refresh: list.refresh };
}
