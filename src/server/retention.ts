/**
 * Lets go of what has been kept long enough (#domain/retention.ts): commune by commune, in small transactions, by changes that phones receive like any other. What was
 * done is done: a run that was stopped begins again, finds less, and ends the same.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { replacedOn } from '#domain/consent.ts';
import { dayOf } from '#domain/identifiers.ts';
import { channelId, standingOf } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import { doubtfulDays, dueForRetention, endOf, isOver, judgeDay, kindsNeverLetGo, noteMonths, waitingMonths } from '#domain/retention.ts';
import type { RetentionFacts } from '#domain/retention.ts';
import { writeAudit } from './audit.ts';
import { raiseRows } from './channel-rows.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { letGoFields } from './let-go-fields.ts';
import { outlineOf } from './read-entry.ts';
import { createRecordsAtHand, rowToRecord } from './records-at-hand.ts';
import { noteRejected } from './rejected-records.ts';
import { removeRecord } from './remove-record.ts';
import { findEntry, settle } from './verdicts.ts';
import { dropWaiting } from './waiting-entries.ts';
import { noteTakenOut, writeAndFold } from './write-and-fold.ts';

/** What one run let go of in a commune, or would have: how many, by kind (`waiting`: entries that waited for a person; `note`: words of a supervisor). */
export interface RetentionReport {
  readonly communeCode: string;
  readonly counts: Readonly<Record<string, number>>;
  /** It let go of nothing: this local day lies too far beyond the last run to be believed yet (`judgeDay`). */
  readonly doubtedDay?: string;
}

/** Looked at in one transaction. */
const atOnce = 100;

export function createRetention(context: EndpointContext) {
  const { db, clock, keys } = context;

  /** `isDaily`: leaves out the communes that were run for this day, and those where it is not believed yet (`judgeDay`). `isTrial`: counts and changes nothing. */
  async function retain({ isDaily = false, isTrial = false }: { readonly isDaily?: boolean; readonly isTrial?: boolean } = {}): Promise<RetentionReport[]> {
    const today = dayOf(clock.now());
    const reports: RetentionReport[] = [];
    for (const communeCode of await communesIn(db)) {
      const judged = isDaily ? await judgeToday(db, communeCode, today) : 'due';
      if (judged === 'done') continue;
      if (judged !== 'due') {
        if (judged !== 'seen') await noteDoubt(communeCode, judged);
        reports.push({ communeCode, counts: {}, doubtedDay: today });
        continue;
      }
      const counts = await retainIn(communeCode, today, isTrial);
      reports.push({ communeCode, counts });
      if (!isTrial) await noteRun(communeCode, today, counts);
    }
    return reports;
  }

  async function retainIn(communeCode: string, today: string, isTrial: boolean): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const count = (tx: Writing, what: string) => {
      counts[what] = (counts[what] ?? 0) + 1;
      if (!isTrial) noteTakenOut(tx);
    };
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      after = await writeAndFold(db, async (tx) => {
        const rows = await tx
          .selectFrom('record')
          .selectAll()
          .where('communeCode', '=', communeCode)
          .where('recordId', '>', from)
          .where('kind', 'not in', [...kindsNeverLetGo])
          .orderBy('recordId')
          .limit(atOnce)
          .execute();
        for (const row of rows) if (await retainRecord(tx, communeCode, rowToRecord(row), { today, isTrial })) count(tx, row.kind);
        return rows.length < atOnce ? undefined : rows.at(-1)?.recordId;
      });
      // The database answers at once, so that nothing else ever had a turn: a commune's records take seconds, and phones ask meanwhile.
      await nextTurn();
    }
    await writeAndFold(db, async (tx) => {
      for (const entryId of await overdueWaiting(tx, communeCode, today)) {
        count(tx, 'waiting');
        if (!isTrial) await letGoWaiting(tx, communeCode, entryId);
      }
      for (const entryId of await overdueNotes(tx, communeCode, today)) {
        count(tx, 'note');
        if (!isTrial) await letGoNote(tx, communeCode, entryId);
      }
    });
    return counts;
  }

  async function retainRecord(
    tx: Writing,
    communeCode: string,
    record: AnyRecord,
    { today, isTrial }: { readonly today: string; readonly isTrial: boolean },
  ): Promise<boolean> {
    const act = dueForRetention(record, await factsOf(tx, communeCode, record), today);
    if (act === undefined) return false;
    if (isTrial) return true;
    const { recordId } = record;
    if (act.letsGoOf === 'record') await removeRecord(tx, communeCode, recordId, keys.epoch);
    else await letGoFields(context, tx, { communeCode, recordId, set: act.set });
    return true;
  }

  /** Nobody has decided on it for all this time: its author is told, and its content goes. What was accepted lives on as what was made of it. */
  async function letGoWaiting(tx: Writing, communeCode: string, entryId: string): Promise<void> {
    const waiting = await tx.selectFrom('waiting_entry').selectAll().where('communeCode', '=', communeCode).where('entryId', '=', entryId).executeTakeFirst();
    const known = await findEntry(tx, communeCode, entryId);
    await dropWaiting(tx, communeCode, entryId);
    if (waiting === undefined || known === undefined || waiting.reason === 'accepted') return;
    const outline = outlineOf(JSON.parse(waiting.content));
    if (outline !== undefined) await noteRejected(tx, communeCode, outline);
    await settle(context, tx, { ...known, occurredAt: known.receivedAt }, { verdict: 'rejected', code: 'kept_too_long' });
  }

  async function letGoNote(tx: Writing, communeCode: string, entryId: string): Promise<void> {
    const entry = await findEntry(tx, communeCode, entryId);
    if (entry === undefined) return;
    const version = entry.verdictVersion + 1;
    await tx.updateTable('entry').set({ note: null, verdictVersion: version }).where('communeCode', '=', communeCode).where('entryId', '=', entryId).execute();
    const channel = channelId.device(entry.deviceId);
    const replaces = await tx
      .selectFrom('channel_row')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('channelId', '=', channel)
      .where('recordId', '=', entryId)
      .executeTakeFirst();
    await raiseRows(tx, { communeCode, rows: [{ channelId: channel, recordId: entryId, version, gone: null, hidden: '[]', replaces }], epoch: keys.epoch });
  }

  async function noteRun(communeCode: string, today: string, counts: Readonly<Record<string, number>>): Promise<void> {
    const told = Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b)).map(([kind, n]) => `${kind}=${n}`).join(' ');
    await db.transaction().execute(async (tx) => {
      const row = { communeCode, doneFor: today, seenOn: null, followed: null };
      await tx.insertInto('retention_run').values(row).onConflict((conflict) => conflict.column('communeCode').doUpdateSet(row)).execute();
      const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
      if (all > 0) await writeAudit(tx, { communeCode, at: clock.now(), actor: 'endpoint', action: 'retention_run', subject: String(all) });
    });
    if (told !== '') context.log(`retention commune=${communeCode} ${told}`);
  }

  /** In the audit log once, where the clock is first seen so far ahead; in the endpoint's own log on each day. */
  async function noteDoubt(communeCode: string, { seenOn, followed }: { readonly seenOn: string; readonly followed: number }): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('retention_run').set({ seenOn, followed }).where('communeCode', '=', communeCode).execute();
      if (followed === 0) await writeAudit(tx, { communeCode, at: clock.now(), actor: 'endpoint', action: 'retention_doubted', subject: seenOn });
    });
    context.log(`retention commune=${communeCode} doubted day=${seenOn} waits=${doubtfulDays - followed}`);
  }

  return { retain };
}

