/** What the keepers of the handbook write (pages, documents), and how a team says that it has read one. */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { DirectiveDocument, HandbookPage } from './handbook.ts';
import { dayOf } from './identifiers.ts';
import { textMark } from './reading-standing.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText, withoutDiacritics } from './vietnamese-text.ts';

/** `order`: by which pages are listed, smallest first; undefined: behind those that have one. */
export interface PageInput extends Pick<HandbookPage, 'title' | 'body'> {
  readonly order?: number | undefined;
}

/** Where a page is written: its record, or for a new one the area that keeps it. */
export type Written<K extends 'handbook_page' | 'document'> = RecordState<K> | { readonly areaId: string };

const slugLimit = 60;
const lastEdition = 9999;

/** `Ghi một lượt thăm` -> `ghi-mot-luot-tham`: by it other pages link here. */
export function slugOf(title: string): string {
  const slug = withoutDiacritics(title).replaceAll(/[^a-z0-9]+/g, '-').slice(0, slugLimit).replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'trang' : slug;
}

/** The pages at hand that have the name which this title would give a new page: the person is asked which of them they mean. */
export function pagesNamedAs(title: string, pages: readonly RecordState<'handbook_page'>[]): readonly RecordState<'handbook_page'>[] {
  const slug = slugOf(title);
  return title.trim() === '' ? [] : pages.filter(({ fields }) => fields.slug === slug);
}

/**
 * A new page, or a change of one that is there; undefined: nothing differs. A new page's name is free among `atHand`; that of an old one stays, whatever its
 * title becomes, so that links to it go on leading there.
 */
export function writePage(
  page: Written<'handbook_page'>,
  { title, body, order }: PageInput,
  atHand: readonly RecordState<'handbook_page'>[],
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const fields = { title: oneLine(title), body: tidyText(body), order };
  const empty = (['title', 'body'] as const).find((field) => fields[field] === '');
  if (empty !== undefined) return err({ kind: 'handbook_page', code: 'required', field: empty });
  if ('recordId' in page) return changed(page, 'handbook_page', { ...fields, ...nextEdition(page, fields, context) }, context);
  const slug = freeSlug(slugOf(title), new Set(atHand.map((known) => known.fields.slug)));
  return created('handbook_page', page.areaId, { slug, ...fields, edition: 1, editedOn: dayOf(context.now) }, context);
}

/** Also of one that asks no receipt any more: `asksReceipt` false takes it back. */
export type DocumentInput = Omit<DirectiveDocument, 'archivedOn'>;

export function writeDocument(document: Written<'document'>, input: DocumentInput, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  const { number, issuer, title, summary = '', date, kind, asksReceipt = false } = input;
  const fields = {
    number: oneLine(number), date, issuer: oneLine(issuer), title: oneLine(title), kind, summary: tidyText(summary), asksReceipt: asksReceipt || undefined,
  };
  const empty = (['number', 'date', 'issuer', 'title'] as const).find((field) => fields[field] === '');
  if (empty !== undefined) return err({ kind: 'document', code: 'required', field: empty });
  if (date > dayOf(context.now)) return err({ kind: 'document', code: 'out_of_range', field: 'date' });
  return 'recordId' in document ? changed(document, 'document', fields, context) : created('document', document.areaId, fields, context);
}

/** No longer listed; `isBack`: listed again. Undefined: it stands so already. */
export function archivePage(page: RecordState<'handbook_page'>, isBack: boolean, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  return changed(page, 'handbook_page', { archivedOn: archivedOn(page, isBack, context) }, context);
}

export function archiveDocument(document: RecordState<'document'>, isBack: boolean, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  return changed(document, 'document', { archivedOn: archivedOn(document, isBack, context) }, context);
}

function archivedOn({ fields }: { readonly fields: { readonly archivedOn?: string | undefined } }, isBack: boolean, { now }: CommandContext): string | undefined {
  return isBack ? undefined : (fields.archivedOn ?? dayOf(now));
}

/** The team of this hamlet has read it as it stands on this phone. */
export function confirmReading(read: RecordState<'handbook_page'> | RecordState<'document'>, hamletId: string, context: CommandContext): Result<EntryDraft, CommandError> {
  return created('reading_receipt', hamletId, { subjectId: read.recordId, hamletId, readVersion: read.version, readText: textMark(read), on: dayOf(context.now) }, context);
}

/** Another place in the list is no other text. */
function nextEdition({ fields }: RecordState<'handbook_page'>, { title, body }: PageInput, { now }: CommandContext): Partial<HandbookPage> {
  const { edition = 1, editedOn } = fields;
  return title === fields.title && body === fields.body ? { edition: fields.edition, editedOn } : { edition: Math.min(edition + 1, lastEdition), editedOn: dayOf(now) };
}

/** A number behind it where it is taken; never longer than a slug may be. */
function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let serial = 1; ; serial += 1) {
    const ending = serial === 1 ? '' : `-${serial}`;
    const tried = `${slug.slice(0, slugLimit - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.has(tried)) return tried;
  }
}

function created(
  kind: 'handbook_page' | 'document' | 'reading_receipt',
  areaId: string,
  fields: Readonly<Record<string, unknown>>,
  context: CommandContext,
): Result<EntryDraft, CommandError> {
  const made = creation(kind, areaId, context.newId(), fields);
  return made.ok ? entryOf([made.value], context) : made;
}

function changed<K extends 'handbook_page' | 'document'>(
  record: RecordState<K>,
  kind: K,
  fields: Parameters<typeof correction<K>>[2],
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const made = correction(record as RecordState<'handbook_page'> | RecordState<'document'>, kind, fields);
  if (!made.ok) return made;
  return made.value === undefined ? ok(undefined) : entryOf([made.value], context);
}

function oneLine(text: string): string {
  return tidyText(text).replaceAll(/\s+/g, ' ');
}
