/** `POST /sync`: takes sealed entries by any road, answers pages to a session. */
import type { SealedEntry, SealingSessionHeader } from '#sync/entry.ts';
import { instantOf } from '#domain/identifiers.ts';
import { currentSchema } from '#domain/change.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { findDevice } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { readPages } from './channel-pages.ts';
import type { AcceptedSession, EndpointContext } from './context.ts';
import type { DeviceTable } from './database/schema.ts';
import type { EntryReceiver } from './receive-entry.ts';
import type { SyncAuth } from './sessions.ts';
import { releaseOverdue } from './waiting-entries.ts';

type Outcome = SyncAnswer['entries'][number]['outcome'];
type SessionAuth = Extract<SyncAuth, { kind: 'session' }>;

interface SenderSession {
  /** Undefined: the header names a device that is not ours. */
  readonly device: DeviceTable | undefined;
  readonly accepted: AcceptedSession | undefined;
}

interface OpenedEntry {
  readonly sealed: SealedEntry;
  readonly device: DeviceTable;
  readonly opened: unknown;
}

/** The last contact is written at most this often, unless the count of unsent entries changed. */
const contactGrainMs = 60_000;

export function createSync(context: EndpointContext, accounts: Accounts, receiver: EntryReceiver) {
  const { db, clock, keys, opener } = context;

  return async function sync(auth: SyncAuth, request: SyncRequest): Promise<SyncAnswer> {
    const entries = await receiveAll(request);
    const { pull } = request;
    const pulled = auth.kind === 'session' && pull !== undefined ? await pullFor(auth, pull) : undefined;
    return {
      epoch: keys.epoch,
      schema: currentSchema,
      endpointTime: instantOf(clock.now()),
      entries,
      ...(pulled === undefined ? {} : { pull: pulled }),
    };
  };

  /** All that opens is judged in one transaction; what is answered as kept is committed. */
  async function receiveAll(request: SyncRequest): Promise<SyncAnswer['entries']> {
    if (request.entries.length === 0) return [];
    const senders = await acceptAll(request.sessions);
    const outcomes = new Map<SealedEntry, Outcome>();
    const opened: OpenedEntry[] = [];
    for (const sealed of request.entries) {
      const result = await open(sealed, senders.get(sealed.session) ?? []);
      if (typeof result === 'string') outcomes.set(sealed, result);
      else opened.push(result);
    }
    if (opened.length > 0) {
      await db.transaction().execute(async (tx) => {
        for (const { sealed, device, opened: entry } of opened) {
          outcomes.set(sealed, await receiver.receive(tx, device, sealed.deviceSeq, entry));
        }
      });
    }
    return request.entries.map((sealed) => ({
      session: sealed.session,
      deviceSeq: sealed.deviceSeq,
      outcome: outcomes.get(sealed) ?? 'unreadable',
    }));
  }

  /** By session id. Two devices could name their sessions alike, so each id may have several. */
  async function acceptAll(headers: readonly SealingSessionHeader[]): Promise<Map<string, SenderSession[]>> {
    const senders = new Map<string, SenderSession[]>();
    for (const header of headers) {
      const info = opener.readInfo(header);
      if (!info.ok) continue;
      const { communeCode, deviceId, sessionId } = info.value;
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
      if (opened.ok) return { sealed, device, opened: opened.value };
    }
    return senders.length > 0 && senders.every((sender) => sender.device === undefined) ? 'unknown_device' : 'unreadable';
  }

  async function pullFor(auth: SessionAuth, pull: NonNullable<SyncRequest['pull']>): Promise<SyncAnswer['pull']> {
    const { communeCode, deviceId, memberId } = auth;
    return await db.transaction().execute(async (tx) => {
      const now = clock.now();
      await releaseOverdue(context, receiver, tx, communeCode);
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
      const { answer, cursorAbove } = await readPages(tx, accounts, { communeCode, deviceId, memberId, pull, epoch: keys.epoch });
      if (cursorAbove !== undefined) {
        // A backup was put back by hand: somebody must know.
        await writeAudit(tx, { communeCode, at: now, actor: deviceId, action: 'cursor_above_counter', subject: cursorAbove });
        context.log(`alarm cursor_above_counter commune=${communeCode} device=${deviceId} channel=${cursorAbove}`);
      }
      return answer;
    });
  }
}
