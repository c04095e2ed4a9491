/** `POST /sync`: takes sealed entries by any road, answers pages to a session. */
import type { SealedEntry, SealedReceipt, SealingSessionHeader } from '#sync/entry.ts';
import { instantOf, instantSchema } from '#domain/identifiers.ts';
import type { Receipt, SyncAnswer, SyncRequest, Verdict } from '#sync/protocol.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { changesIn } from './change-count.ts';
import { findCursorAbove, readPages } from './channel-pages.ts';
import type { PullAnswer } from './channel-pages.ts';
import type { AcceptedSession, EndpointContext } from './context.ts';
import type { DeviceTable } from './database/schema.ts';
import { noteAnswered } from './erasure-devices.ts';
import { memberNamesOf } from './member-names.ts';
import type { EntryReceiver } from './receive-entry.ts';
import type { SessionAuth, SyncAuth } from './sessions.ts';
import { entryToVerdict, findEntry } from './verdicts.ts';
import { releaseLost, releaseOverdue } from './waiting-entries.ts';
import { writeAndFold } from './write-and-fold.ts';

type Pull = NonNullable<SyncRequest['pull']>;
type Outcome = SyncAnswer['entries'][number]['outcome'];

interface SenderSession {
  /** Undefined: the header names a device that is not ours. */
  readonly device: DeviceTable | undefined;
  readonly accepted: AcceptedSession | undefined;
}

interface OpenedEntry {
  readonly sealed: SealedEntry;
  readonly device: DeviceTable;
  readonly accepted: AcceptedSession;
  readonly opened: unknown;
}

interface ReceivedAll {
  readonly entries: SyncAnswer['entries'];
  /** Of what was kept: what is true of it after the whole request. */
  readonly verdicts: ReadonlyMap<AcceptedSession, readonly Verdict[]>;
}

/** The last contact is written at most this often, unless the count of unsent entries changed. */
const contactGrainMs = 60_000;

