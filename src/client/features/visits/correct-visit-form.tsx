import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { correctVisit } from '#domain/correct-visit.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { isOpenReturn } from '#domain/return-visit.ts';
import type { ReturnableField } from '#domain/visit-return.ts';
import { isVoid } from '#domain/void-record.ts';
import { AskedAbout } from './asked-about.tsx';
import { fieldsOfValues, valuesOfVisit, wrongDay } from './visit-field-values.ts';
import type { VisitFieldValues } from './visit-field-values.ts';
import { VisitFields } from './visit-fields.tsx';
import { visitOf } from './visit-in-hand.ts';

/** A visit that was saved, put right: the same form over what was logged, with what the commune asks above the field it asks about. */
export function CorrectVisitForm({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const visit = visitOf(store, id);
  const why =
    visit === undefined ? m.visits.correct.gone : !mayCorrect(store, visit) ? m.visits.correct.notYours : isVoid(visit) ? m.visits.correct.isVoid : undefined;
  if (visit === undefined || why !== undefined) {
    return (
      <Page title={m.visits.correct.title} back={visit === undefined ? paths.today() : paths.record(id)}>
        <Empty>{why}</Empty>
      </Page>
    );
  }
  return <FormOfVisit visit={visit} />;
}

function FormOfVisit({ visit }: { readonly visit: RecordState<'visit'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const c = m.visits.correct;
  const { recordId, fields } = visit;
  const today = dayOf(store.commandContext().now);
  // What was touched alone: a draft taken up later never undoes what somebody else corrected meanwhile.
  const { values, setValues, form, resumedAt } = useDraftedForm<Partial<VisitFieldValues>>(store, { draftId: `correct-${recordId}`, form: 'visit_correction', subjectId: recordId }, () => ({}));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const back = paths.record(recordId);
  const shown: VisitFieldValues = { ...valuesOfVisit(fields), ...values };
  const household = store.find(fields.householdId);
  const returns = store.childrenOf('visit_return', recordId);
  const open = returns.filter(isOpenReturn);

  const set = (changed: Partial<VisitFieldValues>) => {
    setValues((before) => ({ ...before, ...changed }));
    setIsUnchanged(false);
    if (error?.field !== undefined && error.field in changed) setError(undefined);
  };

  const submit = async () => {
    // A day that was there before is nobody's mistake now.
    const wrong = values.date === undefined && values.promisedOn === undefined ? undefined : wrongDay(shown, today);
    const entry = wrong === undefined ? correctVisit(visit, fieldsOfValues(values), returns, form.context()) : undefined;
    setError(entry === undefined ? wrong : entry.ok ? undefined : entry.error);
    if (entry?.ok !== true) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined || !(await form.save([entry.value]))) return;
    showToast(c.saved);
    navigate(back, { replace: true });
  };

  const asked = (field: ReturnableField) => {
    const about = open.filter((one) => one.fields.field === field);
    return about.length === 0 ? undefined : about.map((one) => <AskedAbout key={one.recordId} asked={one} answers withdraws={false} rests={false} />);
  };

  return (
    <FormPage
      title={c.title}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? c.nothingChanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      {isKind(household, 'household') ? (
        <p>
          <strong>{m.words.household(household.fields.headName, household.fields.no)}</strong>
        </p>
      ) : null}
      <VisitFields
        values={shown}
        onChange={set}
        wrong={(field) => (error?.field === field ? fieldErrorWords(m, error) : undefined)}
        asked={asked}
        outcomeHint={isKind(household, 'household') && household.fields.contact === 'no' ? m.visits.outcomeHintNameless : m.visits.outcomeHint}
        today={today}
      />
    </FormPage>
  );
}
