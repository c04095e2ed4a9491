import { useState } from 'react';
import { fieldErrorWords, saveErrorWords, wordingSaidWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { useWordingQuestion } from '#client/store/use-wording-question.ts';
import { Button } from '#client/ui/button.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import type { ReturnableField } from '#domain/feedback.ts';
import type { RecordState } from '#domain/record.ts';

interface DetailFormProps {
  readonly feedback: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
  readonly returned: NonNullable<FeedbackStanding['returned']>;
}

const detailLimit = 1000;

/** The commune asks for detail: its question, and where the answer to it is written. */
export function DetailForm({ feedback, standing, returned }: DetailFormProps) {
  const m = useMessages();
  const store = useStore();
  // Each question has a draft of its own: an answer to the last one is none to this.
  const draftId = `detail-${feedback.recordId}-${standing.nextStep}`;
  const { values, setValues, form } = useDraftedForm(store, { draftId, form: 'detail', subjectId: feedback.recordId }, () => ({ detail: '' }));
  const [error, setError] = useState<string | undefined>(undefined);
  const showToast = useToast();
  const wording = useWordingQuestion();

  const submit = async () => {
    const entry = advanceFeedback(feedback, standing, [{ type: 'add_detail', detail: values.detail.trim() }], form.context());
    if (!entry.ok) {
      setError(entry.error.code === 'not_now' ? m.feedback.notNow : fieldErrorWords(m, { code: values.detail.trim() === '' ? 'required' : entry.error.code, field: 'detail' }));
      return;
    }
    setError(undefined);
    if (wording.mustAsk([values.detail])) return;
    if (await form.save([entry.value])) showToast(m.visits.saved);
  };

  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Notice tone="warn">
        <strong>{m.feedback.returnedAbout(m.words.returnableFields[returned.field as ReturnableField])}</strong>
        <p>{returned.comment}</p>
      </Notice>
      <LimitedText label={m.feedback.detail} limit={detailLimit} value={values.detail} onChange={(detail) => setValues({ detail })} error={error} />
      {wording.words.length === 0 ? null : <Notice tone="warn">{wordingSaidWords(m, wording.words)}</Notice>}
      {form.error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, form.error)}</Notice>}
      <Button variant="primary" wide type="submit" disabled={form.isSaving}>
        {form.isSaving ? m.ui.saving : m.feedback.sendDetail}
      </Button>
    </form>
  );
}
