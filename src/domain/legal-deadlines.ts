/**
 * By when a citizen's request about their own record is answered and done, as a dated table: a new rule is a new row, and a request keeps the row of
 * the day it came. Needs legal review before use: taken from published summaries of Decree 356/2025/NĐ-CP (in force since 2026-01-01), not from a lawyer's reading.
 */
import { addDays } from './identifiers.ts';
import type { RequestKind, SubjectRequest } from './subject-request.ts';
import { addWorkingDays } from './working-days.ts';
import type { HolidayTable } from './working-days.ts';

interface LegalDeadlines {
  /** The first local day on which it holds. */
  readonly from: string;
  /** The citizen is told that it was received and what will happen. */
  readonly replyWorkingDays: number;
  /** It is done: days of the calendar from the day it came. */
  readonly doneDays: Readonly<Record<RequestKind, number>>;
  readonly needsLegalReview: boolean;
}

/** Rising by `from`. */
const legalDeadlines: readonly [LegalDeadlines, ...LegalDeadlines[]] = [
  { from: '2026-01-01', replyWorkingDays: 2, doneDays: { access: 10, correct: 10, erase: 20 }, needsLegalReview: true },
];

/** The local day by whose end the request must be done. */
export function dueOnOf({ kind, receivedOn }: Pick<SubjectRequest, 'kind' | 'receivedOn'>): string {
  return addDays(receivedOn, deadlinesOn(receivedOn).doneDays[kind]);
}

/** The local day by whose end the citizen must have been told what will happen. */
export function replyDueOnOf({ receivedOn }: Pick<SubjectRequest, 'receivedOn'>, holidays: HolidayTable): string {
  return addWorkingDays(receivedOn, deadlinesOn(receivedOn).replyWorkingDays, holidays);
}

/** A request from before the table began is held to its first row. */
function deadlinesOn(day: string): LegalDeadlines {
  return legalDeadlines.findLast(({ from }) => from <= day) ?? legalDeadlines[0];
}
