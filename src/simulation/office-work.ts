/** What the administration does at the commune: corrects, deletes and adds records by the endpoint's own entries. */
import { instantOf } from '#domain/identifiers.ts';
import type { Change } from '#domain/change.ts';
import { createNewId } from '#sync/new-id.ts';
import type { Endpoint } from '#server/endpoint.ts';
import type { Chance } from './chance.ts';
import { commune } from './commune.ts';

/** What was done, in a word; undefined: nothing. */
export async function workAtOffice(endpoint: Endpoint, chance: Chance, now: number): Promise<'record deleted' | 'record corrected' | undefined> {
  const newId = createNewId(() => now, chance.bytes);
  const kind = chance.pick(['household', 'household', 'visit'] as const);
  const records = await endpoint.records(commune, kind);
  const record = records.length === 0 ? undefined : chance.pick<(typeof records)[number]>(records);
  if (record === undefined) return undefined;
  const common = { recordId: record.recordId, kind, areaId: record.areaId, base: record.version };
  const isDeletion = chance.happens(0.5);
  const change: Change = isDeletion
    ? { ...common, delete: true }
    : { ...common, set: kind === 'visit' ? { outcome: `sửa ở xã ${chance.int(1000)}` } : { houseLabel: `sửa ở xã ${chance.int(1000)}` } };
  const draft = { entryId: newId(), memberId: endpoint.identity().endpointId, occurredAt: instantOf(now), changes: [change] };
  const [verdict] = await endpoint.applyOwnEntries(commune, [draft]);
  if (verdict?.verdict !== 'applied' && verdict?.verdict !== 'merged') return undefined;
  return isDeletion ? 'record deleted' : 'record corrected';
}
