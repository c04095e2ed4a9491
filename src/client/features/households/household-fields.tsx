import { fieldErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { Select } from '#client/ui/choice.tsx';
import { PhoneField, TextField } from '#client/ui/field.tsx';
import type { CommandError } from '#domain/command.ts';
import type { CorrectableField } from '#domain/correct-household.ts';
import { spokenLanguages } from '#domain/household.ts';
import type { TypedField } from './household-values.ts';

interface HouseholdFieldsProps {
  /** What stands in a field: as typed, else as it is kept. */
  readonly shown: (field: TypedField) => string;
  readonly onType: (field: TypedField, value: string) => void;
  readonly error: CommandError | undefined;
  /** Which fields may be written. */
  readonly open: readonly CorrectableField[];
  readonly numberHint?: string | undefined;
}

/** Who and where, as the team and the bloc write it down. */
export function HouseholdFields({ shown, onType, error, open, numberHint }: HouseholdFieldsProps) {
  const m = useMessages();
  const f = m.households.form;
  const tied = (field: TypedField) => ({
    label: m.words.fields[field],
    value: shown(field),
    error: error?.field === field ? fieldErrorWords(m, error) : undefined,
  });
  const typed = (field: TypedField) => ({ ...tied(field), onChange: (event: { readonly currentTarget: { readonly value: string } }) => onType(field, event.currentTarget.value) });
  return (
    <>
      {open.includes('headName') ? <TextField {...typed('headName')} maxLength={80} /> : null}
      <TextField {...typed('houseLabel')} hint={f.labelHint} maxLength={60} />
      <TextField {...typed('no')} hint={numberHint ?? f.numberHint} inputMode="numeric" maxLength={4} />
      {open.includes('phone') ? <PhoneField {...typed('phone')} hint={m.visits.phoneHint} /> : null}
      <TextField {...typed('members')} hint={f.membersHint} inputMode="numeric" maxLength={2} />
      <Select
        {...tied('lang')}
        options={[{ value: '', label: f.langEmpty }, ...spokenLanguages.map((value) => ({ value, label: m.words.languages[value] }))]}
        onChange={(lang) => onType('lang', lang)}
      />
    </>
  );
}
