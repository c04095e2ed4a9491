/** How a screen reaches the endpoint for what cannot be done without a connection: with the session of the unlocked phone. */
import { createContext, createElement, use } from 'react';
import type { ReactNode } from 'react';
import type { SessionCalls } from './session-calls.ts';

const CallsContext = createContext<SessionCalls | undefined>(undefined);

/** Around everything that is shown while the phone is unlocked. */
export function CallsProvider({ calls, children }: { readonly calls: SessionCalls; readonly children?: ReactNode }) {
  return createElement(CallsContext, { value: calls }, children);
}

export function useCalls(): SessionCalls {
  const calls = use(CallsContext);
  if (calls === undefined) throw new Error('outside of CallsProvider');
  return calls;
}
