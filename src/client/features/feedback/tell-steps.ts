/** From what the member chose after going to the citizen to the events that tell it. */
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { AnswerChannel, Confirmation } from '#domain/feedback.ts';

export interface TellValues {
  readonly outcome?: 'told' | 'not_found' | undefined;
  readonly channel: AnswerChannel;
  /** `later`: told, but the citizen has not said yet what they think of it. */
  readonly confirmation?: Confirmation | 'later' | undefined;
}

/** The steps to save, or the field that still wants a choice. A feedback that was told before only wants the citizen's word. */
export function tellSteps(values: TellValues, standing: Pick<FeedbackStanding, 'state'>): { readonly steps: FeedbackStep[] } | { readonly missing: 'met' | 'confirmation' } {
  const isToldAlready = standing.state === 'delivered';
  if (values.outcome === 'not_found') return { steps: [{ type: 'not_found' }] };
  if (values.outcome === undefined && !isToldAlready) return { missing: 'met' };
  if (values.confirmation === undefined || (isToldAlready && values.confirmation === 'later')) return { missing: 'confirmation' };
  const told: FeedbackStep[] = isToldAlready ? [] : [{ type: 'deliver', channel: values.channel }];
  return { steps: values.confirmation === 'later' ? told : [...told, { type: 'confirm', confirmation: values.confirmation }] };
}
