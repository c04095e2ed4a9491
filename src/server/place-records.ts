/** After a change: which channels show each record it touched, in which order, and who no longer sees it. */
import { sql } from 'kysely';
import { isSameValue } from '#domain/change.ts';
import { channelsOf, standingOf } from '#domain/permissions.ts';
import type { ChannelPlacing } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';
import { isAboutStaff } from '#domain/topic.ts';
import { raiseRows } from './channel-rows.ts';
import type { RaisedRow } from './channel-rows.ts';
import type { ChannelRowTable, Writing } from './database/schema.ts';
import { feedbackIdsIn } from './records-at-hand.ts';
import type { RecordsAtHand } from './records-at-hand.ts';

/** What an entry made of a record; `before` undefined: it is new. */
export interface RecordChange {
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}

/** By channel, the highest sequence that was given. A row is raised only where what its readers see has changed. */
export async function placeRecords(
  tx: Writing,
  args: {
    readonly communeCode: string;
    readonly records: RecordsAtHand;
    readonly changes: readonly RecordChange[];
    readonly epoch: number;
  },
): Promise<ReadonlyMap<string, number>> {
  const { communeCode, records, changes, epoch } = args;
  const changed = new Map(changes.map((change) => [change.after.recordId, change]));
  const raised: RaisedRow[] = [];
  for (const recordId of await affectedBy(tx, communeCode, records, changed)) {
    const record = records.find(recordId);
    if (record === undefined) throw new Error(`record ${recordId} is to be placed and is not there`);
    const rows = await readRows(tx, communeCode, recordId);
    raised.push(...raisedRowsOf(record, changed.get(recordId), rows, channelsOf(record, records)));
  }
  return await raiseRows(tx, { communeCode, rows: raised, epoch });
}

/** The changed records, and those whose channels depend on them: a feedback with all its events, what was asked about it and the lists that name it, all that lies in a hamlet that was merged. */
async function affectedBy(
  tx: Writing,
  communeCode: string,
  records: RecordsAtHand,
  changed: ReadonlyMap<string, RecordChange>,
): Promise<ReadonlySet<string>> {
  const affected = new Set<string>();
  for (const { before, after } of changed.values()) {
    affected.add(after.recordId);
    const feedbackId = after.kind === 'feedback' ? after.recordId : after.kind === 'feedback_event' ? after.fields.feedbackId : undefined;
    if (feedbackId !== undefined && isKind(records.find(feedbackId), 'feedback')) {
      affected.add(feedbackId);
      for (const event of records.eventsOf(feedbackId)) affected.add(event.recordId);
      if (isTurned(feedbackId, changed, records)) for (const recordId of await listing(tx, communeCode, records, feedbackId)) affected.add(recordId);
      for (const requestId of await requestsAbout(tx, communeCode, records, feedbackId)) affected.add(requestId);
    }
    if (after.kind === 'area' && isKind(before, 'area') && before.fields.mergedInto !== after.fields.mergedInto) {
      for (const recordId of await recordsIn(tx, communeCode, records, after.recordId)) affected.add(recordId);
    }
  }
  return affected;
}

/** Did these changes make it one about staff, or make it one no longer? */
function isTurned(feedbackId: string, changed: ReadonlyMap<string, RecordChange>, records: RecordsAtHand): boolean {
  const feedback = records.find(feedbackId);
  const change = changed.get(feedbackId);
  const before = change === undefined ? feedback : change.before;
  if (!isKind(feedback, 'feedback') || !isKind(before, 'feedback')) return false;
  const eventsOf = () =>
    records.eventsOf(feedbackId).flatMap((event) => {
      const was = changed.has(event.recordId) ? changed.get(event.recordId)?.before : event;
      return isKind(was, 'feedback_event') ? [was] : [];
    });
  return isAboutStaff(standingOf(before, { eventsOf }).topic) !== isAboutStaff(standingOf(feedback, records).topic);
}

/** Visits and talks whose list names a feedback, loaded with what their channels depend on. Every one is looked at: it is asked only when a feedback turns. */
async function listing(tx: Writing, communeCode: string, records: RecordsAtHand, feedbackId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('record')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('kind', 'in', ['visit', 'prestigious_contact'])
    .where('fields', 'like', `%${feedbackId}%`)
    .orderBy('recordId')
    .execute();
  const found: string[] = [];
  for (const { recordId } of rows) {
    await records.loadWhole(recordId);
    const record = records.find(recordId);
    if (record !== undefined && feedbackIdsIn(record.fields).includes(feedbackId)) found.push(recordId);
  }
  return found;
}

