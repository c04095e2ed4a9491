/** The records that the rules look at while one entry is applied: loaded before, with what the entry's earlier changes made of them. */
import type { Change } from '#domain/change.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { standingIn } from '#domain/merged-feedback.ts';
import { isKind, parentIdOf } from '#domain/record.ts';
import type { AnyRecord, RecordKind, RecordState, Records } from '#domain/record.ts';
import type { Database, RecordTable } from './database/schema.ts';

export interface RecordsAtHand extends Records {
  /** Loads all that permission, rules and channels may look at for this change. */
  loadFor(change: Change): Promise<void>;
  /** Loads a record and all that its channels depend on. */
  loadWhole(recordId: string): Promise<void>;
  /** What belongs to the record and is not deleted, as the entry's earlier changes left it. */
  hangingOn(recordId: string): Promise<readonly AnyRecord[]>;
  /** Takes the place of what was loaded. */
  put(record: AnyRecord): void;
}

/** `provinceId`: whose pages and documents the author reads as well. */
export function createRecordsAtHand(db: Database, communeCode: string, provinceId?: string): RecordsAtHand {
  const known = new Map<string, AnyRecord | undefined>();
  const events = new Map<string, Map<string, RecordState<'feedback_event'>>>();

  async function load(recordId: string): Promise<AnyRecord | undefined> {
    if (!known.has(recordId)) {
      const row = await db
        .selectFrom('record')
        .selectAll()
        .where('communeCode', '=', communeCode)
        .where('recordId', '=', recordId)
        .executeTakeFirst();
      known.set(recordId, row === undefined ? undefined : rowToRecord(row));
    }
    return known.get(recordId);
  }

  /** A page or document of the province, where nothing of that id is the commune's: to be named by who reads it, and never written from here. */
  async function loadOfProvince(recordId: string): Promise<void> {
    if (provinceId === undefined || (await load(recordId)) !== undefined) return;
    const row = await db
      .selectFrom('record')
      .selectAll()
      .where('communeCode', '=', provinceId)
      .where('recordId', '=', recordId)
      .where('kind', 'in', ['handbook_page', 'document'])
      .executeTakeFirst();
    if (row === undefined) return;
    known.set(recordId, rowToRecord(row));
    await loadArea(row.areaId);
  }

  async function loadArea(areaId: string): Promise<void> {
    const seen = new Set<string>();
    for (let next: string | undefined = areaId; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      const area: AnyRecord | undefined = await load(next);
      next = isKind(area, 'area') ? area.fields.mergedInto : undefined;
    }
  }

  async function loadEvents(feedbackId: string): Promise<void> {
    if (events.has(feedbackId)) return;
    const rows = await db
      .selectFrom('record')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('parentId', '=', feedbackId)
      .where('kind', '=', 'feedback_event')
      .execute();
    const found = new Map<string, RecordState<'feedback_event'>>();
    events.set(feedbackId, found);
    for (const row of rows) {
      const event = known.get(row.recordId) ?? rowToRecord(row);
      known.set(row.recordId, event);
      if (isKind(event, 'feedback_event')) found.set(event.recordId, event);
      await loadArea(event.areaId);
    }
  }

  async function loadWhole(recordId: string): Promise<void> {
    const record = await load(recordId);
    if (record === undefined) return;
    await loadArea(record.areaId);
    if (record.kind === 'feedback') await loadEvents(recordId);
    const parentId = parentIdOf(record.kind, record.fields);
    if (parentId !== undefined) await loadWhole(parentId);
    for (const id of feedbackIdsIn(record.fields)) await loadWhole(id);
    if (record.kind === 'subject_request') await loadWhole(record.fields.subjectId);
  }

  /** The household that it is the double of, and what that one was merged into: each with where it lies. */
  async function loadGoingOn(householdId: string): Promise<void> {
    const seen = new Set<string>();
    for (let next: string | undefined = householdId; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      await loadWhole(next);
      const household = known.get(next);
      next = isKind(household, 'household') ? household.fields.mergedInto : undefined;
    }
  }

  /** What it was merged into, one after another: each with what its standing is folded from. */
  async function loadMergers(feedbackId: string): Promise<void> {
    const seen = new Set<string>();
    for (let next: string | undefined = feedbackId; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      await loadWhole(next);
      next = isKind(known.get(next), 'feedback') ? standingIn(next, records)?.mergedInto : undefined;
    }
  }

  const records: RecordsAtHand = {
    async loadFor(change) {
      await loadWhole(change.recordId);
      await loadOfProvince(change.recordId);
      await loadArea(change.areaId);
      await load(communeCodeOf(change.areaId));
      if (!('set' in change)) return;
      const parentId = parentIdOf(change.kind, change.set);
      if (parentId !== undefined) await loadWhole(parentId);
      for (const id of feedbackIdsIn(change.set)) await loadWhole(id);
      const { mergedInto, subjectId, intoId, householdId } = change.set;
      if (typeof householdId === 'string') await loadWhole(householdId);
      if (typeof subjectId === 'string') await loadWhole(subjectId);
      if (typeof subjectId === 'string' && change.kind === 'reading_receipt') await loadOfProvince(subjectId);
      if (typeof mergedInto === 'string') await (change.kind === 'household' ? loadGoingOn(mergedInto) : loadArea(mergedInto));
      if (typeof intoId === 'string') await loadMergers(intoId);
    },
    loadWhole,
    async hangingOn(recordId) {
      const rows = await db.selectFrom('record').selectAll().where('communeCode', '=', communeCode).where('parentId', '=', recordId).where('deleted', '=', 0).execute();
      return rows.map((row) => known.get(row.recordId) ?? rowToRecord(row)).filter(({ deleted }) => !deleted);
    },
    put(record) {
      known.set(record.recordId, record);
      if (record.kind === 'feedback' && !events.has(record.recordId)) events.set(record.recordId, new Map());
      if (record.kind === 'feedback_event') events.get(record.fields.feedbackId)?.set(record.recordId, record);
    },
    find(recordId) {
      if (!known.has(recordId)) throw new Error(`a rule looked at record ${recordId}, which was not loaded`);
      return known.get(recordId);
    },
    eventsOf(feedbackId) {
      const found = events.get(feedbackId);
      if (found === undefined) throw new Error(`a rule looked at the events of ${feedbackId}, which were not loaded`);
      return [...found.values()];
    },
  };
  return records;
}

