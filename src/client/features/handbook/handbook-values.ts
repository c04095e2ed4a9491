/** What is typed in the forms of the handbook. A draft keeps only what was touched: taken up later it leaves the rest as a colleague has put it meanwhile. */
import type { DocumentInput } from '#domain/write-handbook.ts';
import type { HandbookDocument, HandbookPage } from './book.ts';

export interface PageValues {
  readonly title: string;
  readonly body: string;
  /** As typed. */
  readonly order: string;
}

export type DocumentValues = DocumentInput & { readonly summary: string; readonly asksReceipt: boolean };

/** As the form shows it. `page` undefined: a new one. */
export function pageValues(page: HandbookPage | undefined, touched: Partial<PageValues>): PageValues {
  const { title = '', body = '', order } = page?.fields ?? {};
  return { title, body, order: order === undefined ? '' : String(order), ...touched };
}

/** The same of a document; a new one is of `today` (YYYY-MM-DD) until another day is chosen. */
export function documentValues(document: HandbookDocument | undefined, touched: Partial<DocumentValues>, today: string): DocumentValues {
  const written = document?.fields ?? { number: '', date: today, issuer: '', title: '', kind: 'plan', asksReceipt: true };
  const { number, date, issuer, title, kind, summary = '', asksReceipt = false } = written;
  return { number, date, issuer, title, kind, summary, asksReceipt, ...touched };
}
