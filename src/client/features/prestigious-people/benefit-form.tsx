import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Choice, Select } from '#client/ui/choice.tsx';
import { DayFold } from '#client/ui/day-fold.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { benefitKinds, benefitOccasions } from '#domain/benefit.ts';
import { capWarnings } from '#domain/benefit-caps.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { correctBenefit, recordBenefit } from '#domain/record-benefit.ts';
import type { BenefitInput } from '#domain/record-benefit.ts';
import { isKind } from '#domain/record.ts';
import { benefitInput, benefitValuesOf, capWords } from './benefit-values.ts';
import type { BenefitValues } from './benefit-values.ts';
import { GiftFields } from './gift-fields.tsx';
import { mayAddTo, personOf } from './person-reads.ts';
import type { Given, Person } from './person-reads.ts';

interface BenefitFormProps {
  readonly personId: string;
  readonly benefitId?: string | undefined;
  /** Below a correction: that the benefit does not count, or counts again. */
  readonly voiding?: ReactNode;
}

/** What somebody was given: written down, or put right (`benefitId`). */
export function BenefitForm({ personId, benefitId, voiding }: BenefitFormProps) {
  const m = useMessages();
  const store = useStore();
  const person = personOf(store, personId);
  const found = benefitId === undefined ? undefined : store.find(benefitId);
  const benefit = isKind(found, 'benefit') && !found.deleted && found.fields.personId === personId ? found : undefined;
  const isGone = person === undefined || (benefitId !== undefined && benefit === undefined);
  const isAllowed = benefit === undefined ? person !== undefined && mayAddTo(store, person, 'benefit') : mayCorrect(store, benefit);
  if (isGone || !isAllowed) {
    return (
      <Page title={m.people.benefit.title} back={person === undefined ? paths.people() : paths.person(personId)}>
        <Empty>{isGone ? m.people.gone : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfBenefit key={benefitId} person={person} benefit={benefit} voiding={voiding} />;
}

function FormOfBenefit({ person, benefit, voiding }: { readonly person: Person; readonly benefit: Given | undefined; readonly voiding: ReactNode }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.people.benefit;
  const today = dayOf(store.commandContext().now);
  const subject = { draftId: `benefit-${benefit?.recordId ?? person.recordId}`, form: benefit === undefined ? 'benefit' : 'benefit_correction', subjectId: benefit?.recordId ?? person.recordId };
  // A correction keeps what was touched alone.
  const { values: typed, setValues, form, resumedAt } = useDraftedForm<Partial<BenefitValues>>(store, subject, () => (benefit === undefined ? benefitValuesOf({}, today) : {}));
  const values = { ...benefitValuesOf(benefit?.fields ?? {}, today), ...typed };
  const [wrong, setWrong] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const back = paths.person(person.recordId);
  const errorOf = (field: string) => (wrong?.field === field ? fieldErrorWords(m, wrong) : undefined);
  const set = (fields: Partial<BenefitValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    setIsUnchanged(false);
    if (wrong?.field !== undefined && wrong.field in fields) setWrong(undefined);
  };
  const input = benefitInput(values);
  const others = store.childrenOf('benefit', person.recordId).filter(({ recordId }) => recordId !== benefit?.recordId).map(({ fields }) => fields);
  const warnings = capWarnings({ ...input, voidReason: benefit?.fields.voidReason }, others);

  const submit = async () => {
    const entry = benefit === undefined ? recordBenefit(person, input, form.context()) : correctBenefit(benefit, touchedOf(input, typed), form.context());
    setWrong(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined || !(await form.save([entry.value]))) return;
    showToast(m.people.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={benefit === undefined ? words.title : words.correctTitle}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? m.people.nothingChanged : warnings.length === 0 ? undefined : [...warnings.map((warning) => capWords(m, warning)), words.mayStillSave].join(' ')}
      above={<ResumedNotice savedAt={resumedAt} />}
      below={voiding}
    >
      <p>
        <strong>{person.fields.fullName}</strong>
      </p>
      <Select
        label={m.words.fields['kind']}
        placeholder={words.pickKind}
        options={benefitKinds.map((value) => ({ value, label: m.words.benefitKinds[value] }))}
        value={values.kind === '' ? undefined : values.kind}
        onChange={(kind) => set({ kind })}
        error={errorOf('kind')}
      />
      {values.kind === 'tet_visit' ? (
        <Choice
          label={m.words.fields['occasion']}
          options={benefitOccasions.map((value) => ({ value, label: m.words.benefitOccasions[value] }))}
          value={values.occasion === '' ? undefined : values.occasion}
          onChange={(occasion) => set({ occasion })}
          error={errorOf('occasion')}
        />
      ) : null}
      <DayFold name={{ fold: words.day, field: words.dayLabel }} day={values.date} today={today} onChange={(date) => set({ date })} error={errorOf('date')} />
      <GiftFields values={values} set={set} errorOf={errorOf} />
    </FormPage>
  );
}

/** Which fields a correction says: those that were touched, and the kind that the occasion hangs on. */
function touchedOf(input: ReturnType<typeof benefitInput>, typed: Partial<BenefitValues>): BenefitInput {
  const said = Object.fromEntries(Object.entries(input).filter(([field]) => field in typed));
  return 'kind' in typed || 'occasion' in typed ? { ...said, kind: input.kind, occasion: input.occasion } : said;
}
