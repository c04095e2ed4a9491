/** What is done with a feedback after it was raised: each step is an append-only event that carries what its author had seen. */
import { creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { canApply } from './feedback-fold.ts';
import type { FeedbackStanding } from './feedback-fold.ts';
import type { FeedbackEvent } from './feedback.ts';
import { dayOf } from './identifiers.ts';
import type { RecordState } from './record.ts';
import { err } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

type WithoutCommon<E> = E extends FeedbackEvent ? Omit<E, 'feedbackId' | 'step' | 'on'> & { readonly on?: string } : never;
/** An event as the form gives it; `on` is today unless the form asks for the day. */
export type FeedbackStep = WithoutCommon<FeedbackEvent>;

/**
 * One entry of these steps, in order (an answer by one who has not opened the feedback yet is `start` and `answer`).
 * The first must apply where the feedback stands; the fold settles the others against what colleagues did meanwhile.
 */
export function advanceFeedback(
  feedback: RecordState<'feedback'>,
  standing: FeedbackStanding,
  steps: readonly FeedbackStep[],
  context: CommandContext,
): Result<EntryDraft, CommandError | { readonly code: 'not_now'; readonly kind: 'feedback_event' }> {
  const changes: Change[] = [];
  for (const [index, step] of steps.entries()) {
    const tidy = Object.entries(step).map(([field, value]) => [field, typeof value === 'string' ? tidyText(value) : value]);
    const event = {
      on: dayOf(context.now),
      ...Object.fromEntries(tidy),
      feedbackId: feedback.recordId,
      step: standing.nextStep + index,
    } as FeedbackEvent;
    if (index === 0 && !canApply(standing, event)) return err({ code: 'not_now', kind: 'feedback_event' });
    const change = creation('feedback_event', feedback.areaId, context.newId(), event);
    if (!change.ok) return change;
    changes.push(change.value);
  }
  return entryOf(changes, context);
}

/** The steps of an answer: whoever answers has opened it. */
export function answerSteps(standing: FeedbackStanding, answer: string, publicAnswer?: string): FeedbackStep[] {
  const step: FeedbackStep = { type: 'answer', answer, ...(publicAnswer === undefined ? {} : { publicAnswer }) };
  return standing.state === 'assigned' ? [{ type: 'start' }, step] : [step];
}
