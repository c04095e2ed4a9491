/**
 * Erasure is not deletion: an erased id stays listed, and any change to it, by any road, settles as erased with its content kept nowhere. It reaches records,
 * their history and conflicts, what waits, channels (as tombstones) and, by their verdicts, the sealed copies on phones.
 */
import { sql } from 'kysely';
import { isLetGo, letGoText, unmerging, withoutName } from '#domain/let-go.ts';
import { channelId, standingOf } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordKind } from '#domain/record.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { Writing } from './database/schema.ts';
import type { Accounts } from './accounts.ts';
import { channelCounter } from './channel-rows.ts';
import { noteHolders } from './erasure-devices.ts';
import { erasedAmong, isRecord, listAsErased } from './erased-records.ts';
import { doublesIn } from './household-doubles.ts';
import { letGoFields } from './let-go-fields.ts';
import { outlineOf } from './read-entry.ts';
import type { EntryOutline } from './read-entry.ts';
import type { EntryReceiver } from './receive-entry.ts';
import { createRecordsAtHand } from './records-at-hand.ts';
import { rejectedBelow, rejectedTouching } from './rejected-records.ts';
import { removeRecord } from './remove-record.ts';
import { settleAsErased } from './settle-as-erased.ts';
import { forgetInWaiting } from './waiting-content.ts';
import { noteTakenOut, writeAndFold } from './write-and-fold.ts';

/** Places and units tell nothing of a person, and what lies in them would lie nowhere. */
const neverErased: readonly RecordKind[] = ['area', 'unit'];

export type Erasures = ReturnType<typeof createErasures>;

