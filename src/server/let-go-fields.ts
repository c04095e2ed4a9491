/**
 * The endpoint lets go of fields of a record that goes on without them: as a change of its own that phones receive, and with all that was ever set there. Beside
 * `applyChange`, because it may clear what no person can; what comes late cannot bring it back (`withoutLetGo` in #domain/let-go.ts).
 */
import { instantOf } from '#domain/identifiers.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import { emptyHistory } from './empty-history.ts';
import { nextCount } from './next-count.ts';
import { placeRecords } from './place-records.ts';
import { createRecordsAtHand, recordToRow } from './records-at-hand.ts';
import { receivedAtOf } from './received-at.ts';
import { writeOwnEntry } from './write-own-entry.ts';

/** `set`: what stands there from now on; null clears. By channel, the highest sequence that tells so; empty where nothing was to let go. */
export async function letGoFields(
  context: EndpointContext,
  tx: Writing,
  args: { readonly communeCode: string; readonly recordId: string; readonly set: Readonly<Record<string, string | null>> },
): Promise<ReadonlyMap<string, number>> {
  const { communeCode, recordId, set } = args;
  const records = createRecordsAtHand(tx, communeCode);
  await records.loadWhole(recordId);
  const before = records.find(recordId);
  if (before === undefined) return new Map();
  const kept: Readonly<Record<string, unknown>> = { ...before.fields };
  const differing = Object.fromEntries(Object.entries(set).filter(([field, value]) => (kept[field] ?? null) !== value));
  const isConflicting = before.conflicts.some(({ field }) => Object.hasOwn(set, field));
  if (Object.keys(differing).length === 0 && !isConflicting) return new Map();

  const fields = Object.fromEntries(Object.entries({ ...kept, ...set }).filter(([, value]) => value !== null));
  const conflicts = before.conflicts.filter(({ field }) => !Object.hasOwn(set, field));
  const { epoch, identity } = context.keys;
  const after = { ...before, fields, conflicts, version: nextCount(before.version, epoch) } as unknown as AnyRecord;
  const { endpointId } = identity;
  const now = context.clock.now();
  // To the day where the record is: what is not named must not tell when it is looked at.
  const occurredAt = receivedAtOf(before.occurredAt, now);
  const entryId = context.newId();
  await emptyHistory(tx, communeCode, recordId, Object.keys(set));
  const rows = Object.entries(differing).map(([field, value]) => ({
    communeCode, recordId, version: after.version, field, value: JSON.stringify(value), deviceId: endpointId, memberId: endpointId, entryId, occurredAt,
  }));
  if (rows.length > 0) await tx.insertInto('record_history').values(rows).execute();
  await tx.updateTable('record').set(recordToRow(communeCode, after)).where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
  records.put(after);
  const changes = [{ recordId, kind: after.kind, areaId: after.areaId, base: before.version, set: differing }];
  const draft = { entryId, memberId: endpointId, occurredAt: instantOf(now), changes };
  const contentHash = context.keys.contentHash(JSON.stringify(draft));
  await writeOwnEntry(tx, { communeCode, draft: { ...draft, occurredAt }, deviceId: endpointId, contentHash, verdict: 'applied', now });
  return await placeRecords(tx, { communeCode, records, changes: [{ before, after }], epoch });
}
