import { useState } from 'react';
import type { ComponentType } from 'react';
import { fieldErrorWords, saveErrorWords, wordingSaidWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { doublesOf, doublesToMend, householdOf } from '#client/store/household-in-hand.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { useWordingQuestion } from '#client/store/use-wording-question.ts';
import { Button } from '#client/ui/button.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { PhoneField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { LargeCode } from '#client/ui/large-code.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { SavedPage } from '#client/ui/saved-page.tsx';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { attachPhotos } from '#domain/attach-photo.ts';
import type { PhotoBegun, PhotoError } from '#domain/attach-photo.ts';
import type { ConsentWay } from '#domain/consent.ts';
import type { Rejection } from '#domain/rejection.ts';
import { isStanding } from '#domain/household.ts';
import { dayOf } from '#domain/identifiers.ts';
import type { FeedbackInput, RaisedFeedback } from '#domain/raise-feedback.ts';
import { namedAmong } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import { visitLimits } from '#domain/visit.ts';
import { goesOnAt } from './choose-households.ts';
import { usualRound } from './visit-field-values.ts';
import { VisitFields } from './visit-fields.tsx';
import { answered, asksConsent, newVisitValues, takesDetails, visitOf } from './visit-values.ts';
import type { ConsentAnswer, FeedbackSaid, VisitFormError, VisitValues } from './visit-values.ts';
import styles from './visit-form.module.css';

/** What the visit form needs of feedback: given by the page where the two meet. */
export interface FeedbackBlock {
  readonly Fields: ComponentType<{
    readonly said: FeedbackSaid;
    readonly onChange: (said: FeedbackSaid) => void;
    readonly error?: Rejection | undefined;
    readonly speaker?: { readonly name?: string | undefined; readonly phone?: string | undefined } | undefined;
    readonly isNameless?: boolean | undefined;
  }>;
  readonly empty: FeedbackSaid;
  readonly toInput: (said: FeedbackSaid) => FeedbackInput;
  /** Where to send a citizen with a complaint or denunciation. */
  readonly Referred: ComponentType;
}

/** Photos of what was seen: given by the page where the two meet. */
export type PhotosBlock = ComponentType<{
  readonly photos: readonly PhotoBegun[];
  readonly onChange: (change: (before: readonly PhotoBegun[]) => readonly PhotoBegun[]) => void;
  readonly error?: PhotoError | undefined;
}>;

/** Asks a household for its consent: given by the page where the two meet. */
export type ConsentBlock = ComponentType<{
  readonly answer: ConsentAnswer | undefined;
  readonly way: ConsentWay;
  readonly onChange: (said: { readonly answer: ConsentAnswer | undefined; readonly way: ConsentWay }) => void;
  /** The numbers of the household's doubles that name it. */
  readonly doubles: readonly number[];
}>;

interface VisitFormProps {
  readonly householdId: string;
  readonly draftId?: string | undefined;
  readonly feedback: FeedbackBlock;
  readonly Consent: ConsentBlock;
  readonly Photos: PhotosBlock;
}

/** Logs a visit in under half a minute: what is usual is chosen already, the keyboard comes last. */
export function VisitForm({ householdId, draftId = `visit-${householdId}`, ...blocks }: VisitFormProps) {
  const store = useStore();
  const household = householdOf(store, householdId);
  if (household === undefined || !isStanding(household.fields)) {
    return <NotVisited household={household} goesOn={goesOnAt(store, householdId)} />;
  }
  return <FormOfHousehold key={draftId} household={household} draftId={draftId} {...blocks} />;
}

/** What was begun about it stays as it is, until it is followed again. */
function NotVisited({ household, goesOn }: { readonly household: RecordState<'household'> | undefined; readonly goesOn: RecordState<'household'> | undefined }) {
  const m = useMessages();
  return (
    <Page title={m.visits.title} back={household === undefined ? paths.households() : paths.household(household.recordId)}>
      <Empty>{household === undefined ? m.households.gone : m.households.notFollowed}</Empty>
      {goesOn === undefined ? null : (
        <List label={m.households.merging.mergedInto}>
          <Row href={paths.newVisit(goesOn.recordId)} title={m.words.household(goesOn.fields.headName, goesOn.fields.no)} detail={goesOn.fields.houseLabel} />
        </List>
      )}
    </Page>
  );
}

interface FormOfHouseholdProps extends Omit<VisitFormProps, 'householdId'> {
  readonly household: RecordState<'household'>;
  readonly draftId: string;
}

function FormOfHousehold({ household, draftId, feedback, Consent, Photos }: FormOfHouseholdProps) {
  const m = useMessages();
  const store = useStore();
  const today = dayOf(store.commandContext().now);
  const { values, setValues, form, resumedAt, anotherId } = useDraftedForm<VisitValues>(store, { draftId, form: 'visit', subjectId: household.recordId }, () => newVisitValues(today, usualRound(store, today)));
  const [error, setError] = useState<VisitFormError | undefined>(undefined);
  const [photoError, setPhotoError] = useState<PhotoError | undefined>(undefined);
  const [raised, setRaised] = useState<readonly RaisedFeedback[] | undefined>(undefined);
  const showToast = useToast();
  const wording = useWordingQuestion();

  const set = (fields: Partial<VisitValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    // What is being mended is no longer called wrong; the next save looks again.
    if (error?.field !== undefined && error.field in fields) setError(undefined);
  };
  const wrong = (field: string) => (error !== undefined && error.kind !== 'feedback' && error.field === field ? fieldErrorWords(m, error) : undefined);
  const setSaid = (key: number, said: FeedbackSaid) => {
    setValues((before) => ({ ...before, feedback: before.feedback.map((each) => (each.key === key ? { key, said } : each)) }));
    if (error?.feedbackKey === key) setError(undefined);
  };
  const addSaid = () =>
    setValues((before) => ({
      ...before,
      feedback: [...before.feedback, { key: 1 + Math.max(0, ...before.feedback.map(({ key }) => key)), said: feedback.empty }],
    }));
  const dropSaid = (key: number) => {
    const before = values.feedback;
    set({ feedback: before.filter((each) => each.key !== key) });
    showToast(m.visits.feedbackDropped, { label: m.ui.undo, run: () => set({ feedback: before }) });
  };

  /** A household that declines is asked for nothing of its own; what it says is answered to whoever shows the code. */
  const isDetailed = takesDetails(values, household);
  const asSaid = (said: FeedbackSaid): FeedbackSaid => (isDetailed ? said : { ...said, anonymity: 'name_withheld' });

  const named = namedAmong(doublesOf(store, household.recordId)).map(({ fields }) => fields.no);

  const submit = async () => {
    let context = form.context();
    const begin = () => (context = form.context());
    const visit = visitOf(values, household, doublesToMend(store, household.recordId), today, (said) => feedback.toInput(asSaid(said)), begin);
    setError(visit.ok ? undefined : visit.error);
    if (!visit.ok) return;
    if (wording.mustAsk(values.feedback.flatMap(({ said }) => [said.text, said.place]))) return;
    // An entry each, behind the visit: what is refused of a photo stops nothing else. Their ids go on from the visit's: begun anew they would be the same.
    const photos = attachPhotos({ recordId: visit.value.visitId, areaId: household.areaId }, values.photos, context);
    setPhotoError(photos.ok ? undefined : photos.error);
    if (!photos.ok) return;
    if (!(await form.save([...visit.value.entries, ...photos.value]))) return;
    setRaised(visit.value.raised);
  };

  const name = m.words.household(household.fields.headName, household.fields.no);
  if (raised !== undefined) {
    const codes = raised.flatMap(({ receiptCode }) => (receiptCode === undefined ? [] : [receiptCode]));
    return (
      <SavedPage title={m.visits.title} heading={name} words={m.visits.saved} doneHref={paths.household(household.recordId)}>
        {codes.length === 0 ? null : <p>{m.feedback.codeHint}</p>}
        {codes.map((code) => (
          <LargeCode key={code} label={m.feedback.receiptCode} code={code} />
        ))}
        {codes.length === raised.length ? null : <feedback.Referred />}
      </SavedPage>
    );
  }

  return (
    <FormPage
      title={m.visits.title}
      back={paths.household(household.recordId)}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={wordingSaidWords(m, wording.words)}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={paths.newVisit(household.recordId, `visit-${anotherId}`)} />}
    >
      <p>
        <strong>{name}</strong>
        <br />
        <span className="quiet">{household.fields.houseLabel}</span>
      </p>
      <VisitFields
        values={values}
        onChange={set}
        wrong={wrong}
        outcomeHint={isDetailed ? m.visits.outcomeHint : m.visits.outcomeHintNameless}
        today={today}
        consent={
          asksConsent(values, household) ? (
            <Consent answer={values.consent} way={values.consentWay} onChange={({ answer, way }) => set(answered(answer, way))} doubles={named} />
          ) : null
        }
        folds={
          !isDetailed ? null : (
            <Fold label={m.visits.phone} detail={values.phone ?? household.fields.phone}>
              <PhoneField
                label={m.visits.phoneLabel}
                hint={m.visits.phoneHint}
                value={values.phone ?? household.fields.phone ?? ''}
                onChange={(event) => set({ phone: event.currentTarget.value })}
                error={wrong('phone')}
              />
            </Fold>
          )
        }
      />
      <Photos photos={values.photos} onChange={(change) => setValues((before) => ({ ...before, photos: change(before.photos) }))} error={photoError} />
      <Section title={m.visits.feedbackQuestion}>
        {values.feedback.map(({ key, said }, index) => (
          <fieldset key={key} className={styles['said']}>
            <legend className="spoken">{m.visits.feedbackNumber(index + 1)}</legend>
            <div className={styles['head']}>
              <strong aria-hidden>{m.visits.feedbackNumber(index + 1)}</strong>
              <Button variant="bare" onClick={() => dropSaid(key)}>
                <Icon name="trash" />
                {m.visits.dropFeedback}
              </Button>
            </div>
            <feedback.Fields
              said={asSaid(said)}
              onChange={(next) => setSaid(key, next)}
              error={error?.kind === 'feedback' && error.feedbackKey === key ? error : undefined}
              isNameless={!isDetailed}
              speaker={isDetailed ? { name: household.fields.headName, phone: household.fields.phone } : undefined}
            />
          </fieldset>
        ))}
        <Button onClick={addSaid} disabled={values.feedback.length >= visitLimits.feedback}>
          <Icon name="plus" />
          {values.feedback.length === 0 ? m.visits.addFeedback : m.visits.addAnotherFeedback}
        </Button>
      </Section>
    </FormPage>
  );
}