export function createErasures(context: EndpointContext, accounts: Accounts, receiver: EntryReceiver) {
  const { db, clock, erasures } = context;

  /** False: there is no such record and none waits, or it is one of those that are never erased. */
  async function eraseRecord(communeCode: string, recordId: string): Promise<boolean> {
    return await writeAndFold(db, async (tx) => await eraseInside(tx, communeCode, recordId));
  }

  /** Within `writeAndFold`, for a transaction that does more. `by`: who answers for it, also for what is not (or no longer) here; without: the endpoint, or its command line. */
  async function eraseInside(tx: Writing, communeCode: string, recordId: string, by?: Asker): Promise<boolean> {
    const row = await tx.selectFrom('record').select('kind').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
    if (row !== undefined && (neverErased as readonly string[]).includes(row.kind)) return false;
    const isListed = (await erasedAmong(tx, communeCode, [recordId])).has(recordId);
    const waits = row === undefined && (await readWaiting(tx, communeCode)).some(({ outline }) => outline.recordIds.includes(recordId));
    if (row === undefined && !isListed && !waits && by === undefined) return false;
    if (row === undefined && isListed && !waits) return true;
    await erase(tx, communeCode, [recordId], { by });
    return true;
  }

  /** What the list outside the database names: after a restore the database may have it back. */
  async function applyErasures(): Promise<void> {
    const byCommune = Map.groupBy(erasures?.all() ?? [], (erasure) => erasure.communeCode);
    for (const [communeCode, listed] of byCommune) {
      await writeAndFold(db, async (tx) => {
        const ids = [...new Set(listed.map(({ recordId }) => recordId))];
        const known = await knownAsErased(tx, communeCode);
        const fresh = ids.filter((recordId) => !known.has(recordId));
        if (fresh.length > 0) await erase(tx, communeCode, fresh, { isRestored: true });
      });
    }
  }

  async function erase(
    tx: Writing,
    communeCode: string,
    roots: readonly string[],
    { by, isRestored = false }: { readonly by?: Asker | undefined; readonly isRestored?: boolean },
  ): Promise<void> {
    noteTakenOut(tx);
    const at = clock.now();
    const { epoch } = context.keys;
    const waiting = await readWaiting(tx, communeCode);
    const ids = await withAllBelow(tx, communeCode, roots, waiting);
    const listed = new Set((erasures?.all() ?? []).flatMap((line) => (line.communeCode === communeCode ? [line.recordId] : [])));
    // On the list first: a crash in between erases at the next start, never less.
    for (const recordId of ids) if (!listed.has(recordId)) erasures?.append({ communeCode, recordId, erasedAt: at });
    for (const recordId of ids) await listAsErased(tx, communeCode, recordId, at);

    for (const subject of roots) await writeAudit(tx, { communeCode, at, ...actorOf(by), action: 'record_erased', subject });
    const sequences = new Map<string, number>();
    const touching = new Set<string>();
    const shown = new Set<string>();
    for (const recordId of ids) {
      for (const entryId of await entriesOf(tx, communeCode, recordId)) touching.add(entryId);
      for (const entryId of await rejectedTouching(tx, communeCode, recordId)) touching.add(entryId);
      const told = await removeRecord(tx, communeCode, recordId, epoch);
      if (told.size > 0) shown.add(recordId);
      raiseTo(sequences, told);
    }
    // What was said in a household's name is the citizen's feedback still: it goes on to its answer, without name, number and household.
    for (const recordId of await feedbackOf(tx, communeCode, ids)) raiseTo(sequences, await letGoName(tx, communeCode, recordId));
    for (const recordId of await mergersInto(tx, communeCode, ids)) raiseTo(sequences, await letGoFields(context, tx, { communeCode, recordId, set: unmerging }));
    for (const { entryId, outline } of waiting) if (outline.recordIds.some((recordId) => ids.has(recordId))) touching.add(entryId);
    for (const entryId of await acceptedAsAmong(tx, communeCode, touching)) touching.add(entryId);
    const settled: string[] = [];
    const authors = new Set<string>();
    for (const entryId of touching) {
      const deviceId = await settleAsErased(context, tx, communeCode, entryId);
      if (deviceId === undefined) continue;
      settled.push(entryId);
      authors.add(deviceId);
    }
    // Feedback that names them is judged as it would have come after the erasure.
    await forgetInWaiting(tx, communeCode, ids);
    const verdicts = new Map<string, number>();
    for (const deviceId of authors) verdicts.set(deviceId, await channelCounter(tx, communeCode, channelId.device(deviceId)));
    for (const recordId of roots) {
      // Neither in the backup nor sent again since, or never here: nobody can tell any more on which phones it lies.
      const isUnknown = !shown.has(recordId) && (isRestored || verdicts.size === 0);
      await noteHolders(tx, accounts, { communeCode, recordId, erasedAt: at, sequences, verdicts, isRestored, isUnknown });
    }
    // When all are settled: one that waited for another of them must not be judged in between.
    for (const entryId of settled) {
      await receiver.judgeFollowers(tx, communeCode, entryId);
      await receiver.judgeRefusedFollowers(tx, communeCode, entryId);
    }
  }

  /** Who said it, and the number that was asked for later. */
  async function letGoName(tx: Writing, communeCode: string, feedbackId: string): Promise<ReadonlyMap<string, number>> {
    const sequences = new Map(await letGoFields(context, tx, { communeCode, recordId: feedbackId, set: withoutName }));
    const records = createRecordsAtHand(tx, communeCode);
    await records.loadWhole(feedbackId);
    const feedback = records.find(feedbackId);
    if (!isKind(feedback, 'feedback')) return sequences;
    for (const { eventId, event, maySayPhone } of standingOf(feedback, records).history) {
      if (event.type !== 'add_detail' || !maySayPhone) continue;
      raiseTo(sequences, await letGoFields(context, tx, { communeCode, recordId: eventId, set: { detail: letGoText } }));
    }
    return sequences;
  }

  return { eraseRecord, eraseInside, applyErasures };
}

function raiseTo(sequences: Map<string, number>, raised: ReadonlyMap<string, number>): void {
  for (const [channel, sequence] of raised) sequences.set(channel, Math.max(sequence, sequences.get(channel) ?? 0));
}

interface Waiting {
  readonly entryId: string;
  readonly outline: EntryOutline;
}

async function readWaiting(tx: Writing, communeCode: string): Promise<Waiting[]> {
  const rows = await tx.selectFrom('waiting_entry').select(['entryId', 'content']).where('communeCode', '=', communeCode).execute();
  return rows.flatMap(({ entryId, content }) => {
    const outline = outlineOf(JSON.parse(content));
    return outline === undefined ? [] : [{ entryId, outline }];
  });
}

