import { useState } from 'react';
import { fieldErrorWords, rejectionWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Choice } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SavedPage } from '#client/ui/saved-page.tsx';
import { Section } from '#client/ui/section.tsx';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { FeedbackStep } from '#domain/advance-feedback.ts';
import { canApply } from '#domain/feedback-fold.ts';
import type { FeedbackStanding } from '#domain/feedback-fold.ts';
import { answerChannels, confirmations } from '#domain/feedback.ts';
import type { Confirmation } from '#domain/feedback.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { tellSteps } from './tell-steps.ts';
import type { TellValues } from './tell-steps.ts';
import styles from './tell-form.module.css';

/** The answer told at the door: what to say, how it was told, what the citizen said. */
export function TellForm({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const [isSaved, setIsSaved] = useState(false);
  const feedback = store.find(id);
  if (isSaved) return <SavedPage title={m.feedback.tellTitle} words={m.visits.saved} doneHref={paths.today()} />;
  const standing = isKind(feedback, 'feedback') ? store.standing(feedback) : undefined;
  if (!isKind(feedback, 'feedback') || standing === undefined || (standing.state !== 'answered' && standing.state !== 'delivered')) {
    return (
      <Page title={m.feedback.tellTitle} back={paths.feedback(id)}>
        <Empty>{m.feedback.nothingToTell}</Empty>
      </Page>
    );
  }
  return <FormOfAnswer feedback={feedback} standing={standing} onSaved={() => setIsSaved(true)} />;
}

interface FormOfAnswerProps {
  readonly feedback: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
  readonly onSaved: () => void;
}

function FormOfAnswer({ feedback, standing, onSaved }: FormOfAnswerProps) {
  const m = useMessages();
  const store = useStore();
  const draftId = `tell-${feedback.recordId}`;
  const { values, setValues, form } = useDraftedForm<TellValues>(store, { draftId, form: 'tell', subjectId: feedback.recordId }, () => ({ channel: 'visit' }));
  const [missing, setMissing] = useState<'met' | 'confirmation' | undefined>(undefined);
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const isToldAlready = standing.state === 'delivered';
  const isTold = values.outcome === 'told' || (isToldAlready && values.outcome !== 'not_found');
  const today = dayOf(store.commandContext().now);
  const mayClose = canApply(standing, { type: 'close_unreachable', feedbackId: feedback.recordId, step: standing.nextStep, on: today });

  const set = (fields: Partial<TellValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    setMissing(undefined);
  };
  const saveSteps = async (steps: readonly FeedbackStep[]) => {
    const entry = advanceFeedback(feedback, standing, steps, form.context());
    if (!entry.ok) {
      setRefusal(entry.error.code === 'not_now' ? m.feedback.notNow : rejectionWords(m, entry.error));
      return;
    }
    setRefusal(undefined);
    if (await form.save([entry.value])) onSaved();
  };
  const submit = async () => {
    const chosen = tellSteps(values, standing);
    if ('missing' in chosen) {
      setMissing(chosen.missing);
      return;
    }
    setMissing(undefined);
    await saveSteps(chosen.steps);
  };

  return (
    <FormPage
      title={m.feedback.tellTitle}
      back={paths.feedback(feedback.recordId)}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error), refusal]}
      above={
        <>
          <Section title={m.feedback.theySaid(feedback.fields.citizenName)}>
            <p>{feedback.fields.text}</p>
            {feedback.fields.anonymity === 'named' ? null : <p className="quiet">{m.feedback.tellWhoShowsCode(feedback.fields.receiptCode ?? '')}</p>}
          </Section>
          <Section title={m.feedback.sayThis}>
            <p className={styles['answer']}>{standing.answer}</p>
          </Section>
        </>
      }
      below={
        mayClose ? (
          <Button onClick={() => void saveSteps([{ type: 'close_unreachable' }])} disabled={form.isSaving}>
            {m.feedback.closeUnreachable}
          </Button>
        ) : null
      }
    >
      {isToldAlready ? null : (
        <Choice
          label={m.feedback.didYouMeet}
          options={[
            { value: 'told', label: m.feedback.told },
            { value: 'not_found', label: m.feedback.notFound },
          ]}
          value={values.outcome}
          onChange={(outcome) => set({ outcome })}
          error={missing === 'met' ? fieldErrorWords(m, { code: 'required', field: 'met' }) : undefined}
        />
      )}
      {values.outcome === 'told' && !isToldAlready ? (
        <Choice
          label={m.feedback.how}
          options={answerChannels.map((value) => ({ value, label: m.words.answerChannels[value] }))}
          value={values.channel}
          onChange={(channel) => set({ channel })}
        />
      ) : null}
      {isTold ? (
        <Choice<Confirmation | 'later'>
          label={m.feedback.whatTheySaid}
          options={[
            ...confirmations.map((value) => ({ value, label: m.words.confirmations[value] })),
            ...(isToldAlready ? [] : [{ value: 'later' as const, label: m.feedback.saidNothingYet }]),
          ]}
          value={values.confirmation}
          onChange={(confirmation) => set({ confirmation })}
          error={missing === 'confirmation' ? fieldErrorWords(m, { code: 'required', field: 'confirmation' }) : undefined}
        />
      ) : null}
      {isTold && values.confirmation === 'not' ? <Notice tone="calm">{m.feedback.notSatisfiedNext}</Notice> : null}
      {values.outcome === 'not_found' ? <Notice tone="calm">{m.feedback.notFoundNext(standing.tries + 1)}</Notice> : null}
    </FormPage>
  );
}
