/** What a page says without the signs of its Markdown, on one line: to be searched and shown in part. Written for reading, not for parsing: a sign too many does no harm. */
export function plainTextOf(markdown: string): string {
  return markdown
    .replaceAll(/^[ \t]*(```|~~~).*$/gm, ' ')
    // A table's rule, a rule, the underline of a heading.
    .replaceAll(/^[ \t]*[|:=*_-][|:=*_\s-]*$/gm, ' ')
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replaceAll(/^[ \t]*(?:#{1,6}|>+|[-*+]|\d+[.)])[ \t]+/gm, '')
    .replaceAll(/[*_`~]{1,3}/g, '')
    .replaceAll('|', ' ')
    .normalize('NFC')
    .replaceAll(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}
