import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Choice, Select } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { termYearsAt } from '#domain/advance-term.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { correctPerson, registerPerson } from '#domain/register-person.ts';
import { isOfBloc } from '#domain/role.ts';
import { HeldTermFields } from './held-term-fields.tsx';
import { PersonFields } from './person-fields.tsx';
import { mayAddPerson, peopleInReach, personOf } from './person-reads.ts';
import type { Person } from './person-reads.ts';
import { personInput, valuesOf } from './person-values.ts';
import type { PersonValues } from './person-values.ts';

interface NewPersonValues extends PersonValues {
  readonly hamletId: string;
  readonly isHeld: 'yes' | 'no';
  readonly decisionNo: string;
  readonly decidedOn: string;
  readonly termFrom: string;
  readonly termTo: string;
}

/** Enters somebody; the bloc also the term that they hold already. `hamletId`: where they live, as far as that is known. */
export function NewPersonForm({ hamletId = '', draftId = 'new-person' }: { readonly hamletId?: string | undefined; readonly draftId?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.people.form;
  const today = dayOf(store.commandContext().now);
  const hamletIds = peopleInReach(store).hamletIds.filter((id) => mayAddPerson(store, id));
  const begin = (): NewPersonValues => {
    const years = termYearsAt(Number(today.slice(0, 4)));
    const [only, ...more] = hamletIds;
    return {
      ...valuesOf(undefined), hamletId: more.length === 0 ? (only ?? '') : hamletIds.includes(hamletId) ? hamletId : '',
      isHeld: 'no', decisionNo: '', decidedOn: '', termFrom: String(years.termFrom), termTo: String(years.termTo),
    };
  };
  const { values, setValues, form, resumedAt, anotherId } = useDraftedForm(store, { draftId, form: 'new_person' }, begin);
  const [wrong, setWrong] = useState<CommandError | undefined>(undefined);
  const set = (field: string, value: unknown) => {
    setValues((before) => ({ ...before, [field]: value }));
    if (wrong?.field === field) setWrong(undefined);
  };
  const errorOf = (field: string) => (wrong?.field === field ? fieldErrorWords(m, wrong) : undefined);
  const isHeld = isOfBloc(store.account()) && values.isHeld === 'yes';

  const submit = async () => {
    if (values.hamletId === '') {
      setWrong({ kind: 'prestigious_person', code: 'required', field: 'hamletId' });
      return;
    }
    const held = { decisionNo: values.decisionNo, decidedOn: values.decidedOn, termFrom: Number(values.termFrom), termTo: Number(values.termTo) };
    const entry = registerPerson(personInput(values), values.hamletId, form.context(), isHeld ? held : undefined);
    setWrong(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    if (!(await form.save([entry.value]))) return;
    showToast(m.people.saved);
    const personId = entry.value.changes[0]?.recordId;
    navigate(personId === undefined ? paths.people() : paths.person(personId), { replace: true });
  };

  if (hamletIds.length === 0) {
    return (
      <Page title={words.newTitle} back={paths.people()}>
        <Empty>{m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return (
    <FormPage
      title={words.newTitle}
      back={paths.people()}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={paths.newPerson(undefined, `new-person-${anotherId}`)} />}
    >
      {hamletIds.length === 1 ? null : (
        <Select
          label={words.hamlet}
          options={[{ value: '', label: words.pickHamlet }, ...hamletIds.map((value) => ({ value, label: areaWordsOf(m, store, value) }))]}
          value={values.hamletId}
          onChange={(chosen) => set('hamletId', chosen)}
          error={wrong?.field === 'hamletId' ? words.pickHamletFirst : undefined}
        />
      )}
      <PersonFields values={values} set={set} errorOf={errorOf} />
      {isOfBloc(store.account()) ? (
        <Choice
          label={words.isHeld}
          hint={words.heldHint}
          options={[{ value: 'yes', label: words.held }, { value: 'no', label: words.notHeld }]}
          value={values.isHeld}
          onChange={(chosen) => set('isHeld', chosen)}
        />
      ) : null}
      {isHeld ? <HeldTermFields values={values} set={set} errorOf={errorOf} today={today} /> : null}
    </FormPage>
  );
}

/** Puts right what is written about a person. */
export function CorrectPersonForm({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const person = personOf(store, id);
  if (person === undefined || !mayCorrect(store, person)) {
    return (
      <Page title={m.people.form.title} back={paths.people()}>
        <Empty>{person === undefined ? m.people.gone : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfPerson person={person} />;
}

function FormOfPerson({ person }: { readonly person: Person }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  // What was not touched is not kept: a draft taken up later never undoes what somebody else corrected meanwhile.
  const subject = { draftId: `person-${person.recordId}`, form: 'person', subjectId: person.recordId };
  const { values, setValues, form, resumedAt } = useDraftedForm<Partial<PersonValues>>(store, subject, () => ({}));
  const [wrong, setWrong] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const back = paths.person(person.recordId);
  const set = (field: string, value: unknown) => {
    setValues((before) => ({ ...before, [field]: value }));
    setIsUnchanged(false);
    if (wrong?.field === field) setWrong(undefined);
  };
  const submit = async () => {
    const entry = correctPerson(person, personInput(values), form.context());
    setWrong(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined || !(await form.save([entry.value]))) return;
    showToast(m.people.saved);
    navigate(back, { replace: true });
  };
  return (
    <FormPage
      title={m.people.form.title}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? m.people.nothingChanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <PersonFields values={{ ...valuesOf(person.fields), ...values }} set={set} errorOf={(field) => (wrong?.field === field ? fieldErrorWords(m, wrong) : undefined)} />
    </FormPage>
  );
}