/** The records, what belongs to them, the doubles of a household (they are that household, and stand in no list), and what entries that wait or were rejected would have made below them. */
async function withAllBelow(tx: Writing, communeCode: string, roots: readonly string[], waiting: readonly Waiting[]): Promise<ReadonlySet<string>> {
  const ids = new Set(roots);
  const doubles = await doublesIn(tx, communeCode);
  for (let added = [...roots]; added.length > 0; ) {
    const below: string[] = [];
    for (const parentId of added) {
      const rows = await tx.selectFrom('record').select('recordId').where('communeCode', '=', communeCode).where('parentId', '=', parentId).execute();
      below.push(...rows.map((row) => row.recordId), ...doubles.flatMap(({ recordId, into }) => (into === parentId ? [recordId] : [])));
      const waitingBelow = waiting.flatMap(({ outline }) => outline.children).flatMap((child) => (child.parentId === parentId ? [child.recordId] : []));
      for (const recordId of [...waitingBelow, ...(await rejectedBelow(tx, communeCode, parentId))]) if (!(await isRecord(tx, communeCode, recordId))) below.push(recordId);
    }
    added = [...new Set(below)].filter((recordId) => !ids.has(recordId));
    for (const recordId of added) ids.add(recordId);
  }
  return ids;
}

/** Feedback that names one of these as the household of whoever said it. */
async function feedbackOf(tx: Writing, communeCode: string, ids: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['recordId', sql<string | null>`fields ->> 'householdId'`.as('householdId')])
    .where('communeCode', '=', communeCode)
    .where('kind', '=', 'feedback')
    .orderBy('recordId')
    .execute();
  return rows.filter(({ householdId }) => householdId !== null && ids.has(householdId)).map((row) => row.recordId);
}

/** The steps by which feedback was merged into one of these, as far as it could be answered still: its words may be over by now. */
async function mergersInto(tx: Writing, communeCode: string, ids: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx
    .selectFrom('record as step')
    .innerJoin('record as feedback', (join) => join.onRef('feedback.communeCode', '=', 'step.communeCode').onRef('feedback.recordId', '=', 'step.parentId'))
    .select(['step.recordId', sql<string | null>`step.fields ->> 'intoId'`.as('intoId'), sql<string | null>`feedback.fields ->> 'text'`.as('text')])
    .where('step.communeCode', '=', communeCode)
    .where('step.kind', '=', 'feedback_event')
    .where(sql`step.fields ->> 'type'`, '=', 'merge')
    .orderBy('step.recordId')
    .execute();
  return rows.filter(({ intoId, text }) => intoId !== null && ids.has(intoId) && !isLetGo(text)).map((row) => row.recordId);
}

async function entriesOf(tx: Writing, communeCode: string, recordId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('record_history')
    .select('entryId')
    .distinct()
    .where('communeCode', '=', communeCode)
    .where('recordId', '=', recordId)
    .execute();
  return rows.map((row) => row.entryId);
}

/** The entries that supervisors accepted as one of these: the history names the new one, the phone holds the original. */
async function acceptedAsAmong(tx: Writing, communeCode: string, made: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx.selectFrom('entry').select(['entryId', 'acceptedAs']).where('communeCode', '=', communeCode).where('acceptedAs', 'is not', null).execute();
  return rows.flatMap(({ entryId, acceptedAs }) => (acceptedAs !== null && made.has(acceptedAs) ? [entryId] : []));
}

async function knownAsErased(tx: Writing, communeCode: string): Promise<ReadonlySet<string>> {
  // Listed here and still in the tables: put back by hand, or stopped half way.
  const rows = await sql<{ recordId: string }>`
    select "recordId" from erasure where "communeCode" = ${communeCode}
    and not exists (select 1 from record where record."communeCode" = erasure."communeCode" and record."recordId" = erasure."recordId")`.execute(tx);
  return new Set(rows.rows.map((row) => row.recordId));
}
