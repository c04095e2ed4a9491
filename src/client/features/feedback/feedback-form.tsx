import { useState } from 'react';
import { fieldErrorWords, saveErrorWords, wordingSaidWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { useWordingQuestion } from '#client/store/use-wording-question.ts';
import { Choice, Select } from '#client/ui/choice.tsx';
import { LargeCode } from '#client/ui/large-code.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { SavedPage } from '#client/ui/saved-page.tsx';
import type { Rejection } from '#domain/rejection.ts';
import { feedbackChannels, isReferredKind } from '#domain/feedback.ts';
import type { FeedbackChannel } from '#domain/feedback.ts';
import { raiseFeedback } from '#domain/raise-feedback.ts';
import { FeedbackFields } from './feedback-fields.tsx';
import { emptyFeedback, toFeedbackInput } from './feedback-said.ts';
import type { FeedbackSaid } from './feedback-said.ts';
import { ReferredSaved } from './referred-saved.tsx';

interface FeedbackFormValues {
  readonly hamletId: string;
  readonly said: FeedbackSaid;
}

const defaultDraftId = 'feedback';

/** Feedback outside a visit: at a meeting, on the phone, at the market. */
export function FeedbackForm({ draftId = defaultDraftId }: { readonly draftId?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const hamlets = myHamlets(store);
  const places = hamlets.length > 0 ? hamlets : [store.account().communeCode];
  const begin = (): FeedbackFormValues => ({ hamletId: places[0] as string, said: { ...emptyFeedback, channel: 'meeting' } });
  const { values, setValues, form, resumedAt, anotherId } = useDraftedForm(store, { draftId, form: 'feedback' }, begin);
  const [rejection, setRejection] = useState<Rejection | undefined>(undefined);
  const [saved, setSaved] = useState<{ readonly receiptCode: string | undefined } | undefined>(undefined);
  const wording = useWordingQuestion();
  const { said } = values;

  const setSaid = (next: FeedbackSaid) => {
    setValues((before) => ({ ...before, said: next }));
    setRejection(undefined);
  };

  const submit = async () => {
    const raised = raiseFeedback(toFeedbackInput(said), values.hamletId, form.context());
    setRejection(raised.ok ? undefined : raised.error);
    if (!raised.ok) return;
    if (wording.mustAsk([said.text, said.place])) return;
    if (await form.save(raised.value.entries)) setSaved({ receiptCode: raised.value.raised.receiptCode });
  };

  if (saved !== undefined) {
    return (
      <SavedPage title={m.feedback.newTitle} words={m.feedback.saved} doneHref={paths.feedbackList()}>
        {saved.receiptCode === undefined ? (
          <ReferredSaved />
        ) : (
          <>
            <p>{m.feedback.codeHint}</p>
            <LargeCode label={m.feedback.receiptCode} code={saved.receiptCode} />
          </>
        )}
      </SavedPage>
    );
  }

  return (
    <FormPage
      title={m.feedback.newTitle}
      back={paths.feedbackList()}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={wordingSaidWords(m, wording.words)}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={paths.newFeedback(`feedback-${anotherId}`)} />}
    >
      {places.length < 2 ? null : (
        <Select
          label={m.words.hamlet}
          options={places.map((value) => ({ value, label: areaName(store, value) }))}
          value={values.hamletId}
          onChange={(hamletId) => setValues({ ...values, hamletId })}
        />
      )}
      {isReferredKind(said.kind) ? null : (
        <Choice
          label={m.feedback.channel}
          options={feedbackChannels.map((value) => ({ value, label: m.words.feedbackChannels[value] }))}
          value={said.channel}
          onChange={(channel: FeedbackChannel) => setSaid({ ...said, channel })}
          error={rejection?.field === 'channel' ? fieldErrorWords(m, rejection) : undefined}
        />
      )}
      <FeedbackFields said={said} onChange={setSaid} error={rejection} />
    </FormPage>
  );
}
