import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { areaName, standingHamlets } from '#client/store/my-hamlets.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { DateField, TextField } from '#client/ui/field.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { nextNumber } from '#domain/add-household.ts';
import type { CommandError } from '#domain/command.ts';
import { dayOf } from '#domain/identifiers.ts';
import { likelyDoubles } from '#domain/likely-doubles.ts';
import { moveHousehold, undoMove } from '#domain/move-household.ts';
import { presentArea } from '#domain/permissions.ts';
import type { RecordState } from '#domain/record.ts';
import { LikelyDoubles } from './likely-doubles.tsx';
import { useUndo } from './use-undo.ts';

interface MoveValues {
  readonly hamletId?: string;
  /** As typed; a field that is not there was not touched. */
  readonly no?: string;
  readonly houseLabel?: string;
  readonly day?: string;
}

interface MoveFormProps {
  readonly household: RecordState<'household'>;
  readonly draftId?: string | undefined;
}

/** The bloc moves a household to another hamlet of the commune. */
export function MoveForm({ household, draftId = `move-${household.recordId}` }: MoveFormProps) {
  const m = useMessages();
  const store = useStore();
  const showUndo = useUndo();
  const [, navigate] = useLocation();
  const w = m.households.moving;
  const { recordId, fields } = household;
  const { values, setValues, form, resumedAt } = useDraftedForm<MoveValues>(store, { draftId, form: 'move_household', subjectId: recordId }, () => ({}));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isHamletMissing, setIsHamletMissing] = useState(false);

  const today = dayOf(store.commandContext().now);
  const here = presentArea(household.areaId, store);
  const hamlets = standingHamlets(store).filter((hamletId) => hamletId !== here);
  const hamletId = hamlets.find((id) => id === values.hamletId);
  const there = hamletId === undefined ? [] : store.inHamlet('household', hamletId);
  const proposed = hamletId === undefined ? undefined : nextNumber(there);
  const no = values.no ?? String(proposed ?? '');
  // The old landmark is none in the new hamlet.
  const houseLabel = values.houseLabel ?? '';
  const day = values.day ?? today;
  const doubles = likelyDoubles({ no: Number(no), headName: fields.headName, phone: fields.phone }, there.filter((other) => other.fields.mergedInto === undefined));

  const set = (changed: MoveValues) => {
    setValues((before) => ({ ...before, ...changed }));
    setError(undefined);
  };
  const wrong = (field: string) => (error?.field === field ? fieldErrorWords(m, error) : undefined);

  const submit = async () => {
    setIsHamletMissing(hamletId === undefined);
    const isDayWrong = day === '' || day > today;
    const moved =
      hamletId === undefined || isDayWrong
        ? undefined
        : moveHousehold(household, { hamletId, no: Number(no), houseLabel, on: day, consents: store.childrenOf('consent', recordId) }, form.context());
    setError(isDayWrong ? { kind: 'household', field: 'closedOn', code: day === '' ? 'required' : 'out_of_range' } : moved === undefined || moved.ok ? undefined : moved.error);
    if (hamletId === undefined || moved === undefined || !moved.ok) return;
    if (!(await form.save([moved.value.entry]))) return;
    const newId = moved.value.householdId;
    navigate(paths.household(newId), { replace: true });
    showUndo(
      w.done(areaWordsOf(m, store, hamletId)),
      (now) => {
        const [old, made] = [householdOf(now, recordId), householdOf(now, newId)];
        return old === undefined || made === undefined ? undefined : undoMove(old, made, dayOf(now.commandContext().now), now.commandContext());
      },
      w.undone,
    );
  };

  return (
    <FormPage
      title={w.title}
      back={paths.household(recordId)}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} />}
      aboveButton={<LikelyDoubles doubles={doubles} />}
      saveWords={w.save}
    >
      <div>
        <p>
          <strong>{m.words.household(fields.headName, fields.no)}</strong> · {areaWordsOf(m, store, here)}
        </p>
        <p className="quiet">{w.means}</p>
      </div>
      <Select
        label={m.households.form.hamlet}
        placeholder={m.households.form.chooseHamlet}
        options={hamlets.map((value) => ({ value, label: areaName(store, value) }))}
        value={hamletId}
        onChange={(chosen) => {
          set({ hamletId: chosen });
          setIsHamletMissing(false);
        }}
        error={isHamletMissing ? m.households.form.hamletMissing : undefined}
      />
      <TextField
        label={m.words.fields['no']}
        hint={proposed === undefined ? m.households.form.numberHint : m.households.form.numberNext(proposed)}
        inputMode="numeric"
        maxLength={4}
        value={no}
        onChange={(event) => set({ no: event.currentTarget.value })}
        error={wrong('no')}
      />
      <TextField
        label={m.words.fields['houseLabel']}
        hint={w.labelHint}
        maxLength={60}
        value={houseLabel}
        onChange={(event) => set({ houseLabel: event.currentTarget.value })}
        error={wrong('houseLabel')}
      />
      <DateField label={w.day} max={today} value={day} onChange={(event) => set({ day: event.currentTarget.value })} error={wrong('closedOn')} />
    </FormPage>
  );
}
