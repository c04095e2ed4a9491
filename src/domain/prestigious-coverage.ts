/** Who holds a term, and which hamlets have nobody who does. */
import { holdingStates } from './prestigious-term.ts';
import type { PrestigiousTerm } from './prestigious-term.ts';
import type { RecordState } from './record.ts';

type Term = Pick<RecordState<'prestigious_term'>, 'fields' | 'areaId' | 'deleted'>;

export function isHeld(term: Pick<RecordState<'prestigious_term'>, 'fields' | 'deleted'>): boolean {
  return !term.deleted && holdingStates.includes(term.fields.state);
}

/** Its years are over (local day), and nobody has ended or renewed it. */
export function hasRunOut(term: Pick<PrestigiousTerm, 'termTo' | 'state'>, today: string): boolean {
  return holdingStates.includes(term.state) && term.termTo < Number(today.slice(0, 4));
}

/**
 * Of a person's terms the one to speak of: the held one, else the one whose way goes on, else the last; of equals the one that begins later. Undefined: they never
 * had one.
 */
export function presentTerm<T extends Pick<RecordState<'prestigious_term'>, 'fields' | 'deleted' | 'recordId'>>(terms: readonly T[]): T | undefined {
  const rank = (term: T) => (isHeld(term) ? 0 : term.fields.endReason === undefined ? 1 : 2);
  const inOrder = terms
    .filter((term) => !term.deleted)
    .toSorted((a, b) => rank(a) - rank(b) || b.fields.termFrom - a.fields.termFrom || (a.recordId < b.recordId ? 1 : -1));
  return inOrder[0];
}

/** The persons who hold a term: benefits are due to them. */
export function holdersOf<P extends Pick<RecordState<'prestigious_person'>, 'recordId' | 'deleted'>>(
  persons: readonly P[],
  terms: readonly Pick<RecordState<'prestigious_term'>, 'fields' | 'deleted'>[],
): readonly P[] {
  const holding = new Set(terms.filter(isHeld).map(({ fields }) => fields.personId));
  return persons.filter(({ recordId, deleted }) => !deleted && holding.has(recordId));
}

export interface Coverage {
  readonly hamlets: number;
  readonly covered: number;
  /** In the order they were given. */
  readonly without: readonly string[];
}

/** `hamletIds`: those that stand for themselves today. `presentAreaOf`: a term's hamlet may have been merged into another (`presentArea`). */
export function coverageOf(hamletIds: readonly string[], terms: readonly Term[], presentAreaOf: (areaId: string) => string): Coverage {
  const covered = new Set(terms.filter(isHeld).map(({ areaId }) => presentAreaOf(areaId)));
  const without = hamletIds.filter((hamletId) => !covered.has(hamletId));
  return { hamlets: hamletIds.length, covered: hamletIds.length - without.length, without };
}
