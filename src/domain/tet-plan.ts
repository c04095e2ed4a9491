/** Whom to visit for Tết, who was visited, and the share of it that is done (indicator I-19); of whom a team is reminded on an occasion. */
import { occasionAt } from './occasion.ts';
import type { DatedOccasion } from './occasion.ts';
import { isHeld } from './prestigious-coverage.ts';
import type { RecordState } from './record.ts';
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
  const visits = benefits.filter((given) => isGiftFor('lunar_new_year', given) && isWithin(given.fields.date, tet)).sort((a, b) => (a.fields.date < b.fields.date ? -1 : 1));
  return holdersOn(tet.to, { persons, terms }).map((person) => ({ person, visits: visits.filter(({ fields }) => fields.personId === person.recordId) }));
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

/**
 * Of whom a team is still reminded on this occasion, on that local day; nobody while it is far away or over. The plan and I-19 go by the gifts alone; here a talk is
 * enough: the team has been at the door, and bringing the gift is the commune's.
 */
export function personsForOccasion<P extends Person>(
  occasion: DatedOccasion,
  day: string,
  records: { readonly persons: readonly P[]; readonly terms: readonly Term[]; readonly benefits: readonly Given[]; readonly talks?: readonly Talk[] },
): readonly P[] {
  const days = occasionAt(occasion, day);
  if (days === undefined || day < days.remindsFrom || days.to < day) return [];
  const gifts = records.benefits.filter((given) => isGiftFor(occasion, given));
  const talks = (records.talks ?? []).filter((talk) => isTalkFor(occasion, talk));
  const seen = new Set([...gifts, ...talks].filter(({ fields }) => isWithin(fields.date, days)).map(({ fields }) => fields.personId));
  return holdersOn(days.to, records).filter(({ recordId }) => !seen.has(recordId));
}

function isGiftFor(wanted: DatedOccasion, { deleted, fields: { kind, occasion, voidReason } }: Pick<Given, 'deleted' | 'fields'>): boolean {
  // Gifts for every occasion are of one kind; one that does not say for what was brought for Tết.
  return !deleted && kind === 'tet_visit' && voidReason === undefined && (occasion ?? 'lunar_new_year') === wanted;
}

/** Unity day is no purpose of a talk: whoever was met in its days was called on. */
function isTalkFor(occasion: DatedOccasion, talk: Talk): boolean {
  return !talk.deleted && (occasion !== 'lunar_new_year' || talk.fields.purpose === 'tet') && talk.fields.met === 'yes' && !isVoid(talk);
}

/** Each once, in the order of `persons`. */
function holdersOn<P extends Person>(day: string, { persons, terms }: { readonly persons: readonly P[]; readonly terms: readonly Term[] }): readonly P[] {
  const holding = new Set(terms.filter((term) => isHeldOn(term, day)).map(({ fields }) => fields.personId));
  return persons.filter(({ recordId, deleted }) => !deleted && holding.has(recordId));
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
