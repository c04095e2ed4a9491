/** Whom to visit for Tết, who was visited, and the share of it that is done (indicator I-19). */
import type { Benefit, BenefitOccasion } from './benefit.ts';
import { daysBetween } from './identifiers.ts';
import { holdersOf } from './prestigious-coverage.ts';
import type { RecordState } from './record.ts';
import { tetAt } from './tet.ts';
import type { Tet } from './tet.ts';

type Person = RecordState<'prestigious_person'>;
type Term = Pick<RecordState<'prestigious_term'>, 'fields' | 'deleted'>;
type Given = Pick<RecordState<'benefit'>, 'recordId' | 'fields' | 'deleted'>;

export interface TetPlanRow<P, G> {
  readonly person: P;
  /** The visits for this Tết, the earliest first; empty: not visited yet. */
  readonly visits: readonly G[];
}

/** Everyone who holds a term, each once, in the order of `persons`. */
export function tetPlan<P extends Person, G extends Given>(
  tet: Pick<Tet, 'from' | 'to'>,
  { persons, terms, benefits }: { readonly persons: readonly P[]; readonly terms: readonly Term[]; readonly benefits: readonly G[] },
): readonly TetPlanRow<P, G>[] {
  const visits = benefits.filter((given) => isTetVisit(given) && isWithin(given.fields.date, tet)).toSorted((a, b) => (a.fields.date < b.fields.date ? -1 : 1));
  return holdersOf(persons, terms).map((person) => ({ person, visits: visits.filter(({ fields }) => fields.personId === person.recordId) }));
}

/** A share as its two numbers: percent is made where it is shown, and never of nothing. */
export interface Share {
  readonly done: number;
  readonly of: number;
}

/** I-19: of those who hold a term, how many were given at least one Tết visit in the period (local days, both inclusive). Void visits do not count. */
export function tetVisitShare(
  period: { readonly from: string; readonly to: string },
  records: { readonly persons: readonly Person[]; readonly terms: readonly Term[]; readonly benefits: readonly Given[] },
): Share {
  const rows = tetPlan(period, records);
  return { done: rows.filter(({ visits }) => visits.length > 0).length, of: rows.length };
}

/** In whole percent, rounded down: 100 only where nobody is left out. Undefined: there is nobody. */
export function percentOf({ done, of }: Share): number | undefined {
  return of === 0 ? undefined : Math.floor((done * 100) / of);
}

/** So many days before Tết a team is reminded of its own person. */
export const tetRemindsBefore = 30;

/** Who is still to be visited on this occasion, on that local day; nobody while it is far away, or where the occasion has no day in the calendar. */
export function personsForOccasion<P extends Person>(
  occasion: BenefitOccasion,
  day: string,
  records: { readonly persons: readonly P[]; readonly terms: readonly Term[]; readonly benefits: readonly Given[] },
): readonly P[] {
  const tet = occasion === 'lunar_new_year' ? tetAt(day) : undefined;
  if (tet === undefined || daysBetween(day, tet.day) > tetRemindsBefore) return [];
  return tetPlan(tet, records).flatMap(({ person, visits }) => (visits.length === 0 ? [person] : []));
}

function isTetVisit({ deleted, fields: { kind, occasion, voidReason } }: Pick<Given, 'deleted'> & { readonly fields: Benefit }): boolean {
  // A gift for the New Year of an ethnic group is of the same kind, and no visit for this Tết.
  return !deleted && kind === 'tet_visit' && voidReason === undefined && (occasion === undefined || occasion === 'lunar_new_year');
}

function isWithin(day: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return from <= day && day <= to;
}
