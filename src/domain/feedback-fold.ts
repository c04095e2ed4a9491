/**
 * From what happened to where it stands: folds a feedback's append-only events. Two offline devices may both have added some, so
 * the order is made of what the events themselves say (`step`, then the row order of the states they lead to, then the id): every
 * device and the endpoint arrive at the same state whatever arrived first. An event that does not apply stays in the history, marked.
 */
import {
  feedbackStates,
  feedbackTransitions,
  isReferredKind,
  maxReopenings,
  maxStep,
  reopenWithinDays,
  unreachableAfterDays,
  unreachableTries,
} from './feedback.ts';
import type { Confirmation, Feedback, FeedbackEvent, FeedbackState, Urgency } from './feedback.ts';
import { daysBetween } from './identifiers.ts';
import { isLetGo } from './let-go.ts';
import type { Topic } from './topic.ts';

export interface RecordedEvent {
  readonly eventId: string;
  readonly event: FeedbackEvent;
}

export interface HistoryStep extends RecordedEvent {
  /** False: another event came first and this one no longer applied; kept and shown. */
  readonly applied: boolean;
  /** Detail given when the citizen's number was asked for: it may hold the number. */
  readonly maySayPhone: boolean;
}

export interface FeedbackStanding {
  readonly state: FeedbackState;
  readonly topic: Topic | undefined;
  readonly urgency: Urgency;
  readonly assignee: string | undefined;
  readonly dueOn: string | undefined;
  readonly extended: boolean;
  readonly answer: string | undefined;
  /** The event whose answer is shown. */
  readonly answerId: string | undefined;
  readonly publicAnswer: string | undefined;
  readonly answeredOn: string | undefined;
  /** Events that carry another answer to the same question: the bloc picks. Empty where there is one answer. */
  readonly otherAnswers: readonly RecordedEvent[];
  readonly returned: { readonly field: string; readonly comment: string } | undefined;
  readonly details: readonly string[];
  readonly deliveredOn: string | undefined;
  readonly confirmation: Confirmation | undefined;
  readonly closedOn: string | undefined;
  readonly tries: number;
  readonly reopenCount: number;
  readonly mergedInto: string | undefined;
  readonly history: readonly HistoryStep[];
  /** The `step` a new event must carry. */
  readonly nextStep: number;
}

type Draft = { -readonly [K in keyof FeedbackStanding]: FeedbackStanding[K] };

const rowOrder = (event: FeedbackEvent): number => {
  const { to, from } = feedbackTransitions[event.type];
  return feedbackStates.indexOf(to === 'same' ? (from[0] as FeedbackState) : to);
};

function compareEvents(a: RecordedEvent, b: RecordedEvent): number {
  return (
    a.event.step - b.event.step ||
    rowOrder(a.event) - rowOrder(b.event) ||
    (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0)
  );
}

/** Does `event` apply where the feedback stands now? The screen asks the same question before it offers a button. */
export function canApply(standing: FeedbackStanding, event: FeedbackEvent): boolean {
  if (!feedbackTransitions[event.type].from.includes(standing.state)) return false;
  switch (event.type) {
    case 'extend':
      return !standing.extended;
    case 'transfer_up':
      return standing.state === 'assigned' || standing.reopenCount >= maxReopenings;
    case 'reopen':
      return (
        standing.reopenCount < maxReopenings &&
        (standing.closedOn === undefined || daysBetween(standing.closedOn, event.on) <= reopenWithinDays)
      );
    case 'close_unreachable':
      return (
        standing.tries >= unreachableTries &&
        standing.answeredOn !== undefined &&
        daysBetween(standing.answeredOn, event.on) >= unreachableAfterDays
      );
    case 'choose_answer':
      // The one that is shown may be chosen too: that ends the question.
      return standing.otherAnswers.length > 0 && [standing.answerId, ...standing.otherAnswers.map((other) => other.eventId)].includes(event.eventId);
    case 'merge':
      // What was to answer for it is erased: it is answered for itself once more (`unmerging` in let-go.ts).
      return !isLetGo(event.intoId);
    default:
      return true;
  }
}

