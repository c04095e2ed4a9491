/** The commune's audit log as far as it was told: the newest page, and older ones that were asked for. */
import { useState } from 'react';
import { fetchAudit } from '#client/remote/administration.ts';
import type { AuditLineShown } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { useCalls } from '#client/remote/use-calls.ts';
import { toldHook } from '#client/remote/use-told.ts';
import { useOneAct } from '#client/acts/use-one-act.ts';

const useNewest = toldHook((calls) => fetchAudit(calls));

/** Lines below `before`, as many pages of them as were asked for. */
interface Older {
  readonly before: number;
  readonly lines: readonly AuditLineShown[];
  readonly more: boolean;
  readonly brokenAt: number | undefined;
}

export function useAudit() {
  const calls = useCalls();
  const newest = useNewest();
  const [older, setOlder] = useState<Older | undefined>(undefined);
  const { isBusy: isLoading, run } = useOneAct();
  const [failed, setFailed] = useState<SessionCallError | undefined>(undefined);
  const first = newest.value?.lines ?? [];
  // The newest page may have moved on meanwhile: what it reaches is not shown twice.
  const from = first.at(-1)?.number ?? 0;
  // It may even have moved on past them: then they are asked for anew.
  const joined = older !== undefined && from <= older.before ? older : undefined;
  const lines = [...first, ...(joined?.lines.filter(({ number }) => number < from) ?? [])];

  const loadOlder = async () => {
    const before = lines.at(-1)?.number;
    if (before === undefined) return;
    const answer = await fetchAudit(calls, before);
    setFailed(answer.ok ? undefined : answer.error);
    if (answer.ok) {
      const { lines: next, more, brokenAt } = answer.value;
      setOlder({ before: from, lines: [...lines.slice(first.length), ...next], more, brokenAt: lowest(joined?.brokenAt, brokenAt) });
    }
  };

  return {
    newest,
    lines,
    brokenAt: lowest(newest.value?.brokenAt, joined?.brokenAt),
    more: joined?.more ?? newest.value?.more ?? false,
    loadOlder: async () => await run(loadOlder),
    isLoading,
    failed,
  };
}

function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
