import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { DateField, TextField } from '#client/ui/field.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { advanceTerm, asksOfStep } from '#domain/advance-term.ts';
import type { StepField } from '#domain/advance-term.ts';
import { dayOf } from '#domain/identifiers.ts';
import { termEndReasons, termStates } from '#domain/prestigious-term.ts';
import type { TermState } from '#domain/prestigious-term.ts';
import { nextSteps, personOf, termOf } from './person-reads.ts';
import type { Person, Term } from './person-reads.ts';
import { stepWords } from './term-section.tsx';

interface StepFormProps {
  readonly personId: string;
  readonly termId: string;
  readonly to: string;
}

/** One step of a term: what it asks, and what saving will say. */
export function StepForm({ personId, termId, to }: StepFormProps) {
  const m = useMessages();
  const store = useStore();
  const person = personOf(store, personId);
  const term = termOf(store, termId);
  const state = termStates.find((known) => known === to);
  const isNext = term !== undefined && state !== undefined && nextSteps(store, term).includes(state);
  // Saved is not moved on: the form itself leaves when it has saved.
  const [began] = useState(isNext);
  if (person === undefined || term === undefined || state === undefined || term.fields.personId !== personId || !began) {
    return (
      <Page title={m.people.term.stepTitle} back={person === undefined ? paths.people() : paths.person(personId)}>
        <Empty>{person === undefined || term === undefined ? m.people.gone : m.people.term.moved}</Empty>
      </Page>
    );
  }
  return <FormOfStep person={person} term={term} to={state} />;
}

/** As typed; which step it is stands among them, so that a draft knows where its form opens. */
type StepValues = { readonly [F in StepField]?: string } & { readonly to: TermState };

function FormOfStep({ person, term, to }: { readonly person: Person; readonly term: Term; readonly to: TermState }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const today = dayOf(store.commandContext().now);
  const [from] = useState(term.fields.state);
  const asked = asksOfStep(from, to);
  const begin = (): StepValues => ({ to, ...Object.fromEntries(asked.filter((field) => field.endsWith('On')).map((field) => [field, today])) });
  const draftId = `term-${term.recordId}-${to}`;
  const { values, setValues, form, resumedAt } = useDraftedForm<StepValues>(store, { draftId, form: 'term', subjectId: term.recordId }, begin);
  const [wrong, setWrong] = useState<{ readonly code: string; readonly field?: string | undefined } | undefined>(undefined);
  const back = paths.person(person.recordId);

  const tied = (field: StepField) => ({
    label: m.words.fields[field],
    value: values[field] ?? '',
    error: wrong?.field === field ? fieldErrorWords(m, wrong) : undefined,
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  const set = (field: StepField, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    if (wrong?.field === field) setWrong(undefined);
  };
  const submit = async () => {
    const entry = advanceTerm(term, to, values, form.context());
    setWrong(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    if (!(await form.save([entry.value]))) return;
    showToast(m.people.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={stepWords(m, from, to)}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error), wrong?.code === 'not_now' ? m.people.term.moved : undefined]}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{person.fields.fullName}</strong> · {m.people.term.years} {m.people.years(term.fields.termFrom, term.fields.termTo)}
      </p>
      {asked.map((field) => {
        if (field === 'endReason') {
          return (
            <Select
              key={field}
              label={m.words.fields[field]}
              options={[{ value: '', label: '' }, ...termEndReasons.map((value) => ({ value, label: m.words.termEndReasons[value] }))]}
              value={values[field] ?? ''}
              onChange={(reason) => set(field, reason)}
              error={tied(field).error}
            />
          );
        }
        return field === 'decisionNo' ? <TextField key={field} maxLength={60} {...tied(field)} /> : <DateField key={field} max={today} {...tied(field)} />;
      })}
      <p className="quiet">{m.people.term.willSay(m.words.termStates[to])}</p>
    </FormPage>
  );
}
