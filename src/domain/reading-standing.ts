/** Which teams have read a document, or a page, and in which words. Of teams, never of persons: a receipt names none. */
import type { ReadingReceipt } from './handbook.ts';
import type { RecordState } from './record.ts';

type Receipt = Pick<ReadingReceipt, 'hamletId' | 'readVersion' | 'readText' | 'on'>;

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

/** `text`: its `textMark`. */
export interface ReadSubject {
  readonly version: number;
  readonly text: string;
}

/**
 * Which words a page or a document has, as eight hex digits: the same for the same words on every phone. Its version would count what changes no word as well
 * (put away, brought back, whether a receipt is asked), and an edition counted by whoever writes is the same for two who write at once.
 */
export function textMark(record: RecordState<'handbook_page'> | RecordState<'document'>): string {
  return fnv1a(JSON.stringify(record.kind === 'handbook_page' ? [record.fields.title, record.fields.body] : documentWords(record)));
}

function documentWords({ fields: { number, date, issuer, title, kind, summary = '' } }: RecordState<'document'>): readonly string[] {
  return [number, date, issuer, title, kind, summary];
}

/** FNV-1a of 32 bits, over UTF-16 units: against chance, not against anybody. */
function fnv1a(text: string): string {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return (mark >>> 0).toString(16).padStart(8, '0');
}

/**
 * `receipts`: of this subject alone, each under the hamlet that stands today for the one that gave it. `hamletIds`: whose teams are asked, in the order in which
 * they come back. Several receipts of one team count once.
 */
export function readingStanding(subject: ReadSubject, receipts: readonly Receipt[], hamletIds: readonly string[]): ReadingStanding {
  const read: TeamReading[] = [];
  const readBefore: TeamReading[] = [];
  const unread: string[] = [];
  for (const hamletId of hamletIds) {
    const given = receipts.filter((receipt) => receipt.hamletId === hamletId);
    const current = given.filter(({ readVersion, readText }) => (readText === undefined ? readVersion >= subject.version : readText === subject.text));
    const on = newestDay(current.length > 0 ? current : given);
    if (on === undefined) unread.push(hamletId);
    else (current.length > 0 ? read : readBefore).push({ hamletId, on });
  }
  return { read, readBefore, unread };
}

function newestDay(receipts: readonly Receipt[]): string | undefined {
  return receipts.map(({ on }) => on).reduce<string | undefined>((newest, on) => (newest === undefined || on > newest ? on : newest), undefined);
}
