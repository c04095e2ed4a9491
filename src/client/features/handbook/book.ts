/** The handbook as it lies on this phone: what is listed in which order, what this member may change, and which teams have read what. */
import type { FieldStore } from '#client/store/field-store.ts';
import { myHamlets } from '#client/store/my-hamlets.ts';
import { communeCodeOf } from '#domain/identifiers.ts';
import { keepsHandbook, presentArea } from '#domain/permissions.ts';
import { readingStanding, textMark } from '#domain/reading-standing.ts';
import type { ReadingStanding } from '#domain/reading-standing.ts';
import { isOfBloc } from '#domain/role.ts';
import type { RecordState } from '#domain/record.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';

export type HandbookPage = RecordState<'handbook_page'>;
export type HandbookDocument = RecordState<'document'>;
type Store = Pick<FieldStore, 'all' | 'account' | 'find'>;

/** Those with a place in the list first, then by title; the commune's own before the province's where they are alike. */
export function pagesInOrder(store: Store): readonly HandbookPage[] {
  const placed = ({ fields }: HandbookPage) => fields.order ?? Number.POSITIVE_INFINITY;
  return [...store.all('handbook_page')].sort(
    (a, b) => comparePlaces(placed(a), placed(b)) || compareVietnamese(a.fields.title, b.fields.title) || compareOwn(store, a, b) || compareIds(a, b),
  );
}

/** The newest first. */
export function documentsNewest(store: Store): readonly HandbookDocument[] {
  return [...store.all('document')].sort((a, b) => b.fields.date.localeCompare(a.fields.date) || compareVietnamese(a.fields.number, b.fields.number) || compareIds(a, b));
}

export function isListed({ fields }: HandbookPage | HandbookDocument): boolean {
  return fields.archivedOn === undefined;
}

/** May this member write pages and documents? */
export function isKeeper(store: Pick<FieldStore, 'account'>): boolean {
  return keepsHandbook(store.account());
}

/** May they change this one? Of the province's a commune changes none. */
export function mayChange(store: Pick<FieldStore, 'account'>, { areaId }: HandbookPage | HandbookDocument): boolean {
  return isKeeper(store) && communeCodeOf(areaId) === store.account().communeCode;
}

/** The page of that name: the commune's own before the province's, one that is listed before one that was put away. */
export function pageNamed(store: Store, slug: string): HandbookPage | undefined {
  const [first] = store
    .all('handbook_page')
    .filter(({ fields }) => fields.slug === slug)
    .sort((a, b) => Number(isListed(b)) - Number(isListed(a)) || compareOwn(store, a, b) || compareIds(a, b));
  return first;
}

/** Which of these teams have read it. A receipt of a hamlet that was merged since counts for the one it was merged into. */
export function readingOf(store: Store, document: HandbookDocument, hamletIds: readonly string[]): ReadingStanding {
  const receipts = store
    .all('reading_receipt')
    .filter(({ fields }) => fields.subjectId === document.recordId)
    .map(({ fields }) => ({ ...fields, hamletId: presentArea(fields.hamletId, store) }));
  return readingStanding({ version: document.version, text: textMark(document) }, receipts, hamletIds);
}

/** Does this member see which teams have read it? The bloc alone reads the receipts of all of them. */
export function seesReadings(store: Pick<FieldStore, 'account'>): boolean {
  return isOfBloc(store.account());
}

export interface ToReadDocument {
  readonly document: HandbookDocument;
  /** Of my hamlets, those whose team has not read it as it stands. */
  readonly hamletIds: readonly string[];
  /** It was read before it was changed. */
  readonly wasRead: boolean;
}

const lastToRead = new WeakMap<Store, { readonly read: readonly unknown[]; readonly toRead: readonly ToReadDocument[] }>();

/**
 * Documents that ask a receipt and that a team of mine has not read as they stand, the newest first. The menu, Today and every row ask for the same: it is made anew
 * only when one of what it reads changed, whose lists are other arrays then.
 */
export function documentsToRead(store: Store): readonly ToReadDocument[] {
  const read = [store.all('document'), store.all('reading_receipt'), store.all('area'), store.account()];
  const last = lastToRead.get(store);
  if (last !== undefined && read.every((one, no) => one === last.read[no])) return last.toRead;
  const toRead = makeToRead(store);
  lastToRead.set(store, { read, toRead });
  return toRead;
}

function makeToRead(store: Store): readonly ToReadDocument[] {
  const mine = myHamlets(store);
  if (mine.length === 0) return [];
  return documentsNewest(store).flatMap((document) => {
    if (document.fields.asksReceipt !== true || !isListed(document)) return [];
    const { readBefore, unread } = readingOf(store, document, mine);
    const hamletIds = [...unread, ...readBefore.map(({ hamletId }) => hamletId)];
    return hamletIds.length === 0 ? [] : [{ document, hamletIds, wasRead: unread.length === 0 }];
  });
}

function comparePlaces(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareOwn(store: Pick<FieldStore, 'account'>, a: HandbookPage, b: HandbookPage): number {
  const isOwn = ({ areaId }: HandbookPage) => communeCodeOf(areaId) === store.account().communeCode;
  return Number(isOwn(b)) - Number(isOwn(a));
}

function compareIds(a: { readonly recordId: string }, b: { readonly recordId: string }): number {
  return a.recordId < b.recordId ? -1 : 1;
}
