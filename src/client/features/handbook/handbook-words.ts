/** Lines about pages and documents that more than one screen says. */
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { communeCodeOf, dayOf, isProvinceId } from '#domain/identifiers.ts';
import type { HandbookDocument, HandbookPage } from './book.ts';

function isOfProvince({ areaId }: HandbookPage | HandbookDocument): boolean {
  return isProvinceId(communeCodeOf(areaId));
}

/** Said in a list of the commune's own. */
export function comesFromProvince(store: Pick<FieldStore, 'account'>, record: HandbookPage | HandbookDocument): boolean {
  return isOfProvince(record) && communeCodeOf(record.areaId) !== store.account().communeCode;
}

export function editionWords(m: Messages, page: HandbookPage): string {
  const { edition = 1, editedOn = dayOf(Date.parse(page.occurredAt)) } = page.fields;
  return m.handbook.edition(edition, formatDay(editedOn), isOfProvince(page) ? m.handbook.byProvince : m.handbook.byCommune);
}

/** `Chỉ thị · Ban Bí thư · 20/10/2015`. */
export function documentLine(m: Messages, document: HandbookDocument): string {
  const { kind, issuer, date } = document.fields;
  return [m.words.documentKinds[kind], issuer, formatDay(date)].join(' · ');
}

export function documentTitle({ fields }: HandbookDocument): string {
  return `${fields.number} · ${fields.title}`;
}
