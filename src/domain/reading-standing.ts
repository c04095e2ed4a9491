/** Which teams have read a document, or a page, and in which version. Of teams, never of persons: a receipt names none. */
import type { ReadingReceipt } from './handbook.ts';

type Receipt = Pick<ReadingReceipt, 'hamletId' | 'readVersion' | 'on'>;

export interface TeamReading {
  readonly hamletId: string;
  /** The newest day on which the team said so. */
  readonly on: string;
}

export interface ReadingStanding {
  /** As it stands now. */
  readonly read: readonly TeamReading[];
  /** It was changed since: they are asked anew. */
  readonly readBefore: readonly TeamReading[];
  readonly unread: readonly string[];
}

/**
 * `receipts`: of this subject alone, each under the hamlet that stands today for the one that gave it. `hamletIds`: whose teams are asked, in the order in which
 * they come back. Several receipts of one team count once.
 */
export function readingStanding(subject: { readonly version: number }, receipts: readonly Receipt[], hamletIds: readonly string[]): ReadingStanding {
  const read: TeamReading[] = [];
  const readBefore: TeamReading[] = [];
  const unread: string[] = [];
  for (const hamletId of hamletIds) {
    const given = receipts.filter((receipt) => receipt.hamletId === hamletId);
    const current = given.filter(({ readVersion }) => readVersion >= subject.version);
    const on = newestDay(current.length > 0 ? current : given);
    if (on === undefined) unread.push(hamletId);
    else (current.length > 0 ? read : readBefore).push({ hamletId, on });
  }
  return { read, readBefore, unread };
}

function newestDay(receipts: readonly Receipt[]): string | undefined {
  return receipts.map(({ on }) => on).reduce<string | undefined>((newest, on) => (newest === undefined || on > newest ? on : newest), undefined);
}
