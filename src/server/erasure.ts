/**
 * Erasure is not deletion: an erased id stays listed, and any change to it, by any road, settles as erased with its content kept nowhere. It reaches records,
 * their history and conflicts, what waits, channels (as tombstones) and, by their verdicts, the sealed copies on phones.
 */
import { sql } from 'kysely';
import type { RecordKind } from '#domain/record.ts';
import { writeAudit } from './audit.ts';
import { raiseRows } from './channel-rows.ts';
import type { EndpointContext } from './context.ts';
import type { Database, Writing } from './database/schema.ts';
import { outlineOf } from './read-entry.ts';
import type { EntryOutline } from './read-entry.ts';
import type { EntryReceiver } from './receive-entry.ts';
import { findEntry, settle } from './verdicts.ts';
import { letGo } from './waiting-entries.ts';

/** Places and units tell nothing of a person, and what lies in them would lie nowhere. */
const neverErased: readonly RecordKind[] = ['area', 'unit'];

/** Which of these are erased. */
export async function erasedAmong(db: Database, communeCode: string, recordIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (recordIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('erasure')
    .select('recordId')
    .where('communeCode', '=', communeCode)
    .where('recordId', 'in', [...recordIds])
    .execute();
  return new Set(rows.map((row) => row.recordId));
}

/**
 * What an entry would have made below an erased record is erased with it, so that the same phone's next change to it settles alike. Only what is not
 * there yet: nobody erases a record by naming another parent for it.
 */
export async function eraseUnmade(tx: Writing, communeCode: string, outline: EntryOutline, erased: ReadonlySet<string>, at: number): Promise<void> {
  for (const { recordId, parentId } of outline.children) {
    if (!erased.has(parentId) || (await isRecord(tx, communeCode, recordId))) continue;
    await listAsErased(tx, communeCode, recordId, at);
  }
}

export type Erasures = ReturnType<typeof createErasures>;

export function createErasures(context: EndpointContext, receiver: EntryReceiver) {
  const { db, clock, erasures } = context;

  /** False: there is no such record and none waits, or it is one of those that are never erased. */
  async function eraseRecord(communeCode: string, recordId: string): Promise<boolean> {
    return await db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('record').select('kind').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
      if (row !== undefined && (neverErased as readonly string[]).includes(row.kind)) return false;
      const isListed = (await erasedAmong(tx, communeCode, [recordId])).has(recordId);
      const waits = row === undefined && (await readWaiting(tx, communeCode)).some(({ outline }) => outline.recordIds.includes(recordId));
      if (row === undefined && !isListed && !waits) return false;
      if (row === undefined && isListed && !waits) return true;
      await erase(tx, communeCode, [recordId], clock.now());
      return true;
    });
  }

  /** What the list outside the database names: after a restore the database may have it back. */
  async function applyErasures(): Promise<void> {
    const byCommune = Map.groupBy(erasures?.all() ?? [], (erasure) => erasure.communeCode);
    for (const [communeCode, listed] of byCommune) {
      await db.transaction().execute(async (tx) => {
        const ids = [...new Set(listed.map(({ recordId }) => recordId))];
        const known = await knownAsErased(tx, communeCode);
        const fresh = ids.filter((recordId) => !known.has(recordId));
        if (fresh.length > 0) await erase(tx, communeCode, fresh, clock.now());
      });
    }
  }

  async function erase(tx: Writing, communeCode: string, roots: readonly string[], at: number): Promise<void> {
    const waiting = await readWaiting(tx, communeCode);
    const ids = await withAllBelow(tx, communeCode, roots, waiting);
    const listed = new Set((erasures?.all() ?? []).flatMap((line) => (line.communeCode === communeCode ? [line.recordId] : [])));
    // On the list first: a crash in between erases at the next start, never less.
    for (const recordId of ids) if (!listed.has(recordId)) erasures?.append({ communeCode, recordId, erasedAt: at });
    for (const recordId of ids) await listAsErased(tx, communeCode, recordId, at);

    for (const subject of roots) await writeAudit(tx, { communeCode, at, actor: 'endpoint', action: 'record_erased', subject });
    const touching = new Set<string>();
    for (const recordId of ids) {
      for (const entryId of await entriesOf(tx, communeCode, recordId)) touching.add(entryId);
      await raiseTombstones(tx, communeCode, recordId);
      await tx.deleteFrom('record_history').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
      await tx.deleteFrom('record').where('communeCode', '=', communeCode).where('recordId', '=', recordId).execute();
    }
    for (const { entryId, outline } of waiting) if (outline.recordIds.some((recordId) => ids.has(recordId))) touching.add(entryId);
    for (const entryId of await acceptedAsAmong(tx, communeCode, touching)) touching.add(entryId);
    const settled: string[] = [];
    for (const entryId of touching) if (await settleAsErased(tx, communeCode, entryId)) settled.push(entryId);
    // When all are settled: one that waited for another of them must not be judged in between.
    for (const entryId of settled) {
      await receiver.judgeFollowers(tx, communeCode, entryId);
      await receiver.judgeRefusedFollowers(tx, communeCode, entryId);
    }
  }

  /** Its phone empties its sealed copy. False: the endpoint's own, which lies on no phone, or settled so before. */
  async function settleAsErased(tx: Writing, communeCode: string, entryId: string): Promise<boolean> {
    await letGo(tx, communeCode, entryId);
    const known = await findEntry(tx, communeCode, entryId);
    if (known === undefined || known.verdict === 'erased' || known.deviceId === context.keys.identity.endpointId) return false;
    // Dated to the day where its arrival is.
    await settle(context, tx, { ...known, occurredAt: known.receivedAt }, { verdict: 'erased' });
    return true;
  }

  async function raiseTombstones(tx: Writing, communeCode: string, recordId: string): Promise<void> {
    const rows = await tx
      .selectFrom('channel_row')
      .selectAll()
      .where('communeCode', '=', communeCode)
      .where('recordId', '=', recordId)
      .where('gone', 'is', null)
      .execute();
    const raised = rows.map((row) => ({ channelId: row.channelId, recordId, version: row.version, gone: 'deleted' as const, hidden: '[]', replaces: row }));
    await raiseRows(tx, { communeCode, rows: raised, epoch: context.keys.epoch });
  }

  return { eraseRecord, applyErasures };
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

