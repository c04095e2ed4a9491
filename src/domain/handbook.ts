/** What everybody in a commune may read without a signal: pages of the handbook, documents, and which team has read them (F02, F42). */
import * as z from 'zod/mini';
import { daySchema, hamletIdSchema, uuidSchema } from './identifiers.ts';

/** Characters of a page's Markdown: with all of its entry it stays well under 64 KiB. */
export const pageLimit = 20_000;

/**
 * `body`: Markdown. `order`: by which pages are listed, then by title. `edition`, `editedOn`: the how-manieth text this is, and since when; the record's version
 * would count what changes no word as well, and jumps after a restore. `archivedOn`: no longer listed.
 */
export const handbookPageSchema = z.strictObject({
  slug: z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), z.maxLength(60)),
  title: z.string().check(z.minLength(2), z.maxLength(120)),
  body: z.string().check(z.minLength(1), z.maxLength(pageLimit)),
  order: z.optional(z.int().check(z.gte(0), z.lte(9999))),
  edition: z.optional(z.int().check(z.gte(1), z.lte(9999))),
  editedOn: z.optional(daySchema),
  archivedOn: z.optional(daySchema),
});
export type HandbookPage = z.infer<typeof handbookPageSchema>;

export const documentKinds = ['directive', 'resolution', 'plan', 'guidance', 'notice', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A directive document (văn bản chỉ đạo). `summary`: what it asks of a team. `asksReceipt`: teams are asked to say that they have read it. */
export const documentSchema = z.strictObject({
  number: z.string().check(z.minLength(1), z.maxLength(60)),
  date: daySchema,
  issuer: z.string().check(z.minLength(2), z.maxLength(120)),
  title: z.string().check(z.minLength(2), z.maxLength(250)),
  kind: z.enum(documentKinds),
  summary: z.optional(z.string().check(z.minLength(1), z.maxLength(2000))),
  asksReceipt: z.optional(z.boolean()),
  archivedOn: z.optional(daySchema),
});
export type DirectiveDocument = z.infer<typeof documentSchema>;

/** A team has read a document or a page. It says which team and in which version, never that a person had not. */
export const readingReceiptSchema = z.strictObject({
  subjectId: uuidSchema,
  hamletId: hamletIdSchema,
  /** The version of the record that was read; 0: one that has not been sent yet. */
  readVersion: z.int().check(z.gte(0)),
  /** Which words were read (`textMark` in reading-standing.ts); absent: by the version alone. */
  readText: z.optional(z.string().check(z.regex(/^[0-9a-f]{8}$/))),
  on: daySchema,
});
export type ReadingReceipt = z.infer<typeof readingReceiptSchema>;
