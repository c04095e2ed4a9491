/** What the endpoint tells, asked for when a screen that shows it opens, when the signal comes back and when the page is seen again. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Result } from '#domain/result.ts';
import type { SessionCallError, SessionCalls } from './session-calls.ts';
import { createTold } from './told.ts';
import type { Told, ToldState } from './told.ts';
import { useCalls } from './use-calls.ts';

export type UsedTold<T> = ToldState<T> & Pick<Told<T>, 'act' | 'refresh'>;

/** Makes the hook of one question; outside of any component. One answer for each unlocking: what was told goes with the calls it was asked through. */
export function toldHook<T>(ask: (calls: SessionCalls) => Promise<Result<T, SessionCallError>>): () => UsedTold<T> {
  const known = new WeakMap<SessionCalls, Told<T>>();
  const toldOf = (calls: SessionCalls): Told<T> => {
    const told = known.get(calls) ?? createTold(() => ask(calls), () => Date.now());
    known.set(calls, told);
    return told;
  };
  return function useTold() {
    const told = toldOf(useCalls());
    const state = useSyncExternalStore(told.subscribe, told.state);
    useEffect(() => {
      const askNow = () => {
        if (document.visibilityState === 'visible' && navigator.onLine) void told.refresh();
      };
      askNow();
      window.addEventListener('online', askNow);
      document.addEventListener('visibilitychange', askNow);
      return () => {
        window.removeEventListener('online', askNow);
        document.removeEventListener('visibilitychange', askNow);
      };
    }, [told]);
    return { ...state, act: told.act, refresh: told.refresh };
  };
}
