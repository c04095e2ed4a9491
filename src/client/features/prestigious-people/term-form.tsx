import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Empty } from '#client/ui/empty.tsx';
import { DateField, TextField } from '#client/ui/field.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { nextTermYears, proposeTerm } from '#domain/advance-term.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isStanding } from '#domain/household.ts';
import { presentArea } from '#domain/permissions.ts';
import { isHeld, presentTerm } from '#domain/prestigious-coverage.ts';
import { quorumOf } from '#domain/prestigious-term.ts';
import { enterHeldTerm } from '#domain/register-person.ts';
import { HeldTermFields } from './held-term-fields.tsx';
import { mayAddTo, personOf } from './person-reads.ts';
import type { Person } from './person-reads.ts';
import { wholeNumber } from './typed-number.ts';

type TermWay = 'propose' | 'held';

/** A new term: named by the hamlet's meeting, or with a decision that was there before this register. */
export function TermForm({ personId, way }: { readonly personId: string; readonly way: TermWay }) {
  const m = useMessages();
  const store = useStore();
  const title = way === 'propose' ? m.people.term.proposeTitle : m.people.term.heldTitle;
  const person = personOf(store, personId);
  const fields = way === 'propose' ? { state: 'proposed' } : { state: 'active', decisionNo: '', decidedOn: '' };
  if (person === undefined || !mayAddTo(store, person, 'prestigious_term', fields)) {
    return (
      <Page title={title} back={person === undefined ? paths.people() : paths.person(personId)}>
        <Empty>{person === undefined ? m.people.gone : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfTerm key={way} person={person} way={way} title={title} />;
}

interface TermValues {
  readonly termFrom: string;
  readonly termTo: string;
  readonly proposedOn: string;
  readonly households: string;
  readonly present: string;
  readonly decisionNo: string;
  readonly decidedOn: string;
}

function FormOfTerm({ person, way, title }: { readonly person: Person; readonly way: TermWay; readonly title: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.people.term;
  const today = dayOf(store.commandContext().now);
  const begin = (): TermValues => {
    const term = presentTerm(store.childrenOf('prestigious_term', person.recordId));
    const years = nextTermYears(term !== undefined && isHeld(term) ? term : undefined, today);
    const households = store.inHamlet('household', presentArea(person.areaId, store)).filter(({ fields }) => isStanding(fields)).length;
    return {
      termFrom: String(years.termFrom), termTo: String(years.termTo), proposedOn: today, households: households === 0 ? '' : String(households), present: '', decisionNo: '', decidedOn: '',
    };
  };
  const draftId = `${way}-${person.recordId}`;
  const { values, setValues, form, resumedAt } = useDraftedForm(store, { draftId, form: way === 'held' ? 'held' : 'propose', subjectId: person.recordId }, begin);
  const [wrong, setWrong] = useState<CommandError | undefined>(undefined);
  const back = paths.person(person.recordId);
  const [households, present] = [wholeNumber(values.households), wholeNumber(values.present)];

  const set = (field: keyof TermValues, value: string) => {
    setValues((before) => ({ ...before, [field]: value }));
    if (wrong?.field === field) setWrong(undefined);
  };
  const errorOf = (field: keyof TermValues) => {
    if (wrong?.field !== field) return undefined;
    if (field !== 'present' || wrong.code !== 'out_of_range' || households === undefined || present === undefined) return fieldErrorWords(m, wrong);
    return present > households ? words.tooMany(households) : words.tooFew(present, quorumOf(households), households);
  };
  const tied = (field: keyof TermValues) => ({
    label: m.words.fields[field],
    value: values[field],
    error: errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  const submit = async () => {
    const years = { termFrom: Number(values.termFrom), termTo: Number(values.termTo) };
    const entry =
      way === 'propose'
        ? proposeTerm(person, { ...years, proposedOn: values.proposedOn, households, present }, form.context())
        : enterHeldTerm(person, { ...years, decisionNo: values.decisionNo, decidedOn: values.decidedOn }, form.context());
    setWrong(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    if (!(await form.save([entry.value]))) return;
    showToast(m.people.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={title}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{person.fields.fullName}</strong>
      </p>
      {way === 'propose' ? (
        <>
          <DateField max={today} {...tied('proposedOn')} />
          <TextField inputMode="numeric" maxLength={4} {...tied('households')} label={words.households} />
          <TextField
            inputMode="numeric"
            maxLength={4}
            {...tied('present')}
            label={words.present}
            hint={households === undefined ? undefined : words.quorum(quorumOf(households), households)}
          />
          <TextField inputMode="numeric" maxLength={4} {...tied('termFrom')} />
          <TextField inputMode="numeric" maxLength={4} {...tied('termTo')} />
        </>
      ) : (
        <HeldTermFields values={values} set={set} errorOf={errorOf} today={today} />
      )}
    </FormPage>
  );
}
