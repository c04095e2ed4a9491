/** Whom to visit for Tết, who was visited, and the share of it that is done (indicator I-19). */
import type { Benefit, BenefitOccasion } from './benefit.ts';
import { daysBetween } from './identifiers.ts';
import { isHeld } from './prestigious-coverage.ts';
import type { RecordState } from './record.ts';
import { tetAt } from './tet.ts';
import type { Tet } from './tet.ts';
import { isVoid } from './void-record.ts';

type Person = RecordState<'prestigious_person'>;
type Term = Pick<RecordState<'prestigious_term'>, 'fields' | 'deleted'>;
type Given = Pick<RecordState<'benefit'>, 'recordId' | 'fields' | 'deleted'>;
type Talk = Pick<RecordState<'prestigious_contact'>, 'fields' | 'deleted'>;

export interface TetPlanRow<P, G> {
  readonly person: P;
  /** The visits for this Tết, the earliest first; empty: not visited yet. */
  readonly visits: readonly G[];
}

/** Everyone who holds a term when the visits end (of a Tết that is over: who held one then), each once, in the order of `persons`. Gifts alone are visits. */
export function tetPlan<P extends Person, G extends Given>(
  tet: Pick<Tet, 'from' | 'to'>,
  { persons, terms, benefits }: { readonly persons: readonly P[]; readonly terms: readonly Term[]; readonly benefits: readonly G[] },
): readonly TetPlanRow<P, G>[] {
  const visits = benefits.filter((given) => isTetVisit(given) && isWithin(given.fields.date, tet)).sort((a, b) => (a.fields.date < b.fields.date ? -1 : 1));
  const holding = new Set(terms.filter((term) => isHeldOn(term, tet.to)).map(({ fields }) => fields.personId));
  const holders = persons.filter(({ recordId, deleted }) => !deleted && holding.has(recordId));
  return holders.map((person) => ({ person, visits: visits.filter(({ fields }) => fields.personId === person.recordId) }));
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
export const tetRemindsBefore = 21;

/**
 * Of whom a team is still reminded on this occasion, on that local day; nobody while it is far away, or where the occasion has no day in the calendar. The plan and
 * I-19 go by the gifts alone; here a talk for Tết is enough: the team has been at the door, and bringing the gift is the commune's.
 */
export function personsForOccasion<P extends Person>(
  occasion: BenefitOccasion,
  day: string,
  records: { readonly persons: readonly P[]; readonly terms: readonly Term[]; readonly benefits: readonly Given[]; readonly talks?: readonly Talk[] },
): readonly P[] {
  const tet = occasion === 'lunar_new_year' ? tetAt(day) : undefined;
  if (tet === undefined || daysBetween(day, tet.day) > tetRemindsBefore) return [];
  const calledOn = new Set((records.talks ?? []).filter((talk) => isTetTalk(talk) && isWithin(talk.fields.date, tet)).map(({ fields }) => fields.personId));
  return tetPlan(tet, records).flatMap(({ person, visits }) => (visits.length === 0 && !calledOn.has(person.recordId) ? [person] : []));
}

function isTetVisit({ deleted, fields: { kind, occasion, voidReason } }: Pick<Given, 'deleted'> & { readonly fields: Benefit }): boolean {
  // A gift for the New Year of an ethnic group is of the same kind, and no visit for this Tết.
  return !deleted && kind === 'tet_visit' && voidReason === undefined && (occasion === undefined || occasion === 'lunar_new_year');
}

function isTetTalk(talk: Talk): boolean {
  return !talk.deleted && talk.fields.purpose === 'tet' && talk.fields.met === 'yes' && !isVoid(talk);
}

/** Was this term held at the end of that local day? Nothing but its end takes it away: also one whose years ran out is held until somebody ends or renews it. */
function isHeldOn(term: Term, day: string): boolean {
  const { decidedOn, decisionNo, proposedOn, termFrom, termTo, endedOn, endReason } = term.fields;
  if ((decidedOn ?? `${termFrom}-01-01`) > day) return false;
  if (isHeld(term)) return true;
  // What was proposed and ended without a decision was never held; what came from a list was, though the list may name no decision.
  const wasHeld = !term.deleted && endReason !== undefined && (decidedOn !== undefined || decisionNo !== undefined || proposedOn === undefined);
  return wasHeld && (endedOn ?? `${termTo}-12-31`) > day;
}

function isWithin(day: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return from <= day && day <= to;
}
