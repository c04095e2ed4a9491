/** How deep JSON from elsewhere may be: a limit before anything walks it. */

/** Deeper than any entry. */
export const maxEntryDepth = 12;
/** Deeper than anything in an answer, and far from where writing JSON runs out of stack. */
export const maxAnswerDepth = 64;

/** Has JSON at most so many levels of lists and objects? Looks no deeper than that. */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