/** Of a visit's list, as far as one may be long. */
export function feedbackIdsIn(fields: object): string[] {
  const { feedbackIds } = fields as { feedbackIds?: unknown };
  return Array.isArray(feedbackIds) ? feedbackIds.filter((id): id is string => typeof id === 'string').slice(0, 10) : [];
}

export function rowToRecord(row: RecordTable): AnyRecord {
  const { recordId, kind, areaId, version, deleted, fields, conflicts, memberId, occurredAt, receivedAt } = row;
  return {
    recordId,
    kind,
    areaId,
    version,
    deleted: deleted === 1,
    fields: JSON.parse(fields),
    conflicts: JSON.parse(conflicts),
    memberId,
    occurredAt,
    receivedAt,
  } as unknown as AnyRecord;
}

export function recordToRow(communeCode: string, record: AnyRecord): RecordTable {
  if (record.receivedAt === undefined) throw new Error(`record ${record.recordId} has no time of arrival`);
  return {
    communeCode,
    recordId: record.recordId,
    kind: record.kind,
    areaId: record.areaId,
    parentId: parentIdOf(record.kind, record.fields) ?? null,
    version: record.version,
    deleted: record.deleted ? 1 : 0,
    fields: JSON.stringify(record.fields),
    conflicts: JSON.stringify(record.conflicts),
    memberId: record.memberId,
    occurredAt: record.occurredAt,
    receivedAt: record.receivedAt,
  };
}

/** All records of a kind that are not deleted. */
export async function readRecords<K extends RecordKind>(
  db: Database,
  communeCode: string,
  kind: K,
): Promise<Extract<AnyRecord, { kind: K }>[]> {
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('kind', '=', kind)
    .where('deleted', '=', 0)
    .orderBy('recordId')
    .execute();
  return rows.map((row) => rowToRecord(row) as Extract<AnyRecord, { kind: K }>);
}
