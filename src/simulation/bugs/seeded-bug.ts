/** A bug that somebody once shipped, or that the review of the protocol feared, as a search-and-replace on the real source. */
export interface SeededBug {
  /** In kebab-case: what the broken code does. */
  readonly name: string;
  /** Where it comes from: a line of the protocol's "What it costs us to get wrong", or the public issue it is named after. */
  readonly from: string;
  readonly edits: readonly SeededEdit[];
  /** A plan that shows it, where no seed of the first thousands does: a file beside the bugs. */
  readonly plan?: string | undefined;
}

export interface SeededEdit {
  /** From `src`, e.g. `server/receive-entry.ts`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** The source with the bug in it. Throws where the text to replace is not there exactly once: a bug that no longer fits proves nothing. */
export function plant(source: string, { file, find, replace }: SeededEdit): string {
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${file}: the text to replace is there ${found} times: ${find}`);
  return source.replace(find, () => replace);
}