function apply(standing: Draft, { event, eventId }: RecordedEvent): void {
  const { to } = feedbackTransitions[event.type];
  if (to !== 'same') standing.state = to;
  switch (event.type) {
    case 'triage':
      unassign(standing);
      standing.topic = event.topic ?? standing.topic;
      standing.urgency = event.urgency ?? standing.urgency;
      break;
    case 'assign':
      standing.assignee = event.unitId;
      standing.dueOn = event.dueOn;
      standing.extended = false;
      break;
    case 'answer':
      standing.answer = event.answer;
      standing.answerId = eventId;
      standing.publicAnswer = event.publicAnswer;
      standing.answeredOn = event.on;
      standing.tries = 0;
      standing.otherAnswers = [];
      break;
    case 'choose_answer': {
      const chosen = standing.otherAnswers.find((other) => other.eventId === event.eventId)?.event;
      if (chosen?.type === 'answer') {
        standing.answer = chosen.answer;
        standing.answerId = event.eventId;
        standing.publicAnswer = chosen.publicAnswer;
      }
      standing.otherAnswers = [];
      break;
    }
    case 'extend':
      standing.dueOn = event.dueOn;
      standing.extended = true;
      break;
    case 'return':
      standing.returned = { field: event.field, comment: event.comment };
      break;
    case 'add_detail':
      unassign(standing);
      if (event.detail !== undefined) standing.details = [...standing.details, event.detail];
      standing.returned = undefined;
      break;
    case 'deliver':
      standing.deliveredOn = event.on;
      break;
    case 'not_found':
      standing.tries += 1;
      break;
    case 'confirm':
      standing.confirmation = event.confirmation;
      if (event.confirmation === 'not') reopen(standing);
      else standing.closedOn = event.on;
      break;
    case 'close_unreachable':
      standing.closedOn = event.on;
      break;
    case 'reopen':
      reopen(standing);
      break;
    case 'merge':
      standing.mergedInto = event.intoId;
      break;
    case 'transfer_up':
    case 'withdraw':
      unassign(standing);
      break;
    case 'start':
    case 'refer':
      break;
  }
}

/** What begins anew, was passed up or taken back, is no unit's until it is assigned anew: the former one reads no further, and answers no more. */
function unassign(standing: Draft): void {
  standing.assignee = undefined;
  standing.dueOn = undefined;
  standing.extended = false;
}

function reopen(standing: Draft): void {
  unassign(standing);
  standing.state = standing.reopenCount >= maxReopenings ? 'transferred_up' : 'reopened';
  if (standing.state === 'reopened') standing.reopenCount += 1;
  standing.closedOn = undefined;
  standing.deliveredOn = undefined;
  standing.otherAnswers = [];
}

/** Where a feedback stands, from what was said and all its events in any order. */
export function foldFeedback(feedback: Feedback, events: readonly RecordedEvent[]): FeedbackStanding {
  const standing: Draft = {
    state: isReferredKind(feedback.kind) ? 'referred' : 'received',
    topic: feedback.topic,
    urgency: feedback.urgency ?? 'normal',
    assignee: undefined,
    dueOn: undefined,
    extended: false,
    answer: undefined,
    answerId: undefined,
    publicAnswer: undefined,
    answeredOn: undefined,
    otherAnswers: [],
    returned: undefined,
    details: [],
    deliveredOn: undefined,
    confirmation: undefined,
    closedOn: undefined,
    tries: 0,
    reopenCount: 0,
    mergedInto: undefined,
    history: [],
    nextStep: 0,
  };
  const ordered = [...events];
  ordered.sort(compareEvents);
  const history: HistoryStep[] = [];
  let nextStep = 0;
  // What the next detail may answer: every return since the last detail, also one that did not apply; nobody knows which its author saw.
  let asked: string[] = [];
  let isAnswered = false;
  for (const recorded of ordered) {
    const applied = canApply(standing, recorded.event);
    if (applied) apply(standing, recorded);
    // A second answer to the question just answered: the bloc picks, however many steps its author had seen.
    else if (recorded.event.type === 'answer' && standing.state === 'answered') {
      standing.otherAnswers = [...standing.otherAnswers, recorded];
    }
    const { event } = recorded;
    if (event.type === 'return') {
      asked = isAnswered ? [event.field] : [...asked, event.field];
      isAnswered = false;
    }
    const isDetail = event.type === 'add_detail';
    isAnswered ||= isDetail;
    const maySayPhone = isDetail && (asked.length === 0 || asked.includes('citizenPhone'));
    history.push({ ...recorded, applied, maySayPhone });
    nextStep = Math.min(maxStep, Math.max(nextStep, event.step + 1));
  }
  return { ...standing, history, nextStep };
}