async function communesIn(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('record').select('communeCode').distinct().orderBy('communeCode').execute();
  return rows.map((row) => row.communeCode);
}

async function judgeToday(db: Database, communeCode: string, today: string): Promise<ReturnType<typeof judgeDay>> {
  const row = await db.selectFrom('retention_run').selectAll().where('communeCode', '=', communeCode).executeTakeFirst();
  return row === undefined ? 'due' : judgeDay({ doneFor: row.doneFor, seenOn: row.seenOn ?? undefined, followed: row.followed ?? undefined }, today);
}

/** Only what the record's kind asks for is looked up. */
async function factsOf(db: Database, communeCode: string, record: AnyRecord): Promise<RetentionFacts> {
  const deletedOn = record.deleted ? await deletionOf(db, communeCode, record.recordId) : undefined;
  if (isKind(record, 'consent')) return { deletedOn, supersededOn: replacedOn(record, await consentsOf(db, communeCode, record.fields.householdId)) };
  const feedbackId = record.kind === 'feedback' ? record.recordId : record.kind === 'feedback_event' ? record.fields.feedbackId : undefined;
  if (feedbackId === undefined) return { deletedOn };
  const records = createRecordsAtHand(db, communeCode);
  await records.loadWhole(feedbackId);
  const feedback = records.find(feedbackId);
  if (!isKind(feedback, 'feedback')) return { deletedOn };
  const standing = standingOf(feedback, records);
  const isReferred = standing.state === 'referred';
  return { deletedOn, isReferred, endedOn: endOf(standing) ?? (isReferred ? feedback.fields.receivedOn : undefined) };
}

async function deletionOf(db: Database, communeCode: string, recordId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('record_history')
    .select('occurredAt')
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .where('field', '=', 'deleted')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : dayOf(Date.parse(row.occurredAt));
}

/** All that the household answered when it was asked. */
async function consentsOf(db: Database, communeCode: string, householdId: string): Promise<RecordState<'consent'>[]> {
  const rows = await db.selectFrom('record').selectAll().where('communeCode', '=', communeCode).where('parentId', '=', householdId).where('kind', '=', 'consent').execute();
  return rows.map(rowToRecord).filter((record) => isKind(record, 'consent'));
}

async function overdueWaiting(db: Database, communeCode: string, today: string): Promise<string[]> {
  const rows = await db.selectFrom('waiting_entry').select(['entryId', 'since']).where('communeCode', '=', communeCode).orderBy('entryId').execute();
  return rows.filter(({ since }) => isOver(dayOf(since), waitingMonths, today)).map((row) => row.entryId);
}

async function overdueNotes(db: Database, communeCode: string, today: string): Promise<string[]> {
  const rows = await db.selectFrom('entry').select(['entryId', 'settledAt']).where('communeCode', '=', communeCode).where('note', 'is not', null).orderBy('entryId').execute();
  return rows.filter(({ settledAt }) => isOver(dayOf(Date.parse(settledAt)), noteMonths, today)).map((row) => row.entryId);
}