/** The records, what belongs to them, and what waiting entries would make below them. */
async function withAllBelow(tx: Writing, communeCode: string, roots: readonly string[], waiting: readonly Waiting[]): Promise<ReadonlySet<string>> {
  const ids = new Set(roots);
  for (let added = [...roots]; added.length > 0; ) {
    const below: string[] = [];
    for (const parentId of added) {
      const rows = await tx.selectFrom('record').select('recordId').where('communeCode', '=', communeCode).where('parentId', '=', parentId).execute();
      below.push(...rows.map((row) => row.recordId));
      for (const child of waiting.flatMap(({ outline }) => outline.children)) {
        if (child.parentId === parentId && !(await isRecord(tx, communeCode, child.recordId))) below.push(child.recordId);
      }
    }
    added = [...new Set(below)].filter((recordId) => !ids.has(recordId));
    for (const recordId of added) ids.add(recordId);
  }
  return ids;
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

async function listAsErased(tx: Writing, communeCode: string, recordId: string, erasedAt: number): Promise<void> {
  await tx
    .insertInto('erasure')
    .values({ communeCode, recordId, erasedAt })
    .onConflict((conflict) => conflict.columns(['communeCode', 'recordId']).doNothing())
    .execute();
}

async function isRecord(tx: Writing, communeCode: string, recordId: string): Promise<boolean> {
  const row = await tx.selectFrom('record').select('recordId').where('communeCode', '=', communeCode).where('recordId', '=', recordId).executeTakeFirst();
  return row !== undefined;
}
