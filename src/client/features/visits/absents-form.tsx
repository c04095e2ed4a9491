import { useDeferredValue, useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Chips, Select } from '#client/ui/choice.tsx';
import { formatShortDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { DateField } from '#client/ui/field.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { recordAbsents } from '#domain/record-absents.ts';
import { companionUnits, visitPurposes } from '#domain/visit.ts';
import { householdsToChoose, shownAtMost, stillToVisit } from './choose-households.ts';
import { undoAbsents } from './undo-absents.ts';
import { usualRound, wrongDay } from './visit-field-values.ts';
import type { UsualRound } from './visit-field-values.ts';

interface AbsentsValues extends UsualRound {
  readonly date: string;
  /** The households' ids. */
  readonly chosen: readonly string[];
}

/** At a time: a round of one day, and not a whole register by a slip of the thumb. */
const chosenAtMost = 30;

/** Nobody at several doors: tick them, one press, one visit each. */
export function AbsentsForm({ draftId = 'absents' }: { readonly draftId?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const a = m.visits.absents;
  const today = dayOf(store.commandContext().now);
  const { values, setValues, form, resumedAt, anotherId } = useDraftedForm<AbsentsValues>(store, { draftId, form: 'absents' }, () => ({ ...usualRound(store, today), date: today, chosen: [] }));
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isEmpty, setIsEmpty] = useState(false);
  const set = (fields: Partial<AbsentsValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    setError(undefined);
    setIsEmpty(false);
  };
  const found = householdsToChoose(store, searched, today).slice(0, shownAtMost);
  const households = stillToVisit(store, values.chosen);
  const chosen = households.map(({ recordId }) => recordId);
  const leftOut = values.chosen.length - chosen.length;
  // What was ticked stays ticked while something else is searched for.
  const others = values.chosen.filter((id) => !found.some(({ recordId }) => recordId === id));

  const roundWords = [
    ...(values.date === today ? [] : [formatShortDay(values.date)]),
    m.words.visitPurposes[values.purpose],
    ...values.companions.map((unit) => m.words.companionUnits[unit]),
  ];

  const submit = async () => {
    setIsEmpty(households.length === 0);
    if (households.length === 0) return;
    const { date, purpose, companions } = values;
    const wrong = wrongDay({ date, promisedOn: '' }, today);
    const made = wrong === undefined ? recordAbsents(households, { date, purpose, companions }, form.context()) : undefined;
    setError(made === undefined ? wrong : made.ok ? undefined : made.error);
    if (made?.ok !== true || !(await form.save(made.value.entries))) return;
    const { visitIds } = made.value;
    showToast(a.saved(visitIds.length), {
      label: m.ui.undo,
      run: () => void undoAbsents(store, visitIds).then((isUndone) => showToast(isUndone ? a.undone(visitIds.length) : a.notUndone)),
    });
    navigate(paths.today(), { replace: true });
  };

  return (
    <FormPage
      title={a.title}
      back={paths.startVisit()}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      saveWords={households.length === 0 ? undefined : a.save(households.length)}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isEmpty ? a.none : chosen.length >= chosenAtMost ? a.tooMany(chosenAtMost) : undefined}
      above={
        <>
          <ResumedNotice savedAt={resumedAt} anotherHref={paths.absents(`absents-${anotherId}`)} />
          {leftOut === 0 ? null : <Notice tone="warn">{m.households.leftOut(leftOut)}</Notice>}
          <SearchField label={m.households.search} value={text} onChange={setText} />
        </>
      }
    >
      <Fold label={a.round} detail={roundWords.join(' · ')} isOpen={error?.field === 'date' ? true : undefined}>
        <DateField
          label={m.visits.dayLabel}
          max={today}
          value={values.date}
          onChange={(event) => set({ date: event.currentTarget.value })}
          error={error?.field === 'date' ? fieldErrorWords(m, error) : undefined}
        />
        <Select label={m.visits.purpose} options={visitPurposes.map((value) => ({ value, label: m.words.visitPurposes[value] }))} value={values.purpose} onChange={(purpose) => set({ purpose })} />
        <Chips label={m.visits.companionsHint} options={companionUnits.map((value) => ({ value, label: m.words.companionUnits[value] }))} value={values.companions} onChange={(companions) => set({ companions })} />
      </Fold>
      {found.length === 0 ? (
        <Empty>{searched === '' ? m.households.none : m.households.notFound(searched)}</Empty>
      ) : (
        <Chips
          label={a.hint}
          hint={chosen.length === 0 ? undefined : a.chosen(chosen.length)}
          options={found.map(({ recordId, fields }) => ({ value: recordId, label: m.words.household(fields.headName, fields.no) }))}
          value={chosen}
          onChange={(shown) => set({ chosen: [...others, ...shown] })}
          isFull={chosen.length >= chosenAtMost}
          inLines
        />
      )}
    </FormPage>
  );
}
