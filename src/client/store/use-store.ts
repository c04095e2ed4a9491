/** How screens reach the store and the sync: the only file of the store that knows React. */
import { createContext, createElement, use, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { SyncEngine, SyncState } from '#sync/engine.ts';
import type { FieldStore } from './field-store.ts';

interface Provided {
  readonly store: FieldStore;
  readonly engine: SyncEngine;
}
const StoreContext = createContext<Provided | undefined>(undefined);

export interface StoreProviderProps extends Provided {
  readonly children?: ReactNode;
}

/** Around everything that is shown while the phone is unlocked. Reads what other tabs saved when the page wakes. */
export function StoreProvider({ store, engine, children }: StoreProviderProps) {
  const provided = useMemo(() => ({ store, engine }), [store, engine]);
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') void store.refresh();
    };
    document.addEventListener('visibilitychange', wake);
    return () => document.removeEventListener('visibilitychange', wake);
  }, [store]);
  return createElement(StoreContext, { value: provided }, children);
}

function useProvided(): Provided {
  const provided = use(StoreContext);
  if (provided === undefined) throw new Error('outside of StoreProvider');
  return provided;
}

/** The store; the component is drawn again at each of its revisions. */
export function useStore(): FieldStore {
  const { store } = useProvided();
  useSyncExternalStore(store.subscribe, store.revision);
  return store;
}

export function useSync(): { readonly state: SyncState; readonly syncNow: () => Promise<SyncState> } {
  const { engine } = useProvided();
  const state = useSyncExternalStore(engine.subscribe, engine.state);
  const syncNow = useCallback(() => engine.run(), [engine]);
  return useMemo(() => ({ state, syncNow }), [state, syncNow]);
}
