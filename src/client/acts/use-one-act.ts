import { useState, useSyncExternalStore } from 'react';
import { createOneAct } from './one-act.ts';
import type { OneAct } from './one-act.ts';

/** What a screen's buttons do, one act at a time. `run` stays the same and may be called, and may end, after the screen has gone. */
export function useOneAct(): { readonly isBusy: boolean; readonly run: OneAct['run'] } {
  const [act] = useState(createOneAct);
  const isBusy = useSyncExternalStore(act.subscribe, act.isUnderWay);
  return { isBusy, run: act.run };
}
