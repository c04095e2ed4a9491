/** One heading's words: which field they mean in a list, and whether the column must not be read at all. */
import { tidyText, withoutDiacritics } from '#domain/vietnamese-text.ts';
import { layouts } from './layout.ts';
import type { ListField, ListLayout } from './layout.ts';

/** What is never stored (domain model 3.4), and free notes, where such things are written. Looked for anywhere in a heading, brackets too. */
const neverStored = [
  'dan toc', 'ton giao', 'tin nguong', 'dang vien', 'vao dang', 'dang phai', 'chinh tri', 'cccd', 'cmnd', 'can cuoc', 'chung minh',
  'dinh danh', 'cmt', 'gttt', 'giay to tuy than', 'ho chieu', 'bhyt', 'bao hiem y te', 'suc khoe', 'khuyet tat', 'tien an', 'tien su', 'theo dao', 'toc nguoi', 'dantoc', 'the dang', 'trinh do', 'thanh phan', 'ghi chu', 'nhan xet', 'danh gia', 'thai do', 'tu tuong', 'benh', 'toa do',
];
/** Written short: the whole heading, or one half of it (`DT/TG`). A short form that a telephone shares (`ĐT`) is told apart by its đ alone. */
const neverStoredShort = ['dt', 'dtoc', 'tg', 'dang', 'dv', 'hoc van', 'td', 'dao', 'cc', 'so cc'];

/** `Số ĐT (nếu có)` -> `so dt`. */
export function plainHeading(heading: string): string {
  return plainWords(heading.replace(/\([^)]*\)/gu, ' '));
}

/** A heading as the list shows it: one line. */
export function shownHeading(cell: string): string {
  return tidyText(cell).replace(/\s+/gu, ' ');
}

function plainWords(text: string): string {
  return withoutDiacritics(text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' '));
}

const fieldOfHeading = new Map(
  Object.entries(layouts).map(([layout, { fields }]) => [
    layout,
    new Map(Object.entries(fields).flatMap(([field, headings]) => headings.map((heading) => [heading, field as ListField] as const))),
  ]),
);

/** The field that a heading says by itself. */
export function fieldOf(heading: string, layout: ListLayout): ListField | undefined {
  if (isForbidden(heading, layout)) return undefined;
  return fieldOfHeading.get(layout)?.get(plainHeading(heading)) ?? (isTelephone(heading) && layouts[layout].fields.phone !== undefined ? 'phone' : undefined);
}

/** Must the column not be read? Also where a person says which field it is. */
export function isForbidden(heading: string, layout: ListLayout): boolean {
  // A model's field of work is explained in brackets, and politics is one of them.
  const words = layout === 'models' && plainHeading(heading) === 'linh vuc' ? 'linh vuc' : plainWords(heading);
  if (neverStored.some((word) => words.includes(word))) return true;
  const { forbidden } = layouts[layout];
  if (isTelephone(heading)) return forbidden.includes('so dien thoai');
  if (forbidden.some((word) => plainHeading(heading).includes(word))) return true;
  return heading.split('/').some((half) => neverStoredShort.includes(plainHeading(half)));
}

function isTelephone(heading: string): boolean {
  return /^(?:số )?đt$/iu.test(shownHeading(heading.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')));
}
