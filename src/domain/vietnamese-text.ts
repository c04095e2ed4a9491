/** Vietnamese text: one way to search without diacritics and one way to sort, used by index and query alike. */

/** `Nguyễn Văn Đức` and `nguyen van duc` become the same; spaces are folded. */
export function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    // The other two are Icelandic, and stand in lists in their place: they look the same.
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

const collator = new Intl.Collator('vi', { numeric: true, sensitivity: 'variant' });

/** Vietnamese dictionary order; numbers inside a text by their value. */
export function compareVietnamese(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Free text as it is kept: NFC, one kind of line break, no space at the ends, no mark that nobody sees, `Đ` where another letter looks like it. */
export function tidyText(text: string): string {
  return text.normalize('NFC').replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '').replaceAll('\u00D0', 'Đ').replaceAll('\u00F0', 'đ').replace(/\r\n?/g, '\n').trim();
}
