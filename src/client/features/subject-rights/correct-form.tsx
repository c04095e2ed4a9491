import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { PhoneField, TextField } from '#client/ui/field.tsx';
import { focusFirstWrong } from '#client/ui/focus-first-wrong.ts';
import { FormPage } from '#client/ui/form-page.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { correctHousehold, correctableOf } from '#domain/correct-household.ts';
import type { CorrectableField } from '#domain/correct-household.ts';
import { spokenLanguages } from '#domain/household.ts';
import type { RecordState } from '#domain/record.ts';
import { correctionOf } from './correction-values.ts';
import type { CorrectionValues } from './correction-values.ts';
import { householdOf, mayChangeHousehold } from './household-in-hand.ts';

/** Puts right what is written about a household: small, and nothing that only an official list may say. */
export function CorrectForm({ id, draftId = `household-${id}` }: { readonly id: string; readonly draftId?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const household = householdOf(store, id);
  if (household === undefined || !mayChangeHousehold(store, household)) {
    return (
      <Page title={m.subjectRights.correct.title} back={paths.households()}>
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
  const c = m.subjectRights.correct;
  const { fields } = household;
  const { values, setValues, form, resumedAt } = useDraftedForm<CorrectionValues>(store, { draftId, form: 'household', subjectId: household.recordId }, () => ({}));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const back = paths.household(household.recordId);
  const open = correctableOf(fields);

  const set = (field: CorrectableField, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    setIsUnchanged(false);
    if (error?.field === field) setError(undefined);
  };
  const shown = (field: CorrectableField) => values[field] ?? String(fields[field] ?? '');
  const tied = (field: CorrectableField) => ({
    label: m.words.fields[field],
    value: shown(field),
    error: error?.field === field ? fieldErrorWords(m, error) : undefined,
  });

  const submit = async () => {
    const entry = correctHousehold(household, correctionOf(values, tidyPhone), form.context());
    setError(entry.ok ? undefined : entry.error);
    if (!entry.ok) {
      requestAnimationFrame(() => focusFirstWrong(formRef.current));
      return;
    }
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined || !(await form.save([entry.value]))) return;
    showToast(c.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={c.title}
      back={back}
      actions={m.visits.draft[form.draft]}
      formRef={formRef}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? c.nothingChanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{m.words.household(fields.headName, fields.no)}</strong>
      </p>
      {fields.contact === 'no' ? <Notice tone="calm">{m.households.declined}</Notice> : null}
      {open.includes('headName') ? <TextField {...tied('headName')} maxLength={80} onChange={(event) => set('headName', event.currentTarget.value)} /> : null}
      <TextField {...tied('houseLabel')} hint={c.labelHint} maxLength={60} onChange={(event) => set('houseLabel', event.currentTarget.value)} />
      {open.includes('phone') ? <PhoneField {...tied('phone')} hint={m.visits.phoneHint} onChange={(event) => set('phone', event.currentTarget.value)} /> : null}
      <TextField {...tied('members')} hint={c.membersHint} inputMode="numeric" maxLength={2} onChange={(event) => set('members', event.currentTarget.value)} />
      <Select
        label={m.words.fields['lang']}
        options={[{ value: '', label: c.langEmpty }, ...spokenLanguages.map((value) => ({ value, label: m.words.languages[value] }))]}
        value={shown('lang')}
        onChange={(lang) => set('lang', lang)}
        error={tied('lang').error}
      />
      <p className="quiet">{c.needsHint}</p>
    </FormPage>
  );
}
