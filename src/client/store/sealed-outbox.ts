/** The outbox as whoever sends it sees it: sealed bytes and session headers. Works on a locked and on a wiped phone as well. */
import type { Outbound } from '#sync/engine.ts';
import type { EndpointIdentity, SealedEntry, SealingSessionHeader } from '#sync/entry.ts';
import { batchLimits } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import type { Disk, OutboxRow, SealingSessionRow } from './disk.ts';

/** In `deviceSeq` order. `skip`: numbers set aside for this time. */
export async function readOutbound(
  disk: Disk,
  limits: { readonly entries: number; readonly bytes: number; readonly skip?: ((row: OutboxRow) => boolean) | undefined },
): Promise<Outbound> {
  return await disk.read(['outbox', 'sealingSessions', 'meta'], async ({ outbox, sealingSessions, meta }) => {
    const round = (await meta.get('log'))?.round ?? '';
    const sessions = new Map<string, SealingSessionRow>();
    const entries: SyncRequest['entries'] = [];
    let bytes = 0;
    let isOver = false;
    let isMoreRetained = false;
    for (const row of await outbox.all()) {
      if (isThere(row, round) || limits.skip?.(row) === true) continue;
      const isFull = entries.length >= limits.entries || (entries.length > 0 && bytes + row.bytes.length > limits.bytes);
      isOver ||= isFull || (sessions.size >= batchLimits.sessions && !sessions.has(row.sessionId));
      isMoreRetained ||= isOver && row.again === true;
      if (isMoreRetained) break;
      if (isOver) continue;
      const session = sessions.get(row.sessionId) ?? (await sealingSessions.get(row.sessionId));
      // Without its session's header nobody can open it: it stays, shown as unreadable, and must not hold up the others.
      if (session === undefined) continue;
      sessions.set(row.sessionId, session);
      entries.push({ session: row.sessionId, deviceSeq: row.deviceSeq, bytes: row.bytes });
      bytes += row.bytes.length;
    }
    return { round, sessions: [...sessions.values()].map((session) => session.header), entries, isMoreRetained };
  });
}

/** A verdict may reach the phone before the word that the bytes were kept. Of what was erased there is nothing to send. */
function isThere({ bytes, kept, settledAt }: OutboxRow, round: string): boolean {
  return bytes === '' || settledAt !== undefined || (kept !== undefined && kept === round);
}

/** What this phone alone holds, and for whom it is sealed. */
export interface Unsettled {
  readonly sessions: readonly { readonly sessionId: string; readonly header: SealingSessionHeader }[];
  readonly entries: readonly SealedEntry[];
  /** When the oldest was saved, milliseconds since 1970 by the phone's clock. */
  readonly since?: number | undefined;
  readonly endpoint: EndpointIdentity;
  readonly communeCode: string;
  /** 0: the endpoint was not met yet. */
  readonly epoch: number;
}

/**
 * All that the endpoint has not confirmed to have, in `deviceSeq` order: what a bundle carries and what would be lost with the phone. An
 * entry without its session's header, which nobody can open, is left out. Undefined: this phone was never enrolled. Throws `DiskError`.
 */
export async function readUnsettled(disk: Disk): Promise<Unsettled | undefined> {
  return await disk.read(['keyring', 'outbox', 'sealingSessions', 'meta'], async (tables) => {
    const keyring = await tables.keyring.get('phone');
    if (keyring === undefined) return undefined;
    // What is being enrolled has saved nothing: what lies here is of the phone that was wiped before.
    const { endpoint, communeCode } = keyring.state === 'enrolling' ? (keyring.wiped ?? keyring) : keyring;
    const log = await tables.meta.get('log');
    const headers = new Map((await tables.sealingSessions.all()).map(({ sessionId, header }) => [sessionId, header]));
    const rows = (await tables.outbox.all()).filter((row) => !isThere(row, log?.round ?? '') && headers.has(row.sessionId));
    const named = new Set(rows.map(({ sessionId }) => sessionId));
    return {
      sessions: [...headers].flatMap(([sessionId, header]) => (named.has(sessionId) ? [{ sessionId, header }] : [])),
      entries: rows.map(({ sessionId, deviceSeq, bytes }) => ({ session: sessionId, deviceSeq, bytes })),
      since: rows.length === 0 ? undefined : Math.min(...rows.map(({ savedAt }) => savedAt)),
      endpoint,
      communeCode,
      epoch: log?.epoch ?? 0,
    };
  });
}

/** Notes what the endpoint said, unless all is to be sent again since the request was made. Returns the rows that changed. */
export async function noteOutcomes(disk: Disk, outcomes: SyncAnswer['entries'], round: string): Promise<OutboxRow[]> {
  if (outcomes.length === 0) return [];
  return await disk.write(['outbox', 'meta'], async ({ outbox, meta }) => {
    const log = await meta.get('log');
    if (log?.round !== round) return [];
    const changed: OutboxRow[] = [];
    for (const { session, deviceSeq, outcome } of outcomes) {
      const row = await outbox.get(deviceSeq);
      if (row === undefined || row.sessionId !== session) continue;
      const next: OutboxRow = outcome === 'kept' ? { ...row, kept: round, refused: undefined } : { ...row, refused: outcome };
      await outbox.put(next);
      changed.push(next);
    }
    if (changed.length > 0) await meta.put({ ...log, outboxRevision: log.outboxRevision + 1 });
    return changed;
  });
}

/**
 * As if the endpoint had said nothing of it: what it may have forgotten since (a backup was put back) is sent once more, and doubles nothing.
 * `wasShown`: the channels show what it did. What was refused, or settled and not shown yet, goes on being laid over them.
 */
export function toBeSentAgain({ kept: _kept, refused: _refused, receipt: _receipt, settledAt: _settledAt, again, ...row }: OutboxRow, wasShown: boolean): OutboxRow {
  return wasShown || again === true ? { ...row, again: true } : row;
}
