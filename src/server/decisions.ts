/** What a supervisor sees of the entries that wait, and what they decide: accept, also into another hamlet, or decline with a reason. */
import { instantSchema, isRandomId } from '#domain/identifiers.ts';
import { channelsOfMember, presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Assignment } from '#domain/role.ts';
import { createNewRandomId } from '#sync/new-id.ts';
import type { DecisionRequest, Verdict, WaitingForSupervisor } from '#sync/protocol.ts';
import { keepAsAccepted } from './accepted-entries.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { applyEntry } from './apply-entry.ts';
import { auditAreaChanges } from './audit-areas.ts';
import { actorOf, writeAudit } from './audit.ts';
import type { Asker } from './audit.ts';
import type { EndpointContext } from './context.ts';
import type { EntryTable, Writing } from './database/schema.ts';
import { dayIn, outlineOf } from './read-entry.ts';
import type { EntryOutline } from './read-entry.ts';
import { isOfDatabase } from './receive-entry.ts';
import type { EntryReceiver } from './receive-entry.ts';
import { createRecordsAtHand } from './records-at-hand.ts';
import { memberNamesOf } from './member-names.ts';
import type { MemberAuth } from './sessions.ts';
import { findEntry, sequencesFor, settle } from './verdicts.ts';
import { noteRejected } from './rejected-records.ts';
import { dropWaiting, findWaiting } from './waiting-entries.ts';
import { covers, supervisorOf, tryWaiting } from './waiting-trial.ts';
import type { Problem, Supervisor, Trial, WaitingAuthor } from './waiting-trial.ts';
import { noteTakenOut, writeAndFold } from './write-and-fold.ts';
import { writeOwnEntry } from './write-own-entry.ts';

/** One answer shows at most so many entries and bytes; what is left comes when these are decided. */
const answerLimits = { entries: 200, bytes: 512 * 1024 } as const;

/** `not_waiting`: nothing, or nothing of theirs. `already_decided`, `own_entry`; any other code: why it cannot be accepted so. */
export type DecisionError = Problem | { readonly code: 'not_waiting' | 'already_decided' | 'own_entry'; readonly field?: undefined };

/** An entry that waits, with its author: the member of the device that sealed it, whoever it names. */
interface Waiting {
  readonly entry: EntryTable;
  readonly outline: EntryOutline;
  readonly author: WaitingAuthor;
}

/** Who decides, and on which device they do. */
interface Judge {
  readonly supervisor: Supervisor;
  readonly by: Asker;
}

