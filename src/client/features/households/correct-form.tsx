import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { householdOf, mayChangeHousehold } from '#client/store/household-in-hand.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { correctHousehold, correctableOf } from '#domain/correct-household.ts';
import { presentArea } from '#domain/permissions.ts';
import { likelyDoubles } from '#domain/likely-doubles.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import { HouseholdFields } from './household-fields.tsx';
import { correctionOf } from './household-values.ts';
import type { HouseholdValues, TypedField } from './household-values.ts';
import { LikelyDoubles } from './likely-doubles.tsx';
import { NeedsFields } from './needs-fields.tsx';

/** Puts right what is written about a household, also what it says at its own door; what only an official list may say is the bloc's. */
export function CorrectForm({ id, draftId = `household-${id}` }: { readonly id: string; readonly draftId?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const household = householdOf(store, id);
  if (household === undefined || !mayChangeHousehold(store, household)) {
    return (
      <Page title={m.households.form.title} back={paths.households()}>
        <Empty>{household === undefined ? m.households.gone : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfHousehold key={draftId} household={household} draftId={draftId} />;
}

function FormOfHousehold({ household, draftId }: { readonly household: RecordState<'household'>; readonly draftId: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const f = m.households.form;
  const { fields } = household;
  const { values, setValues, form, resumedAt } = useDraftedForm<HouseholdValues>(store, { draftId, form: 'household', subjectId: household.recordId }, () => ({}));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const back = paths.household(household.recordId);
  const open = correctableOf(fields);

  const set = (changed: Partial<HouseholdValues>) => {
    setValues((before) => ({ ...before, ...changed }));
    setIsUnchanged(false);
    if (error?.field !== undefined && (error.field in changed || error.field === 'sourceListId')) setError(undefined);
  };
  const shown = (field: TypedField) => values[field] ?? String(fields[field] ?? '');
  const others = store.inHamlet('household', presentArea(household.areaId, store)).filter((other) => other.recordId !== household.recordId && other.fields.mergedInto === undefined);
  const typed = correctionOf(values, tidyPhone, () => '');

  const submit = async () => {
    const context = form.context();
    const entry = correctHousehold(household, correctionOf(values, tidyPhone, context.newRandomId), context);
    setError(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined || !(await form.save([entry.value]))) return;
    showToast(f.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={f.title}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? f.nothingChanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} />}
      aboveButton={<LikelyDoubles doubles={likelyDoubles(typed, others)} />}
    >
      <p>
        <strong>{m.words.household(fields.headName, fields.no)}</strong>
      </p>
      {fields.contact === 'no' ? <Notice tone="calm">{m.households.declined}</Notice> : null}
      <HouseholdFields shown={shown} onType={(field, value) => set({ [field]: value })} error={error} open={open} />
      {!open.includes('needs') ? null : isOfBloc(store.account()) ? (
        <NeedsFields
          needs={values.needs ?? fields.needs ?? []}
          list={values.list ?? fields.sourceListId}
          onChange={set}
          error={error?.field === 'sourceListId' ? fieldErrorWords(m, error) : undefined}
        />
      ) : (
        <p className="quiet">{f.needsHint}</p>
      )}
    </FormPage>
  );
}
