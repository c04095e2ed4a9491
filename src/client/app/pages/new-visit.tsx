import { FeedbackFields } from '#client/features/feedback/feedback-fields.tsx';
import { emptyFeedback, toFeedbackInput } from '#client/features/feedback/feedback-said.ts';
import { ReferredSaved } from '#client/features/feedback/referred-saved.tsx';
import { PhotoBlock } from '#client/features/photos/photo-block.tsx';
import { ConsentQuestion } from '#client/features/subject-rights/consent-question.tsx';
import { VisitForm } from '#client/features/visits/visit-form.tsx';
import type { FeedbackBlock } from '#client/features/visits/visit-form.tsx';

const feedbackBlock: FeedbackBlock = { Fields: FeedbackFields, empty: emptyFeedback, toInput: toFeedbackInput, Referred: ReferredSaved };

/** A visit and what people said at the door, on one screen. */
export function NewVisitPage({ householdId, draftId }: { readonly householdId: string; readonly draftId?: string | undefined }) {
  return <VisitForm householdId={householdId} draftId={draftId} feedback={feedbackBlock} Consent={ConsentQuestion} Photos={PhotoBlock} />;
}
