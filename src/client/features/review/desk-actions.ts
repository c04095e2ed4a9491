/** What can be done at the desk with one feedback, and the steps each action is made of. */
import type { Change } from '#domain/change.ts';
import { answerSteps } from '#domain/advance-feedback.ts';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import { canApply } from '#domain/feedback-fold.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { feedbackTransitions } from '#domain/feedback.ts';
import type { FeedbackEvent, FeedbackEventType, ReturnableField, Urgency } from '#domain/feedback.ts';
import { mayWrite } from '#domain/permissions.ts';
import type { RecordState, Records } from '#domain/record.ts';
import type { MemberScope } from '#domain/role.ts';
import { isAboutStaff } from '#domain/topic.ts';
import type { Topic } from '#domain/topic.ts';
import type { DeskScope } from './desk-row.ts';

export const deskActions = ['triage', 'assign', 'answer', 'start', 'return', 'extend', 'transfer_up', 'reopen', 'merge', 'refer', 'withdraw'] as const;
export type DeskAction = (typeof deskActions)[number];

/** What the forms of all actions hold, as typed; each action takes what it needs. */
export interface ActionValues {
  readonly topic: Topic | '';
  readonly urgency: Urgency;
  readonly unitId: string;
  readonly dueOn: string;
  readonly answer: string;
  readonly publicAnswer: string;
  readonly field: ReturnableField | '';
  readonly comment: string;
  readonly reason: string;
  readonly intoId: string;
}

/** The events that apply where the feedback stands now and that this member's roles allow: the two questions of the domain. */
export function offeredEvents(
  member: MemberScope,
  feedback: RecordState<'feedback'>,
  standing: FeedbackStanding,
  records: Records,
  today: string,
): ReadonlySet<FeedbackEventType> {
  const other = standing.otherAnswers[0]?.eventId;
  const types = Object.keys(feedbackTransitions) as FeedbackEventType[];
  return new Set(
    types.filter((type) => {
      const set = { type, feedbackId: feedback.recordId, step: standing.nextStep, on: today, ...(type === 'choose_answer' ? { eventId: other } : {}) };
      const change: Change = { recordId: feedback.recordId, kind: 'feedback_event', areaId: feedback.areaId, base: 0, set };
      return canApply(standing, set as FeedbackEvent) && mayWrite(member, change, undefined, records).allowed;
    }),
  );
}

/** Whatever is done with what is still new triages it first, an answer to what was not opened yet opens it first: one entry, steps in order. */
export function offeredActions(events: ReadonlySet<FeedbackEventType>): ReadonlySet<DeskAction> {
  const isOffered = (action: DeskAction): boolean => {
    if (action === 'assign') return events.has('assign') || events.has('triage');
    if (action === 'return') return events.has('return') || events.has('triage');
    if (action === 'answer') return events.has('answer') || events.has('start') || events.has('triage');
    return events.has(action);
  };
  return new Set(deskActions.filter(isOffered));
}

/** The one strong button; undefined: it is somebody else's turn. */
export function nextAction(standing: FeedbackStanding, offered: ReadonlySet<DeskAction>): DeskAction | undefined {
  const isNew = standing.state === 'received' || standing.state === 'reopened' || standing.state === 'triaged';
  const next: DeskAction = isNew ? 'assign' : 'answer';
  return offered.has(next) ? next : undefined;
}

/** Feedback about staff leaves the officers' sight with its triage: only the bloc's lead goes on from there. */
export function leavesOfficers(action: DeskAction, values: Pick<ActionValues, 'topic'>, scope: DeskScope): boolean {
  return (action === 'assign' || action === 'triage') && isAboutStaff(values.topic) && !scope.isLead;
}

export function stepsOf(action: DeskAction, values: ActionValues, standing: FeedbackStanding, scope: DeskScope): FeedbackStep[] {
  const isNew = standing.state === 'received' || standing.state === 'reopened';
  const triage: FeedbackStep = {
    type: 'triage',
    ...(values.topic === '' || values.topic === standing.topic ? {} : { topic: values.topic }),
    ...(values.urgency === standing.urgency ? {} : { urgency: values.urgency }),
  };
  switch (action) {
    case 'triage':
      return [triage];
    case 'assign': {
      if (leavesOfficers(action, values, scope)) return [triage];
      const assign = { type: 'assign', unitId: values.unitId, dueOn: values.dueOn } as const;
      return isNew ? [triage, assign] : [assign];
    }
    case 'answer': {
      const answer = answerSteps(standing, values.answer, values.publicAnswer.trim() === '' ? undefined : values.publicAnswer);
      return isNew ? [{ type: 'triage' }, ...answer] : answer;
    }
    case 'return': {
      const giveBack = { type: 'return', field: values.field as ReturnableField, comment: values.comment } as const;
      return isNew ? [{ type: 'triage' }, giveBack] : [giveBack];
    }
    case 'extend':
      return [{ type: 'extend', dueOn: values.dueOn, reason: values.reason }];
    case 'transfer_up':
    case 'reopen':
      return [{ type: action, reason: values.reason }];
    case 'merge':
      return [{ type: 'merge', intoId: values.intoId }];
    case 'start':
    case 'refer':
    case 'withdraw':
      return [{ type: action }];
  }
}
