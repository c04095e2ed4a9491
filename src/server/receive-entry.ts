/**
 * An opened entry on its way to a verdict. In which order it is asked what: docs/protocol.md, "Order of checks". One entry that cannot pass never holds up another.
 */
import { sql } from 'kysely';
import type { Entry } from '#domain/change.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { applyEntry } from './apply-entry.ts';
import { auditAreaChanges } from './audit-areas.ts';
import { writeAudit } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { DeviceTable, WaitingEntryTable, Writing } from './database/schema.ts';
import { isOfPhone, ownEntriesOf } from './device-chain.ts';
import { erasedAmong, eraseUnmade } from './erased-records.ts';
import { withoutForgotten } from './waiting-content.ts';
import { noteSealedCopy } from './erasure-devices.ts';
import { contentOf, dayIn, isOfNewerSchema, outlineOf, readEntry } from './read-entry.ts';
import type { EntryOutline } from './read-entry.ts';
import { noteRejected, rejectedTouching } from './rejected-records.ts';
import { settleAsErased } from './settle-as-erased.ts';
import { findEntry, sequencesFor, settle } from './verdicts.ts';
import type { Settlement } from './verdicts.ts';
import { dropWaiting, findWaiting, followersOf, keepWaiting, refusedFollowersOf, waitingNaming } from './waiting-entries.ts';
import { noteTakenOut } from './write-and-fold.ts';

/** What an entry brings along beside its content. */
export interface Circumstances {
  readonly device: DeviceTable;
  readonly deviceSeq: number;
  /** Its `deviceSeq` was seen before with another entry: the phone was restored from a copy. */
  readonly restoredPhone: boolean;
  /** Why it waits for nothing any more, whatever it came after. */
  readonly unwaited?: Unwaited | undefined;
  /** Milliseconds since 1970: when it came first. */
  readonly since: number;
}

/** Held for longer than the protocol waits; or what it came after is lost, as the phone itself says. */
export type Unwaited = 'waited_too_long' | 'earlier_lost';

export interface EntryReceiver {
  receive(tx: Writing, device: DeviceTable, deviceSeq: number, opened: unknown): Promise<Received>;
  /** Judges an entry once more, if it still waits. */
  judgeWaiting(tx: Writing, communeCode: string, entryId: string, unwaited?: Unwaited): Promise<void>;
  /** Judges the entries that waited for this one, chains too. */
  judgeFollowers(tx: Writing, communeCode: string, afterId: string): Promise<void>;
  /** Judges the entries that were set aside only because this one was: it was accepted, or erased, since. Chains too. */
  judgeRefusedFollowers(tx: Writing, communeCode: string, afterId: string): Promise<void>;
}

/** `known`: it had arrived before. `unreadable`: no entry, or the id of another one. */
export type Received = { readonly outcome: 'kept'; readonly entryId: string; readonly known: boolean } | { readonly outcome: 'unreadable' };