export function createDecisions(context: EndpointContext, accounts: Accounts, receiver: EntryReceiver) {
  const { db, clock, keys } = context;
  const newRandomId = createNewRandomId(context.random);

  /** Oldest first; none for a member who is no supervisor. */
  async function waitingFor(auth: MemberAuth): Promise<WaitingForSupervisor[]> {
    const supervisor = supervisorOf(await accounts.scopeOf(db, auth.communeCode, auth.memberId));
    if (supervisor === undefined) return [];
    const waiting = await waitingIn(auth.communeCode);
    const names = await memberNamesOf(db, auth.communeCode, waiting.map(({ deviceId }) => deviceId));
    const shown: WaitingForSupervisor[] = [];
    let bytes = 0;
    for (const { entryId, deviceId } of waiting) {
      // A transaction an entry: what is looked at together belongs together, and nobody waits for the whole list.
      const row = await db.transaction().execute((tx) => showWaiting(tx, supervisor, entryId, names.get(deviceId) ?? ''));
      if (row === undefined) continue;
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (shown.length > 0 && bytes > answerLimits.bytes) break;
      shown.push(row);
      if (shown.length >= answerLimits.entries) break;
    }
    return shown;
  }

  /** By the day or time of arrival that may be told, not by the one that it waits since. */
  async function waitingIn(communeCode: string): Promise<{ entryId: string; deviceId: string }[]> {
    return await db
      .selectFrom('waiting_entry')
      .innerJoin('entry', (join) =>
        join.onRef('entry.communeCode', '=', 'waiting_entry.communeCode').onRef('entry.entryId', '=', 'waiting_entry.entryId'),
      )
      .select(['waiting_entry.entryId', 'entry.deviceId'])
      .where('waiting_entry.communeCode', '=', communeCode)
      .where('waiting_entry.reason', '!=', 'accepted')
      .orderBy('entry.receivedAt')
      .orderBy('waiting_entry.entryId')
      .execute();
  }

  async function showWaiting(tx: Writing, supervisor: Supervisor, entryId: string, memberName: string): Promise<WaitingForSupervisor | undefined> {
    const waiting = await readWaiting(tx, supervisor.communeCode, entryId);
    if (waiting === undefined || waiting.author.memberId === supervisor.memberId) return undefined;
    const { isShown, changes, problem } = await tryIt(tx, supervisor, waiting);
    if (!isShown) return undefined;
    const { entry, outline, author } = waiting;
    return {
      entryId,
      memberId: author.memberId,
      memberName,
      // What another schema writes there may be no time at all.
      occurredAt: instantSchema.safeParse(outline.occurredAt).data ?? entry.receivedAt,
      receivedAt: entry.receivedAt,
      verdict: entry.verdict as WaitingForSupervisor['verdict'],
      ...(entry.code === null ? {} : { code: entry.code }),
      allowedThen: [...author.allowedThen],
      changes: [...changes],
      mayAccept: problem === undefined,
      ...(problem === undefined ? {} : { problem }),
    };
  }

  async function decide(auth: MemberAuth, request: DecisionRequest): Promise<Result<{ verdict: Verdict['verdict'] }, DecisionError>> {
    const { communeCode, memberId } = auth;
    const { entryId } = request;
    return await writeAndFold(db, async (tx) => {
      const supervisor = supervisorOf(await accounts.scopeOf(tx, communeCode, memberId));
      const entry = await findEntry(tx, communeCode, entryId);
      if (supervisor === undefined || entry === undefined) return err({ code: 'not_waiting' });
      const device = await findDevice(tx, communeCode, entry.deviceId);
      if (device?.memberId === memberId) return err({ code: 'own_entry' });
      if (entry.decidedBy !== null) return err({ code: (await mayKnowOf(tx, supervisor, entry)) ? 'already_decided' : 'not_waiting' });
      const waiting = await readWaiting(tx, communeCode, entryId);
      const asWritten = waiting === undefined ? undefined : await tryIt(tx, supervisor, waiting);
      if (waiting === undefined || asWritten?.isShown !== true) return err({ code: 'not_waiting' });
      if (request.decision === 'decline') return ok(await decline(tx, { supervisor, by: auth }, waiting, request.reason));
      if (request.hamletId === undefined) return await accept(tx, { supervisor, by: auth }, waiting, asWritten);
      const into = await hamletFor(tx, supervisor, request.hamletId);
      if (!into.ok) return into;
      const moved = await tryIt(tx, supervisor, waiting, into.value);
      return moved.isShown ? await accept(tx, { supervisor, by: auth }, waiting, moved) : err(moved.problem ?? { code: 'no_access', field: 'hamletId' });
    });
  }

  /** A decision is theirs to know where they took it, or read what it made: to all others nothing waits, and nothing ever did. */
  async function mayKnowOf(tx: Writing, supervisor: Supervisor, { communeCode, decidedBy, acceptedAs }: EntryTable): Promise<boolean> {
    if (decidedBy === supervisor.memberId) return true;
    if (acceptedAs === null) return false;
    const made = await tx
      .selectFrom('record_history')
      .innerJoin('channel_row', (join) =>
        join.onRef('channel_row.communeCode', '=', 'record_history.communeCode').onRef('channel_row.recordId', '=', 'record_history.recordId'),
      )
      .select('channel_row.recordId')
      .where('record_history.communeCode', '=', communeCode)
      .where('record_history.entryId', '=', acceptedAs)
      .where('channel_row.channelId', 'in', channelsOfMember(supervisor))
      .where('channel_row.gone', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return made !== undefined;
  }

  /** As it stands today, where they decide. */
  async function hamletFor(tx: Writing, supervisor: Supervisor, hamletId: string): Promise<Result<string, Problem>> {
    const records = createRecordsAtHand(tx, supervisor.communeCode);
    await records.loadWhole(hamletId);
    const present = presentArea(hamletId, records);
    if (!covers(supervisor, present)) return err({ code: 'no_access', field: 'hamletId' });
    return isKind(records.find(present), 'area') ? ok(present) : err({ code: 'unknown_area', field: 'hamletId' });
  }

  async function accept(tx: Writing, { supervisor, by }: Judge, waiting: Waiting, trial: Trial): Promise<Result<{ verdict: Verdict['verdict'] }, DecisionError>> {
    const { communeCode } = supervisor;
    const { entry: original } = waiting;
    if (trial.ready === undefined) return err(trial.problem ?? { code: 'no_access' });
    const { entry, author, own } = trial.ready;
    const now = clock.now();
    // An id that carries no time stays one.
    const acceptedAs = isRandomId(original.entryId) ? newRandomId() : context.newId();
    const draft = { ...entry, entryId: acceptedAs, deviceId: acceptedAs };
    const applied = await applyEntry(context, tx, { communeCode, entry: draft, own, author });
    if (!applied.ok) return err({ code: applied.error.code, ...('field' in applied.error ? { field: applied.error.field } : {}) });
    const verdict = applied.value.merged ? 'merged' : 'applied';
    await writeOwnEntry(tx, { communeCode, draft, deviceId: keys.identity.endpointId, contentHash: keys.contentHash(JSON.stringify(draft)), verdict, now });
    // The original stays as it was written, unless a household took back meanwhile what it says: that is kept nowhere (docs/decisions/0010).
    if (applied.value.declined) await dropWaiting(tx, communeCode, original.entryId);
    else await keepAsAccepted(tx, communeCode, original.entryId);
    const sequences = sequencesFor(await accounts.scopeOf(tx, communeCode, author.memberId), applied.value.sequences);
    const decision = { decidedBy: supervisor.memberId, acceptedAs };
    await settle(context, tx, { ...original, occurredAt: waiting.outline.occurredAt }, { verdict: 'applied', code: 'accepted', sequences, decision });
    await writeAudit(tx, { communeCode, at: now, ...actorOf(by), action: 'entry_accepted', subject: original.entryId });
    await auditAreaChanges(tx, { communeCode, at: now, ...actorOf(by) }, draft.changes);
    await receiver.judgeFollowers(tx, communeCode, original.entryId);
    await receiver.judgeRefusedFollowers(tx, communeCode, original.entryId);
    return ok({ verdict: 'applied' });
  }

  async function decline(tx: Writing, { supervisor, by }: Judge, waiting: Waiting, reason: string): Promise<{ verdict: Verdict['verdict'] }> {
    const { communeCode, memberId } = supervisor;
    const { entry: original } = waiting;
    noteTakenOut(tx);
    await dropWaiting(tx, communeCode, original.entryId);
    await noteRejected(tx, communeCode, waiting.outline);
    const settlement = { verdict: 'rejected', code: 'declined_by_supervisor', decision: { decidedBy: memberId, note: reason } } as const;
    await settle(context, tx, { ...original, occurredAt: waiting.outline.occurredAt }, settlement);
    await writeAudit(tx, { communeCode, at: clock.now(), ...actorOf(by), action: 'entry_declined', subject: original.entryId });
    await receiver.judgeFollowers(tx, communeCode, original.entryId);
    return { verdict: 'rejected' };
  }

  async function readWaiting(tx: Writing, communeCode: string, entryId: string): Promise<Waiting | undefined> {
    const kept = await findWaiting(tx, communeCode, entryId);
    const entry = await findEntry(tx, communeCode, entryId);
    const outline = kept === undefined ? undefined : outlineOf(JSON.parse(kept.content));
    const device = entry === undefined ? undefined : await findDevice(tx, communeCode, entry.deviceId);
    if (kept === undefined || kept.reason === 'accepted' || entry === undefined || outline === undefined || device === undefined) return undefined;
    const { memberId } = device;
    const allowedThen =
      kept.allowedThen === null
        ? await accounts.assignmentsOf(tx, communeCode, memberId, dayIn(outline))
        : (JSON.parse(kept.allowedThen) as Assignment[]);
    return { entry, outline, author: { memberId, allowedThen } };
  }

  /** One that our own code cannot try keeps nobody from the others. */
  async function tryIt(tx: Writing, supervisor: Supervisor, { outline, author }: Waiting, into?: string): Promise<Trial> {
    try {
      return await tryWaiting(context, tx, { supervisor, author, outline, into });
    } catch (fault) {
      if (isOfDatabase(fault)) throw fault;
      context.log(`fault waiting entry=${outline.entryId} error=${fault instanceof Error ? fault.name : 'unknown'}`);
      const isShown = supervisor.assignments.some(({ role }) => role === 'bloc_lead');
      return { isShown, changes: [], problem: { code: 'fault' }, ready: undefined };
    }
  }

  return { waitingFor, decide };
}
