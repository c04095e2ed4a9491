/** When somebody was last at a household's door, and how often: a void visit is none. */
import type { RecordState } from './record.ts';
import { isVoid } from './void-record.ts';

type Visit = RecordState<'visit'>;

/** Those that count. */
export function standingVisits(visits: readonly Visit[]): readonly Visit[] {
  return visits.filter((visit) => !visit.deleted && !isVoid(visit));
}

/** The one of the newest day, which need not be the one that was logged last; of one day's visits the one that was logged last. Nobody may have been at home. */
export function lastVisit(visits: readonly Visit[]): Visit | undefined {
  return standingVisits(visits).reduce<Visit | undefined>((last, visit) => (last === undefined || isLater(visit, last) ? visit : last), undefined);
}

/** Days may be written down late, and in any order. */
export function isLater(a: Visit, b: Visit): boolean {
  return a.fields.date !== b.fields.date ? a.fields.date > b.fields.date : Date.parse(a.occurredAt) > Date.parse(b.occurredAt);
}
