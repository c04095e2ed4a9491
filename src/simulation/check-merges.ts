/** The merge, worked out once more from the history alone: who set a field after what an entry had seen, and was it noted? */
import { isSameValue } from '#domain/change.ts';
import { isLetGo } from '#domain/let-go.ts';
import type { SavedEntry } from './ledger.ts';
import type { RunContext } from './run-context.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';

interface Setting {
  readonly entryId: string;
  readonly recordId: string;
  readonly version: number;
  readonly field: string;
  readonly value: string;
  readonly deviceId: string;
  /** 0: the endpoint's own. */
  readonly deviceSeq: number;
}

export function checkMerges(run: RunContext, { database, record }: SimulatedEndpoint): void {
  const history = Map.groupBy(
    // What a supervisor accepted was set in its author's name: by the phone that sealed the original.
    database.rows<Setting>(`select h.entryId, h.recordId, h.version, h.field, h.value,
       coalesce(o.deviceId, h.deviceId) as deviceId, coalesce(o.deviceSeq, e.deviceSeq, 0) as deviceSeq
       from record_history h left join entry e on e.communeCode = h.communeCode and e.entryId = h.entryId
       left join entry o on o.communeCode = h.communeCode and o.acceptedAs = h.entryId where h.field <> '' order by h.version`),
    ({ recordId }) => recordId,
  );
  const replaces = new Map(database.rows<{ deviceId: string; replaces: string | null }>('select deviceId, replaces from device').map((row) => [row.deviceId, row.replaces]));
  const twins = new Set(database.rows<{ deviceId: string }>("select distinct deviceId from entry where code = 'restored_phone'").map(({ deviceId }) => deviceId));
  for (const saved of run.ledger.entries.values()) {
    // Two held its disk: which of them set what the history alone does not tell.
    if (twins.has(saved.deviceId)) continue;
    const verdict = record.verdict(saved.draft.entryId)?.verdict;
    if (verdict !== 'applied' && verdict !== 'merged') continue;
    const expected = expectedOf(saved, history, replaces);
    if (expected !== undefined && expected !== verdict) run.broke(`${saved.draft.entryId} is ${verdict}; by the history it should be ${expected}`);
  }
}

/** Undefined: the history alone does not tell. */
function expectedOf({ draft, deviceId }: SavedEntry, history: ReadonlyMap<string, readonly Setting[]>, replaces: ReadonlyMap<string, string | null>): 'applied' | 'merged' | undefined {
  let isDoubtful = false;
  for (const change of draft.changes) {
    const settings = history.get(change.recordId) ?? [];
    const own = settings.find(({ entryId }) => entryId === draft.entryId);
    // A household that declines takes back what was in conflict as well; what an earlier identity of the phone set may be the entry's own.
    const isDeclined = change.kind === 'household' && settings.some(({ field, value }) => field === 'contact' && value === '"no"');
    const isWithoutName = change.kind === 'feedback' && settings.some(({ value }) => isLetGo(JSON.parse(value)));
    if (own === undefined || !('set' in change) || change.settles !== undefined || isDeclined || isWithoutName) return undefined;
    // What the same device saved later and came first was not seen by this one either.
    const isOther = (one: Setting) => one.deviceId !== deviceId || one.deviceSeq > own.deviceSeq;
    const others = settings.filter((one) => one.version > change.base && one.version < own.version && isOther(one));
    if ([deviceId, ...others.map((one) => one.deviceId)].some((id) => typeof replaces.get(id) === 'string') && others.length > 0) return undefined;
    for (const { field, version, value } of others) {
      if (field !== 'deleted' && (!Object.hasOwn(change.set, field) || isSameValue(JSON.parse(value), change.set[field] ?? null))) continue;
      // One that was set in between may have been told of it before.
      const isFirstToMeetIt = settings.every((one) => one.version <= version || one.version >= own.version);
      if (isFirstToMeetIt) return 'merged';
      isDoubtful = true;
    }
  }
  return isDoubtful ? undefined : 'applied';
}
