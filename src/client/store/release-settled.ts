/**
 * What may be let go: a settled entry after 30 days of the endpoint's time, and once a backup that was verified holds it, while the endpoint still
 * knows what it said of it; a sealing session's key when its last entry is settled.
 */
import { channelId as channelIdOf } from '#domain/permissions.ts';
import type { SyncAnswer } from '#sync/protocol.ts';
import { digestWith } from './channel-memory.ts';
import { deviceOf } from './channel-tables.ts';
import type { DiskTables, LogRow, OutboxRow, SealingSessionRow } from './disk.ts';
import type { HeldEntry } from './outbox-memory.ts';
import type { StoreCore } from './store-core.ts';

const dayMs = 24 * 3_600_000;
const retainMs = 30 * dayMs;

/** To be done within the transaction that notes the answer; tells whether anything changed. */
export function findReleasable(core: StoreCore, answer: SyncAnswer): (tables: DiskTables) => Promise<boolean> {
  const { outbox, sessions, log } = core.memory();
  if (isOfRestored(answer, log)) return async () => false;
  const backupAt = answer.verifiedBackupAt ?? log?.verifiedBackupAt;
  // What a channel has not brought yet is still laid over its records, and needs its key for that.
  const isSettled = ({ deviceSeq, settledAt }: OutboxRow) => settledAt !== undefined && outbox.isSent(deviceSeq);
  const entries = outbox.entries();
  const isKnown = isKnownThere(core, answer);

  const gone = entries.flatMap((held) => (isKnown(held) && isSettled(held.row) && isReleased(held.row.settledAt, answer.endpointTime, backupAt) ? [held.row] : []));
  const left = entries.flatMap(({ row }) => (gone.includes(row) ? [] : [row]));
  // An earlier life of this phone never hears a verdict: that its bytes were kept is all it can know.
  const kept = left.filter((row) => {
    const session = sessions.get(row.sessionId);
    const isForeign = session?.deviceId !== core.phone.deviceId && session?.entryKey === undefined;
    return isForeign && row.settledAt === undefined && row.kept !== undefined && row.kept === log?.round;
  });
  const empty = [...sessions.values()].filter(({ sessionId }) => !left.some((row) => row.sessionId === sessionId));
  const closed = [...sessions.values()].filter(
    ({ sessionId, entryKey }) => entryKey !== undefined && left.every((row) => row.sessionId !== sessionId || isSettled(row)),
  );

  return async (tables) => {
    for (const row of gone) await tables.outbox.delete(row.deviceSeq);
    for (const row of kept) await tables.outbox.put({ ...row, settledAt: answer.endpointTime });
    const now = await tables.outbox.all();
    for (const session of [...closed, ...empty]) await release(tables, session, now, isSettled);
    return gone.length + kept.length + closed.length + empty.length > 0;
  };
}

/** What it was told before means nothing to this endpoint: all that is retained is about to be sent again, whatever backups it names. */
function isOfRestored({ epoch, pull }: SyncAnswer, log: LogRow | undefined): boolean {
  const isOtherEpoch = log !== undefined && log.epoch !== 0 && log.epoch !== epoch;
  return isOtherEpoch || (pull !== undefined && 'restart' in pull);
}

/**
 * Does the endpoint of this answer know what it once said of the entry? It does where the answer brings the end of that device's channel with the digest of just
 * what lies here. Another digest: a backup was put back, newer rows fill the gap, and what is settled here is about to be sent again.
 */
function isKnownThere(core: StoreCore, { pull }: SyncAnswer): (held: HeldEntry) => boolean {
  if (pull === undefined || !('pages' in pull)) return () => false;
  const { channels, outbox } = core.memory();
  const isSame = new Map(
    pull.pages.filter((page) => deviceOf(page.channelId) !== undefined).map(({ channelId, digest, rows }) => {
      const held = channels.get(channelId);
      return [channelId, digest !== undefined && held !== undefined && held.next === undefined && digest === digestWith(held.shown, rows)];
    }),
  );
  return ({ row, sealedBy }) => {
    const channelId = sealedBy === undefined ? undefined : channelIdOf.device(sealedBy);
    // Of an earlier life of this phone no channel ever speaks here.
    if (channelId === undefined || (!isSame.has(channelId) && channels.get(channelId) === undefined)) return true;
    return isSame.get(channelId) === true && outbox.hasChannelVerdict(row.deviceSeq);
  };
}

/** Asks the disk again: another tab may have saved under this session since memory was read. */
async function release(
  { sealingSessions }: DiskTables,
  { sessionId }: SealingSessionRow,
  rows: readonly OutboxRow[],
  isSettled: (row: OutboxRow) => boolean,
): Promise<void> {
  const own = rows.filter((row) => row.sessionId === sessionId);
  const session = await sealingSessions.get(sessionId);
  if (session === undefined) return;
  if (own.length === 0) await sealingSessions.delete(sessionId);
  else if (own.every(isSettled)) {
    await sealingSessions.put(withoutKeys(session));
  }
}

/** What is left of a session is its header, to send its entries with. */
export function withoutKeys({ entryKey: _entryKey, receiptKey: _receiptKey, ...session }: SealingSessionRow): SealingSessionRow {
  return session;
}

function isReleased(settledAt: string | undefined, endpointTime: string, backupAt: string | undefined): boolean {
  if (settledAt === undefined || backupAt === undefined) return false;
  const settled = Date.parse(settledAt);
  // What must not tell the time of day was settled at some moment of the day that is named.
  return Date.parse(endpointTime) - settled >= retainMs && Date.parse(backupAt) >= settled + dayMs;
}
