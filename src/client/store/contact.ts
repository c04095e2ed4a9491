/**
 * Thirty days without a word from the commune: the phone opens only in contact with it, so that one that was revoked learns of it. Nothing is
 * wiped by that, and what is sealed is sent as ever (docs/decisions/0023).
 *
 * A phone has no clock to trust, so this is what is counted, in the clear beside the log (a locked phone must read it; whoever can write the
 * disk and knows the passphrase could open the keys without this app anyway):
 * - Contact is an answer to this device in its own name (a session), which is how it would hear that it was revoked. The delivery token's
 *   answers are none: that token outlives a revocation.
 * - Days are differences of the phone's own clock since the last contact. A clock that is wrong by years, and stays so, changes nothing.
 * - `seen` never goes back: once thirty days have been seen, a clock that is put back does not open the phone.
 * - A clock that stands more than an hour before what was seen tells no time: each opening then counts as a day. Whoever puts the clock back
 *   before every opening has thirty of them; a member whose phone lost its clock on a hill has as many, too.
 * - A clock that once leapt years ahead ends the thirty days early. Nobody is shut out for good: contact starts the count anew, whatever the
 *   clock says then.
 */
import type { Disk, LogRow } from './disk.ts';
import { storageCodeOf } from './unlocked-phone.ts';

const dayMs = 24 * 3_600_000;
export const awayLimitMs = 30 * dayMs;
const clockSlackMs = 3_600_000;
/** What was seen is written down at most this often: it is counted in days. */
const seenGrainMs = 3_600_000;

export interface ContactStanding {
  /** It opens only in contact. */
  readonly isTooLong: boolean;
  /** By the phone's clock, milliseconds since 1970; undefined: never since the enrolment. */
  readonly lastContactAt: number | undefined;
}

/** `isOpening`: the keys are open and the store is about to be. `now`: milliseconds since 1970, the phone's clock. Throws `DiskError`. */
export async function lookAtContact(disk: Disk, now: number, { isOpening = false } = {}): Promise<ContactStanding> {
  const log = await disk.read(['meta'], async ({ meta }) => await meta.get('log'));
  if (log === undefined) return { isTooLong: false, lastContactAt: undefined };
  const counted = isWorthKeeping(log, now, isOpening) ? await keep(disk, log, now, isOpening) : count(log, now, isOpening);
  return { isTooLong: counted.seen - counted.since >= awayLimitMs, lastContactAt: log.lastContactAt };
}

/** The endpoint has answered this device in its own name. */
export async function noteContact(disk: Disk, now: number): Promise<void> {
  await disk.write(['meta'], async ({ meta }) => {
    const log = await meta.get('log');
    if (log !== undefined) await meta.put({ ...log, lastContactAt: now, away: undefined });
  });
}

function isWorthKeeping(log: LogRow, now: number, isOpening: boolean): boolean {
  const { since, seen } = count(log, now, isOpening);
  return log.away === undefined || seen - log.away.seen >= seenGrainMs || (seen !== log.away.seen && seen - since >= awayLimitMs);
}

/** A full disk cannot note it, and must not keep anybody out. */
async function keep(disk: Disk, found: LogRow, now: number, isOpening: boolean): Promise<NonNullable<LogRow['away']>> {
  try {
    return await disk.write(['meta'], async ({ meta }) => {
      const log = (await meta.get('log')) ?? found;
      const away = count(log, now, isOpening);
      await meta.put({ ...log, away });
      return away;
    });
  } catch (error) {
    if (storageCodeOf(error) !== 'storage_full') throw error;
    return count(found, now, isOpening);
  }
}

function count({ away, lastContactAt }: LogRow, now: number, isOpening: boolean): NonNullable<LogRow['away']> {
  const since = away?.since ?? lastContactAt ?? now;
  const seen = away?.seen ?? since;
  const isPutBack = now < seen - clockSlackMs;
  return { since, seen: Math.max(seen, now) + (isPutBack && isOpening ? dayMs : 0) };
}
