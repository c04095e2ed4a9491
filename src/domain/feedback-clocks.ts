/**
 * By when what is owed for a feedback is due, and who is told as it comes near or goes by (domain model 3.2). Each clock starts with what the commune had: a step counts from its arrival at the
 * endpoint, so that a late sync shortens nothing. A table of dated rows: a new rule is a new row, and a feedback keeps the row of the day it arrived.
 * Needs legal review before use: the legal floors are those of laws read in 2026 in part (Law on Citizen Reception 42/2013, article 28.1; Decree 20/2008, article 9), the rest is the movement's own.
 */
import type { FeedbackStanding, HistoryStep } from './feedback-fold.ts';
import { isReferredKind } from './feedback.ts';
import type { FeedbackEvent } from './feedback.ts';
import { dayOf } from './identifiers.ts';
import type { AnyRecord, RecordState } from './record.ts';
import { addWorkingDays } from './working-days.ts';
import type { HolidayTable } from './working-days.ts';

/** Each in working days. */
interface FeedbackDeadlines {
  /** The first local day on which it holds. */
  readonly from: string;
  /** From its arrival (again) until somebody looked at it. What endangers people: the same day. */
  readonly triage: number;
  /** From its arrival until it is with whoever answers: article 9 of Decree 20/2008. */
  readonly assign: number;
  /** From the assignment, where the bloc names no other day. */
  readonly answer: number;
  /** From the answer until it is told at the door: a sync and a walk. */
  readonly tell: number;
  /** From its arrival until whoever spoke is told what becomes of it: article 28.1 of Law 42/2013. */
  readonly intake: number;
  readonly needsLegalReview: boolean;
}

/** Rising by `from`. */
const feedbackDeadlines: readonly [FeedbackDeadlines, ...FeedbackDeadlines[]] = [
  { from: '2026-01-01', triage: 2, assign: 5, answer: 10, tell: 5, intake: 10, needsLegalReview: true },
];

export type Owed = 'triage' | 'assign' | 'answer' | 'tell';

/** By the end of the local day `dueOn`. */
export interface Clock {
  readonly owed: Owed;
  readonly dueOn: string;
}

export interface ClockRules {
  readonly holidays: HolidayTable;
  /** The feedback and its events, as they are at hand: for when each arrived. */
  readonly find: (recordId: string) => Pick<AnyRecord, 'receivedAt'> | undefined;
}

type Said = Pick<RecordState<'feedback'>, 'fields' | 'receivedAt'>;

/** What is owed next. Undefined: nothing (it waits for whoever spoke, or has ended), or nobody at the commune has it yet. */
export function clockOf(feedback: Said, standing: FeedbackStanding, { holidays, find }: ClockRules): Clock | undefined {
  const { receivedAt } = feedback;
  if (receivedAt === undefined || isReferredKind(feedback.fields.kind)) return undefined;
  const { triage, assign, tell } = deadlinesOn(dayOf(Date.parse(receivedAt)));
  /** On this phone without its arrival: a step of its own, which has not been sent. */
  const arrivalOf = (step: HistoryStep): string => {
    const arrivedAt = find(step.eventId)?.receivedAt;
    return arrivedAt === undefined ? step.event.on : dayOf(Date.parse(arrivedAt));
  };
  const begins = standing.history.findLast(({ applied, event }) => applied && isNewBeginning(event));
  const begunOn = begins === undefined ? dayOf(Date.parse(receivedAt)) : arrivalOf(begins);
  const within = (workingDays: number) => (standing.urgency === 'urgent_safety' ? begunOn : addWorkingDays(begunOn, workingDays, holidays));
  switch (standing.state) {
    case 'received':
    case 'reopened':
      return { owed: 'triage', dueOn: within(triage) };
    case 'triaged':
      return { owed: 'assign', dueOn: within(assign) };
    case 'assigned':
    case 'in_progress':
      return standing.dueOn === undefined ? undefined : { owed: 'answer', dueOn: standing.dueOn };
    case 'answered': {
      const answered = standing.history.find(({ eventId }) => eventId === standing.answerId);
      return answered === undefined ? undefined : { owed: 'tell', dueOn: addWorkingDays(arrivalOf(answered), tell, holidays) };
    }
    default:
      return undefined;
  }
}

/** From here on the commune owes a look again: detail that it asked for, new facts, or an answer that did not help. */
function isNewBeginning(event: FeedbackEvent): boolean {
  return event.type === 'add_detail' || event.type === 'reopen' || (event.type === 'confirm' && event.confirmation === 'not');
}

/** The day by whose end whoever spoke is to be told what becomes of it. Undefined: not arrived yet, or referred elsewhere by what it is. */
export function intakeDueOnOf({ fields, receivedAt }: Said, holidays: HolidayTable): string | undefined {
  if (receivedAt === undefined || isReferredKind(fields.kind)) return undefined;
  const arrivedOn = dayOf(Date.parse(receivedAt));
  return addWorkingDays(arrivedOn, deadlinesOn(arrivedOn).intake, holidays);
}

/** How many working days a unit has by default, of an assignment of that day. */
export function usualAnswerDays(assignedOn: string): number {
  return deadlinesOn(assignedOn).answer;
}

/** The due day that is proposed with an assignment of that day. */
export function usualDueOn(assignedOn: string, holidays: HolidayTable): string {
  return addWorkingDays(assignedOn, usualAnswerDays(assignedOn), holidays);
}

/**
 * Who is to look: `soon`, from two working days before on, whoever owes it; `today` and `late`, the bloc; `lead`, from three working days after on, its lead too; `report`, from ten on, the
 * month's report and, as a count, the province.
 */
export type Escalation = 'none' | 'soon' | 'today' | 'late' | 'lead' | 'report';

const soonBefore = 2;
const leadAfter = 3;
const reportAfter = 10;

/** `today`: the local day. */
export function escalationOf(dueOn: string, today: string, holidays: HolidayTable): Escalation {
  if (today === dueOn) return 'today';
  if (today < dueOn) return addWorkingDays(today, soonBefore, holidays) >= dueOn ? 'soon' : 'none';
  if (today >= addWorkingDays(dueOn, reportAfter, holidays)) return 'report';
  return today >= addWorkingDays(dueOn, leadAfter, holidays) ? 'lead' : 'late';
}

function deadlinesOn(day: string): FeedbackDeadlines {
  return feedbackDeadlines.findLast(({ from }) => from <= day) ?? feedbackDeadlines[0];
}