/** What citizens asked about a feedback is for its readers: loaded with what its channels depend on. */
async function requestsAbout(tx: Writing, communeCode: string, records: RecordsAtHand, feedbackId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('record')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'subject_request')
    .where(sql`fields ->> 'subjectId'`, '=', feedbackId)
    .orderBy('recordId')
    .execute();
  for (const { recordId } of rows) await records.loadWhole(recordId);
  return rows.map((row) => row.recordId);
}

/** The records of an area and of all that were merged into it before, loaded with what their channels depend on. */
async function recordsIn(tx: Writing, communeCode: string, records: RecordsAtHand, areaId: string): Promise<string[]> {
  const areas = await tx
    .selectFrom('record')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'area')
    .execute();
  const areaIds: string[] = [];
  for (const { recordId } of areas) {
    await records.loadWhole(recordId);
    // A superset does no harm: what stays where it is raises no row.
    if (leadsThrough(recordId, areaId, records)) areaIds.push(recordId);
  }
  const rows = await tx
    .selectFrom('record')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('areaId', 'in', areaIds)
    .where('kind', '!=', 'area')
    .orderBy('recordId')
    .execute();
  for (const { recordId } of rows) await records.loadWhole(recordId);
  return rows.map((row) => row.recordId);
}

/** Is it this area, or one that was merged into it, over others too? Also in a circle, where each stands for itself. */
function leadsThrough(from: string, areaId: string, records: RecordsAtHand): boolean {
  const seen = new Set<string>();
  for (let next: string | undefined = from; next !== undefined && !seen.has(next); ) {
    if (next === areaId) return true;
    seen.add(next);
    const area = records.find(next);
    next = isKind(area, 'area') ? area.fields.mergedInto : undefined;
  }
  return false;
}

async function readRows(tx: Writing, communeCode: string, recordId: string): Promise<ReadonlyMap<string, ChannelRowTable>> {
  const rows = await tx
    .selectFrom('channel_row')
    .selectAll()
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .execute();
  return new Map(rows.map((row) => [row.channelId, row]));
}

function raisedRowsOf(
  record: AnyRecord,
  change: RecordChange | undefined,
  rows: ReadonlyMap<string, ChannelRowTable>,
  placings: readonly ChannelPlacing[],
): RaisedRow[] {
  const { recordId, version } = record;
  const raised: RaisedRow[] = [];
  for (const { channelId, hidden } of placings) {
    const row = rows.get(channelId);
    const placed = { channelId, recordId, version, hidden: JSON.stringify(hidden), replaces: row };
    if (record.deleted) {
      // Where it was never shown there is nothing to take back.
      if (row?.gone === null) raised.push({ ...placed, gone: 'deleted' });
    } else if (row === undefined || row.gone !== null || row.hidden !== placed.hidden || isShownAnew(change, hidden)) {
      raised.push({ ...placed, gone: null });
    }
  }
  for (const row of rows.values()) {
    if (row.gone !== null || placings.some((placing) => placing.channelId === row.channelId)) continue;
    // The version its readers knew: how far the record has come since is not for them.
    raised.push({ channelId: row.channelId, recordId, version: row.version, hidden: row.hidden, gone: 'evicted', replaces: row });
  }
  return raised;
}

function isShownAnew(change: RecordChange | undefined, hidden: readonly string[]): boolean {
  if (change === undefined) return false;
  return change.before === undefined || !isSameValue(shown(change.before, hidden), shown(change.after, hidden));
}

function shown(record: AnyRecord, hidden: readonly string[]): unknown {
  return { areaId: record.areaId, deleted: record.deleted, fields: shownFields(record.fields, hidden), conflicts: shownConflicts(record.conflicts, hidden) };
}

export function shownFields(fields: object, hidden: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(field)));
}

export function shownConflicts<C extends { readonly field: string }>(conflicts: readonly C[], hidden: readonly string[]): C[] {
  return conflicts.filter((conflict) => !hidden.includes(conflict.field));
}
