import { useMessages } from '#client/languages/use-messages.ts';
import { Choice } from '#client/ui/choice.tsx';
import { ChipsFold } from '#client/ui/chips-fold.tsx';
import { PhoneField, TextField } from '#client/ui/field.tsx';
import { spokenLanguages } from '#domain/household.ts';
import type { PersonValues } from './person-values.ts';

interface PersonFieldsProps {
  readonly values: PersonValues;
  readonly set: (field: keyof PersonValues, value: unknown) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Who they are, as far as it is written down: no more than the official list keeps, and how to reach and greet them. */
export function PersonFields({ values, set, errorOf }: PersonFieldsProps) {
  const m = useMessages();
  const words = m.people.form;
  const tied = (field: 'fullName' | 'birthYear' | 'phone' | 'occupationOrRole') => ({
    label: m.words.fields[field],
    value: values[field],
    error: field === 'birthYear' && errorOf(field) !== undefined ? words.wrongBirthYear : errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  return (
    <>
      <TextField maxLength={80} {...tied('fullName')} />
      <TextField inputMode="numeric" maxLength={4} hint={words.birthYearHint} {...tied('birthYear')} />
      <Choice
        label={m.words.fields['sex']}
        options={[{ value: 'm', label: m.words.sexes.m }, { value: 'f', label: m.words.sexes.f }, { value: '', label: words.sexEmpty }]}
        value={values.sex}
        onChange={(sex) => set('sex', sex)}
        error={errorOf('sex')}
      />
      <PhoneField hint={words.phoneHint} {...tied('phone')} />
      <TextField maxLength={60} hint={words.roleHint} {...tied('occupationOrRole')} />
      <ChipsFold
        name={m.words.fields['languages'] ?? ''}
        label={m.words.fields['languages'] ?? ''}
        options={spokenLanguages.map((value) => ({ value, label: m.words.languages[value] }))}
        value={[...values.languages]}
        onChange={(languages) => set('languages', languages)}
        error={errorOf('languages')}
      />
    </>
  );
}