export function createEntryReceiver(context: EndpointContext, accounts: Accounts): EntryReceiver {
  const { clock, keys } = context;

  async function receive(tx: Writing, device: DeviceTable, deviceSeq: number, opened: unknown): Promise<Received> {
    const outline = outlineOf(opened);
    if (outline === undefined) return { outcome: 'unreadable' };
    const { entryId } = outline;
    const { communeCode, deviceId } = device;
    const known = await findEntry(tx, communeCode, entryId);
    if (known !== undefined) {
      // What is true of it now stands already in the device's channel.
      if (known.contentHash === keys.contentHash(contentOf(outline))) return { outcome: 'kept', entryId, known: true };
      await writeAudit(tx, { communeCode, at: clock.now(), actor: deviceId, action: 'other_content', subject: entryId });
      return { outcome: 'unreadable' };
    }
    const restoredPhone = await isSeqSeen(tx, device, deviceSeq);
    await judge(tx, outline, { device, deviceSeq, restoredPhone, since: clock.now() });
    return { outcome: 'kept', entryId, known: false };
  }

  async function judgeWaiting(tx: Writing, communeCode: string, entryId: string, unwaited?: Unwaited): Promise<void> {
    const kept = await keptEntry(tx, communeCode, entryId);
    // Judged already, along another chain; or it is for a supervisor to judge.
    if (kept === undefined || kept.waiting.reason === 'quarantined' || kept.waiting.reason === 'accepted') return;
    await judge(tx, kept.outline, { ...kept.circumstances, unwaited });
  }

  async function keptEntry(
    tx: Writing,
    communeCode: string,
    entryId: string,
  ): Promise<{ waiting: WaitingEntryTable; outline: EntryOutline; circumstances: Circumstances } | undefined> {
    const waiting = await findWaiting(tx, communeCode, entryId);
    if (waiting === undefined) return undefined;
    const known = await findEntry(tx, communeCode, entryId);
    const device = known === undefined ? undefined : await findDevice(tx, communeCode, known.deviceId);
    const outline = outlineOf(JSON.parse(waiting.content));
    if (known === undefined || device === undefined || outline === undefined) throw new Error(`waiting entry ${entryId} is not whole`);
    const restoredPhone = waiting.restoredPhone === 1;
    return { waiting, outline, circumstances: { device, deviceSeq: known.deviceSeq, restoredPhone, since: waiting.since } };
  }

  /** A savepoint an entry: what a fault in our own code left half done is taken back, and the entry waits with its content. */
  async function judge(tx: Writing, outline: EntryOutline, circumstances: Circumstances): Promise<void> {
    await sql`savepoint entry`.execute(tx);
    let settlement: Settlement;
    try {
      settlement = await settlementOf(tx, outline, circumstances);
    } catch (fault) {
      if (isOfDatabase(fault)) throw fault;
      await sql`rollback to entry`.execute(tx);
      const { communeCode, deviceId } = circumstances.device;
      context.log(`fault entry=${outline.entryId} device=${deviceId} error=${fault instanceof Error ? fault.name : 'unknown'}`);
      await writeAudit(tx, { communeCode, at: clock.now(), actor: deviceId, action: 'entry_failed', subject: outline.entryId });
      settlement = { verdict: 'held', code: 'fault' };
    }
    await sql`release entry`.execute(tx);
    await keepOrLetGo(tx, outline, circumstances, settlement);
    if (settlement.verdict !== 'held') await judgeFollowers(tx, circumstances.device.communeCode, outline.entryId);
  }

  async function settlementOf(tx: Writing, outline: EntryOutline, circumstances: Circumstances): Promise<Settlement> {
    const { device } = circumstances;
    const { communeCode } = device;
    const erased = await erasedAmong(tx, communeCode, outline.recordIds);
    if (erased.size > 0) {
      // It may have waited here, with its words.
      noteTakenOut(tx);
      await eraseTouching(tx, communeCode, outline, await eraseUnmade(context, tx, communeCode, outline, erased));
      return { verdict: 'erased' };
    }
    if (isOfNewerSchema(outline, context.schema)) return { verdict: 'held', code: 'schema' };
    const read = readEntry(outline);
    if (!read.ok) return { verdict: 'rejected', ...read.error };
    const entry = read.value;
    if (device.state === 'revoked') return { verdict: 'quarantined', code: 'revoked_device' };
    if (entry.memberId !== device.memberId) return { verdict: 'quarantined', code: 'wrong_author' };
    const before = circumstances.unwaited !== undefined ? undefined : await settlementByAfter(tx, communeCode, entry);
    if (before !== undefined) return before;

    const author = await accounts.scopeOf(tx, communeCode, device.memberId);
    // Two hold one copied disk: what the other one set is another device's.
    const written = circumstances.restoredPhone ? { ...entry, deviceId: entry.entryId } : entry;
    const applied = await applyEntry(context, tx, { communeCode, entry: written, own: await ownEntriesOf(tx, communeCode, entry), author });
    if (!applied.ok) return applied.error;
    const { merged, declined, sequences } = applied.value;
    await auditAreaChanges(tx, { communeCode, at: clock.now(), actor: device.memberId, origin: device.deviceId }, entry.changes);
    // First what the phone must act upon.
    const code = circumstances.restoredPhone ? 'restored_phone' : (circumstances.unwaited ?? (declined ? 'declined' : undefined));
    return { verdict: merged ? 'merged' : 'applied', code, sequences: sequencesFor(author, sequences) };
  }

  /** What came before the entry by which these were to be made: it waits, was set aside or refused, and goes with them. */
  async function eraseTouching(tx: Writing, communeCode: string, { entryId: own, recordIds }: EntryOutline, unmade: ReadonlySet<string>): Promise<void> {
    for (const recordId of unmade) {
      for (const entryId of await waitingNaming(tx, communeCode, recordId)) {
        const kept = entryId === own ? undefined : await keptEntry(tx, communeCode, entryId);
        if (kept?.outline.recordIds.includes(recordId) === true) await judge(tx, kept.outline, kept.circumstances);
      }
      for (const entryId of await rejectedTouching(tx, communeCode, recordId)) {
        const deviceId = await settleAsErased(context, tx, communeCode, entryId);
        if (deviceId !== undefined) await noteSealedCopy(tx, { communeCode, deviceId, recordIds });
      }
    }
  }

  /** Waits for the phone's own earlier entries that this one names, never for a gap in `deviceSeq`. Undefined: nothing in the way. */
  async function settlementByAfter(tx: Writing, communeCode: string, entry: Entry): Promise<Settlement | undefined> {
    const waitsFor: string[] = [];
    for (const entryId of new Set(entry.after)) {
      const found = await findEntry(tx, communeCode, entryId);
      // Another phone's entry is none of this one's: naming it must not tell whether it is there.
      const earlier = found !== undefined && (await isOfPhone(tx, entry.deviceId, found)) ? found : undefined;
      if (earlier?.verdict === 'rejected' || earlier?.verdict === 'quarantined') return { verdict: earlier.verdict, code: 'follows_refused' };
      if (earlier === undefined || earlier.verdict === 'held') waitsFor.push(entryId);
    }
    return waitsFor.length === 0 ? undefined : { verdict: 'held', after: waitsFor };
  }

  async function keepOrLetGo(tx: Writing, outline: EntryOutline, circumstances: Circumstances, settlement: Settlement): Promise<void> {
    const { device, deviceSeq } = circumstances;
    const { communeCode, deviceId } = device;
    const { entryId, occurredAt } = outline;
    await dropWaiting(tx, communeCode, entryId);
    if (settlement.verdict === 'held' || settlement.verdict === 'quarantined') await keep(tx, outline, circumstances, settlement);
    if (settlement.verdict === 'quarantined') {
      await writeAudit(tx, { communeCode, at: clock.now(), actor: deviceId, action: 'entry_quarantined', subject: entryId });
    }
    if (settlement.verdict === 'rejected') await noteRejected(tx, communeCode, outline);
    // What waited may have been let go of in part; the hash is of what came.
    const contentHash = (await findEntry(tx, communeCode, entryId))?.contentHash ?? keys.contentHash(contentOf(outline));
    await settle(context, tx, { communeCode, entryId, deviceId, deviceSeq, contentHash, occurredAt }, settlement);
    if (settlement.verdict === 'erased') await noteSealedCopy(tx, { communeCode, deviceId, recordIds: outline.recordIds });
  }

  async function keep(tx: Writing, outline: EntryOutline, circumstances: Circumstances, settlement: Settlement): Promise<void> {
    const { device, deviceSeq, restoredPhone, since } = circumstances;
    const { communeCode, deviceId, memberId } = device;
    const by = { deviceId, deviceSeq, isOfItsOwn: restoredPhone || settlement.verdict === 'quarantined' };
    const allowedThen = settlement.verdict === 'held' ? undefined : await accounts.assignmentsOf(tx, communeCode, memberId, dayIn(outline));
    await keepWaiting(
      tx,
      {
        communeCode,
        entryId: outline.entryId,
        reason: reasonOf(settlement),
        schema: outline.schema,
        restoredPhone: restoredPhone ? 1 : 0,
        content: JSON.stringify(await withoutForgotten(tx, communeCode, outline.opened, by)),
        allowedThen: allowedThen === undefined ? null : JSON.stringify(allowedThen),
        since,
      },
      settlement.after ?? [],
    );
  }

  async function judgeFollowers(tx: Writing, communeCode: string, afterId: string): Promise<void> {
    for (const entryId of await followersOf(tx, communeCode, afterId)) await judgeWaiting(tx, communeCode, entryId);
  }

  async function judgeRefusedFollowers(tx: Writing, communeCode: string, afterId: string): Promise<void> {
    for (const entryId of await refusedFollowersOf(tx, communeCode, afterId)) {
      const kept = await keptEntry(tx, communeCode, entryId);
      const read = kept === undefined ? undefined : readEntry(kept.outline);
      if (kept === undefined || read?.ok !== true) continue;
      // Another one that it follows is still refused: nothing new to tell.
      const before = await settlementByAfter(tx, communeCode, read.value);
      if (before?.code === 'follows_refused') continue;
      await judge(tx, kept.outline, kept.circumstances);
      const now = await findEntry(tx, communeCode, entryId);
      if (now?.verdict === 'applied' || now?.verdict === 'merged') await judgeRefusedFollowers(tx, communeCode, entryId);
    }
  }

  return { receive, judgeWaiting, judgeFollowers, judgeRefusedFollowers };
}

function reasonOf({ verdict, code }: Settlement): WaitingEntryTable['reason'] {
  if (verdict === 'quarantined') return 'quarantined';
  return code === 'schema' || code === 'fault' ? code : 'after';
}

/** A full disk or a lost database is no fault of the entry: the whole request fails and is repeated. */
export function isOfDatabase(fault: unknown): boolean {
  const code: unknown = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}

async function isSeqSeen(tx: Writing, { communeCode, deviceId }: DeviceTable, deviceSeq: number): Promise<boolean> {
  const row = await tx
    .selectFrom('entry')
    .select('entryId')
    .where('communeCode', '=', communeCode)
    .where('deviceId', '=', deviceId)
    .where('deviceSeq', '=', deviceSeq)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
