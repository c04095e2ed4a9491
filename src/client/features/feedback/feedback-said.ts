/** From what stands in the feedback fields to what the command takes: nothing travels that the citizen did not agree to. */
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { isReferredKind } from '#domain/feedback.ts';
import type { FeedbackKind } from '#domain/feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';

/** The fields while they are filled. `kind` is always chosen. */
export type FeedbackSaid = Partial<FeedbackInput> & Pick<FeedbackInput, 'kind'>;

export const emptyFeedback: FeedbackSaid = { kind: 'phan_anh' };

/** Choosing a complaint or denunciation takes everything else away, on the screen and in the draft. */
export function withKind(said: FeedbackSaid, kind: FeedbackKind): FeedbackSaid {
  return isReferredKind(kind) ? { kind } : { ...said, kind };
}

/** Would `withKind` take words away that somebody wrote? */
export function losesWords(said: FeedbackSaid, kind: FeedbackKind): boolean {
  return isReferredKind(kind) && [said.text, said.place, said.citizenName, said.citizenPhone].some((words) => (words ?? '').trim() !== '');
}

export function toFeedbackInput(said: FeedbackSaid): FeedbackInput {
  if (isReferredKind(said.kind)) return { kind: said.kind };
  const { citizenName, citizenPhone, nameToResponder, householdId, ...open } = said;
  const words = { ...open, place: said.place?.trim() };
  if (said.anonymity !== 'named') return words;
  return { ...words, citizenName: citizenName?.trim(), citizenPhone: tidyPhone(citizenPhone ?? '') || undefined, nameToResponder: nameToResponder ?? false, householdId };
}
