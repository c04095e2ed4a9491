import { useMessages } from '#client/languages/use-messages.ts';
import { DateField, TextField } from '#client/ui/field.tsx';

export interface HeldTermValues {
  readonly termFrom: string;
  readonly termTo: string;
  readonly decisionNo: string;
  readonly decidedOn: string;
}

interface HeldTermFieldsProps {
  readonly values: HeldTermValues;
  readonly set: (field: keyof HeldTermValues, value: string) => void;
  readonly errorOf: (field: keyof HeldTermValues) => string | undefined;
  readonly today: string;
}

/** A decision that is there already: its number, its day, the years of the term. */
export function HeldTermFields({ values, set, errorOf, today }: HeldTermFieldsProps) {
  const m = useMessages();
  const tied = (field: keyof HeldTermValues) => ({
    label: m.words.fields[field],
    value: values[field],
    error: errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  return (
    <>
      <TextField maxLength={60} {...tied('decisionNo')} />
      <DateField max={today} {...tied('decidedOn')} />
      <TextField inputMode="numeric" maxLength={4} {...tied('termFrom')} />
      <TextField inputMode="numeric" maxLength={4} {...tied('termTo')} />
    </>
  );
}
