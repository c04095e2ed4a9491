/** The outbox as whoever sends it sees it: sealed bytes and session headers. Works on a locked and on a wiped phone as well. */
import type { Outbound } from '#sync/engine.ts';
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
    for (const row of await outbox.all()) {
      // A verdict may reach the phone before the word that the bytes were kept.
      const isThere = row.settledAt !== undefined || (row.kept !== undefined && row.kept === round);
      if (isThere || row.bytes === '' || limits.skip?.(row) === true) continue;
      const isFull = entries.length >= limits.entries || (entries.length > 0 && bytes + row.bytes.length > limits.bytes);
      if (isFull || (sessions.size >= batchLimits.sessions && !sessions.has(row.sessionId))) break;
      const session = sessions.get(row.sessionId) ?? (await sealingSessions.get(row.sessionId));
      // Without its session's header nobody can open it: it stays, shown as unreadable, and must not hold up the others.
      if (session === undefined) continue;
      sessions.set(row.sessionId, session);
      entries.push({ session: row.sessionId, deviceSeq: row.deviceSeq, bytes: row.bytes });
      bytes += row.bytes.length;
    }
    return { round, sessions: [...sessions.values()].map((session) => session.header), entries };
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