export function createSync(context: EndpointContext, accounts: Accounts, receiver: EntryReceiver) {
  const { db, clock, keys, opener, lastTold } = context;
  let told = 0;

  return async function sync(auth: SyncAuth, request: SyncRequest): Promise<SyncAnswer> {
    const { pull } = request;
    // Asked before anything is received: what comes along raises counters, and would hide that a backup was put back unnoticed.
    const cursorAbove = auth.kind === 'session' && pull !== undefined && request.entries.length > 0 ? await aboveBefore(auth, pull) : undefined;
    const { entries, verdicts } = await receiveAll(auth, request);
    const pulled = auth.kind === 'session' && pull !== undefined ? await pullFor(auth, pull, cursorAbove) : undefined;
    const answer: SyncAnswer = {
      epoch: keys.epoch,
      schema: context.schema,
      endpointTime: instantOf(clock.now()),
      ...(await verifiedBackup()),
      entries,
      ...(request.receipts === true ? { receipts: await sealReceipts(verdicts) } : {}),
      ...(pulled === undefined ? {} : { pull: pulled }),
    };
    await noteTold();
    return answer;
  };

  /** Before the answer leaves: a database that knows less than this is from now on one that was put back. */
  async function noteTold(): Promise<void> {
    if (lastTold === undefined) return;
    const changes = await changesIn(db);
    // Beneath a running endpoint: by the next start the count may have grown past what was noted.
    if (changes < told) context.log(`alarm database_put_back_while_running changes=${changes} told=${told}`);
    if (changes === told) return;
    told = changes;
    // Another process may have noted more; it is never lowered.
    if ((lastTold.read() ?? 0) < changes) lastTold.write(changes);
  }

  /** All that opens is judged in one transaction; what is answered as kept is committed. */
  async function receiveAll(auth: SyncAuth, request: SyncRequest): Promise<ReceivedAll> {
    const verdicts = new Map<AcceptedSession, Verdict[]>();
    if (request.entries.length === 0) return { entries: [], verdicts };
    const senders = await acceptAll(request.sessions);
    const outcomes = new Map<SealedEntry, Outcome>();
    const known = new Set<SealedEntry>();
    const opened: OpenedEntry[] = [];
    for (const sealed of request.entries) {
      const result = await open(sealed, senders.get(sealed.session) ?? []);
      if (typeof result === 'string') outcomes.set(sealed, result);
      else opened.push(result);
    }
    if (opened.length > 0) {
      await writeAndFold(db, async (tx) => {
        const kept: { readonly entryId: string; readonly from: OpenedEntry }[] = [];
        for (const from of opened) {
          const received = await receiver.receive(tx, from.device, from.sealed.deviceSeq, from.opened);
          outcomes.set(from.sealed, received.outcome);
          if (received.outcome === 'unreadable') continue;
          kept.push({ entryId: received.entryId, from });
          if (received.known) known.add(from.sealed);
        }
        if (request.receipts !== true) return;
        // When all are judged: a later one may have settled an earlier one.
        for (const { entryId, from } of kept) {
          const row = await findEntry(tx, from.device.communeCode, entryId);
          if (row === undefined) continue;
          const names = await memberNamesOf(tx, from.device.communeCode, row.decidedBy === null ? [] : [row.decidedBy]);
          verdicts.set(from.accepted, [...(verdicts.get(from.accepted) ?? []), entryToVerdict(row, names)]);
        }
      });
    }
    const entries = request.entries.map((sealed) => ({
      session: sealed.session,
      deviceSeq: sealed.deviceSeq,
      outcome: outcomes.get(sealed) ?? 'unreadable',
      // Whoever carries a bundle is told that nothing was doubled (docs/decisions/0013); nobody else needs to know.
      ...(auth.kind === 'bundle' && known.has(sealed) ? { known: true as const } : {}),
    }));
    return { entries, verdicts };
  }

  /** A receipt a sealing session; several where one would be too large. */
  async function sealReceipts(verdicts: ReceivedAll['verdicts']): Promise<SealedReceipt[]> {
    const receipts: SealedReceipt[] = [];
    for (const [session, of] of verdicts) receipts.push(...(await sealReceipt(session, of)));
    return receipts;
  }

  async function sealReceipt(session: AcceptedSession, verdicts: readonly Verdict[]): Promise<SealedReceipt[]> {
    const receipt: Receipt = { epoch: keys.epoch, endpointTime: instantOf(clock.now()), verdicts: [...verdicts] };
    const sealed = await session.sealReceipt(receipt);
    if (sealed.ok) return [sealed.value];
    if (verdicts.length === 1) throw new Error('one verdict is too large for a receipt');
    const half = Math.ceil(verdicts.length / 2);
    return [...(await sealReceipt(session, verdicts.slice(0, half))), ...(await sealReceipt(session, verdicts.slice(half)))];
  }

  /** The newest backup that was read again and held: before it nothing needs to be retained on a phone. */
  async function verifiedBackup(): Promise<Pick<SyncAnswer, 'verifiedBackupAt'>> {
    const row = await db.selectFrom('meta').select('value').where('name', '=', 'verifiedBackupAt').executeTakeFirst();
    const read = instantSchema.safeParse(row?.value);
    return read.success ? { verifiedBackupAt: read.data } : {};
  }

  /** By session id. Two devices could name their sessions alike, so each id may have several. */
  async function acceptAll(headers: readonly SealingSessionHeader[]): Promise<Map<string, SenderSession[]>> {
    const senders = new Map<string, SenderSession[]>();
    for (const header of headers) {
      const claims = opener.readClaims(header);
      if (!claims.ok) continue;
      const { communeCode, deviceId, sessionId } = claims.value;
      const device = await findDevice(db, communeCode, deviceId);
      // The signature is checked before anything is opened.
      const accepted = device === undefined ? undefined : await opener.accept(header, device.publicKey);
      const sender = { device, accepted: accepted?.ok === true ? accepted.value : undefined };
      senders.set(sessionId, [...(senders.get(sessionId) ?? []), sender]);
    }
    return senders;
  }

  async function open(sealed: SealedEntry, senders: readonly SenderSession[]): Promise<OpenedEntry | Outcome> {
    for (const { device, accepted } of senders) {
      if (device === undefined || accepted === undefined) continue;
      const opened = await accepted.open(sealed, 'entry');
      if (opened.ok) return { sealed, device, accepted, opened: opened.value };
    }
    return senders.length > 0 && senders.every((sender) => sender.device === undefined) ? 'unknown_device' : 'unreadable';
  }

  async function aboveBefore({ communeCode, deviceId, memberId }: SessionAuth, pull: Pull): Promise<string | undefined> {
    return await findCursorAbove(db, accounts, { communeCode, deviceId, memberId, pull, epoch: keys.epoch, pageRows: context.pageRows });
  }

  async function pullFor(auth: SessionAuth, pull: Pull, aboveBeforeReceiving: string | undefined): Promise<SyncAnswer['pull']> {
    const { communeCode, deviceId, memberId } = auth;
    await accounts.showCardsOfToday(communeCode);
    return await writeAndFold(db, async (tx) => {
      const now = clock.now();
      await releaseOverdue(context, receiver, tx, communeCode);
      await releaseLost(receiver, tx, auth, pull.lost ?? []);
      await tx
        .updateTable('device')
        .set({ lastContactAt: now, unsent: pull.unsent })
        .where('communeCode', '=', communeCode)
        .where('deviceId', '=', deviceId)
        .where((where) =>
          where.or([
            where('lastContactAt', '<=', now - contactGrainMs),
            where('unsent', '!=', pull.unsent),
            // The first one ends the repeating of the enrolment.
            where('lastContactAt', '=', where.ref('enrolledAt')),
          ]),
        )
        .execute();
      const { answer, cursorAbove }: PullAnswer =
        aboveBeforeReceiving === undefined
          ? await readPages(tx, accounts, { communeCode, deviceId, memberId, pull, epoch: keys.epoch, pageRows: context.pageRows })
          : { answer: { restart: 'cursor' }, cursorAbove: aboveBeforeReceiving };
      await noteAnswered(tx, { communeCode, deviceId, pull, answer, now });
      if (cursorAbove !== undefined) {
        // A backup was put back, and the start did not notice: somebody must know. (Or the phone claims what it was never told.)
        await writeAudit(tx, { communeCode, at: now, actor: deviceId, action: 'cursor_above_counter', subject: cursorAbove });
        context.log(`alarm cursor_above_counter commune=${communeCode} device=${deviceId} channel=${cursorAbove}`);
      }
      return answer;
    });
  }
}
