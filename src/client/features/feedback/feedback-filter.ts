/** Which feedback a member looks for, by where it stands: never by person. */
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { FeedbackState } from '#domain/feedback.ts';

export const feedbackViews = ['to_tell', 'returned', 'at_commune', 'done'] as const;
export type FeedbackView = (typeof feedbackViews)[number];

const viewOfState: Record<FeedbackState, FeedbackView> = {
  draft: 'at_commune',
  received: 'at_commune',
  triaged: 'at_commune',
  assigned: 'at_commune',
  in_progress: 'at_commune',
  answered: 'to_tell',
  delivered: 'to_tell',
  confirmed: 'done',
  closed_unreachable: 'done',
  reopened: 'at_commune',
  returned: 'returned',
  transferred_up: 'at_commune',
  merged: 'done',
  withdrawn: 'done',
  referred: 'done',
};

/** `to_tell`: the team's turn to go to the citizen; `returned`: the team's turn to add detail; `at_commune`: the commune's turn. */
export function viewOf(standing: Pick<FeedbackStanding, 'state'>): FeedbackView {
  return viewOfState[standing.state];
}
