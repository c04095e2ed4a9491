/** What the sending of one photo went through so far: whose turn it is, when it is tried again, and when a person should know. No other photo waits for any of it. */
import type { PictureFailure, PictureRow, PictureTrouble } from '#client/store/pictures.ts';

export interface PhotoCourse {
  /** As noted on disk, and also where that is too full for a note. Undefined: as its row says. */
  trouble?: PictureTrouble | undefined;
  /** Tries in a row that came to nothing and may be the line's fault. */
  cuts: number;
  /** Bytes that one try ever reached: a later one that comes no further has not got on. */
  furthest: number;
  /** The endpoint took it, or says that nothing is left to send: where it still wants it afterwards, that was no receipt. */
  isSaidToBeThere: boolean;
  /** Was in a question that was refused. It is asked about by itself: the fault may be another's. */
  isSuspect: boolean;
}

export function newCourse(): PhotoCourse {
  return { cuts: 0, furthest: 0, isSaidToBeThere: false, isSuspect: false };
}

const hourMs = 3_600_000;
/** After the nth set-back; a photo may cross the line whole for each. */
const setBackPausesMs = [5_000, 60_000, 300_000, hourMs, 6 * hourMs, 24 * hourMs];
/** Its pauses are hours from here on. */
const stuckAfter = 4;

/** Why a person should look at it. `stuck`: set back again and again, and still tried by itself. Undefined: it waits as all do. */
export function troubleOf({ failed, setBacks }: PictureTrouble): PictureFailure | 'stuck' | undefined {
  return failed ?? ((setBacks?.times ?? 0) >= stuckAfter ? 'stuck' : undefined);
}

/** In milliseconds since 1970. A clock that was put back meanwhile lets nothing wait. */
export function dueAt({ setBacks }: PictureTrouble, now: number): number {
  if (setBacks === undefined || setBacks.at > now) return now;
  return setBacks.at + (setBackPausesMs[Math.min(setBacks.times, setBackPausesMs.length) - 1] ?? 0);
}

/** The least unlucky first, and of these the oldest. */
export function inTurn(rows: readonly PictureRow[], cutsOf: (pictureId: string) => number): readonly PictureRow[] {
  const times = ({ setBacks }: PictureRow) => setBacks?.times ?? 0;
  return [...rows].sort((a, b) => times(a) - times(b) || cutsOf(a.pictureId) - cutsOf(b.pictureId) || a.savedAt - b.savedAt);
}
