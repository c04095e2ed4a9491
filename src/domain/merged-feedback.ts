/** A feedback that says what another says is merged into it, and answered with it. */
import type { FeedbackStanding } from './feedback-fold.ts';
import { standingOf } from './permissions.ts';
import { isKind } from './record.ts';
import type { Records } from './record.ts';
import { isAboutStaff } from './topic.ts';

type FeedbackRecords = Pick<Records, 'find' | 'eventsOf'>;

/** Undefined: it is not here, or is deleted. */
export function standingIn(feedbackId: string, records: FeedbackRecords): FeedbackStanding | undefined {
  const feedback = records.find(feedbackId);
  return isKind(feedback, 'feedback') && !feedback.deleted ? standingOf(feedback, records) : undefined;
}

/**
 * Was what is to take it in merged into itself, one after another (two officers without a signal, each the other way round)? Then nobody would be left to answer.
 * What is said about staff is the bloc lead's alone: how it goes on there tells nothing about one that others may merge.
 */
export function closesRing(feedbackId: string, intoId: string, records: FeedbackRecords): boolean {
  const isLeadsAlone = isAboutStaff(standingIn(feedbackId, records)?.topic);
  const seen = new Set<string>();
  for (let next: string | undefined = intoId; next !== undefined && !seen.has(next); ) {
    if (next === feedbackId) return true;
    seen.add(next);
    const standing: FeedbackStanding | undefined = standingIn(next, records);
    next = isAboutStaff(standing?.topic) && !isLeadsAlone ? undefined : standing?.mergedInto;
  }
  return false;
}
