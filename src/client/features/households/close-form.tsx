import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { useOneSave } from '#client/store/use-one-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Choice } from '#client/ui/choice.tsx';
import { DateField } from '#client/ui/field.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { paths } from '#client/ui/paths.ts';
import { chosenReasons, closeHousehold, reopenHousehold } from '#domain/close-household.ts';
import type { ChosenReason } from '#domain/close-household.ts';
import { dayOf } from '#domain/identifiers.ts';
import type { RecordState } from '#domain/record.ts';
import { useUndo } from './use-undo.ts';

/** A reason and a day, both chosen: nothing is typed, so no draft is kept. */
export function CloseForm({ household }: { readonly household: RecordState<'household'> }) {
  const m = useMessages();
  const store = useStore();
  const showUndo = useUndo();
  const [, navigate] = useLocation();
  const c = m.households.closing;
  const { recordId, fields } = household;
  const today = dayOf(store.commandContext().now);
  const [reason, setReason] = useState<ChosenReason | undefined>(undefined);
  const [day, setDay] = useState(today);
  const [isAsked, setIsAsked] = useState(false);
  const { save, isSaving, error } = useOneSave();
  const dayWrong = day === '' ? 'required' : day > today ? 'out_of_range' : undefined;

  const submit = async () => {
    setIsAsked(true);
    if (reason === undefined || dayWrong !== undefined) return;
    if (!(await save(closeHousehold(household, { reason, on: day }, store.commandContext())))) return;
    navigate(paths.household(recordId), { replace: true });
    showUndo(
      c.done,
      (now) => {
        const closed = householdOf(now, recordId);
        return closed === undefined ? undefined : reopenHousehold(closed, now.commandContext());
      },
      c.undone,
    );
  };

  return (
    <FormPage
      title={c.title}
      back={paths.household(recordId)}
      onSubmit={submit}
      isSaving={isSaving}
      problems={[error && saveErrorWords(m, error)]}
      saveWords={c.save}
    >
      <div>
        <p>
          <strong>{m.words.household(fields.headName, fields.no)}</strong>
        </p>
        <p className="quiet">{c.means}</p>
      </div>
      <Choice
        label={c.why}
        options={chosenReasons.map((value) => ({ value, label: m.words.closingReasons[value] }))}
        value={reason}
        onChange={setReason}
        error={isAsked && reason === undefined ? c.whyMissing : undefined}
      />
      <DateField
        label={c.day}
        max={today}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={isAsked && dayWrong !== undefined ? fieldErrorWords(m, { field: 'closedOn', code: dayWrong }) : undefined}
      />
    </FormPage>
  );
}
