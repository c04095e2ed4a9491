import { AddForm } from '#client/features/households/add-form.tsx';
import { ConsentQuestion } from '#client/features/subject-rights/consent-question.tsx';

/** A household that is not in the register yet, and what it answers where it is asked at once. */
export function AddHouseholdPage({ draftId }: { readonly draftId?: string | undefined }) {
  return <AddForm draftId={draftId} Consent={ConsentQuestion} />;
}
