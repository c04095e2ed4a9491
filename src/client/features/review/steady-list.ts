/** Nothing jumps while someone reads: rows stay where they are until the reader asks for what came meanwhile. */

export interface SteadyList {
  /** What the list shows, in the order it was last asked for. */
  readonly shown: readonly string[];
  /** How many belong here and are not shown yet. */
  readonly arrivals: number;
}

/**
 * `held`: the ids as they stood when the reader last chose this view. `fresh`: the ids that belong here now. A row that no longer
 * belongs (it was just answered) stays until the reader asks; one that may not be read any more (`isThere`) goes at once.
 */
export function steadyList(held: readonly string[], fresh: readonly string[], isThere: (id: string) => boolean): SteadyList {
  // Nobody reads an empty list: what comes first is shown at once.
  if (held.length === 0) return { shown: fresh, arrivals: 0 };
  const known = new Set(held);
  return { shown: held.filter(isThere), arrivals: fresh.filter((id) => !known.has(id)).length };
}
