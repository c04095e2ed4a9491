import { useState } from 'react';
import { codeWords } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Chips, Choice, Select } from '#client/ui/choice.tsx';
import type { Option } from '#client/ui/choice.tsx';
import { DateField, PhoneField, TextArea, TextField } from '#client/ui/field.tsx';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { checkFields } from '#domain/change.ts';
import type { AnyRecord } from '#domain/record.ts';
import { tidyText } from '#domain/vietnamese-text.ts';
import { longTextFields, phoneFields } from '#domain/written-fields.ts';

interface OtherValueProps {
  readonly record: AnyRecord;
  readonly field: string;
  /** The field's name. */
  readonly name: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onTake: (value: unknown) => void;
}

const numbers: ReadonlySet<string> = new Set(['no', 'members', 'birthYear', 'durationMin', 'amount']);
const days: ReadonlySet<string> = new Set(['date']);
const lists: ReadonlySet<string> = new Set(['companions', 'topics', 'needsReported', 'needs', 'languages']);
const fewCodes = 4;

/** A third value, where neither of the two is right: entered as the field is anywhere else. */
export function OtherValue({ record, field, name, error, disabled, onTake }: OtherValueProps) {
  const m = useMessages();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const label = m.conflict.otherLabel(name);
  const words = codeWords(m, record.kind, field);
  const isList = lists.has(field);
  const options = words === undefined ? [] : optionsOf(record, field, words, isList);

  const value = (): unknown => {
    if (isList) return chosen;
    if (phoneFields.has(field)) return tidyPhone(typed);
    // What is no number goes on as it was typed, and is refused as such.
    if (numbers.has(field)) return /^\d+$/u.test(typed.trim()) ? Number(typed) : typed.trim();
    return tidyText(typed);
  };
  const text = { label, error, value: typed };
  return (
    <form
      className="stack-close"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onTake(value());
      }}
    >
      {isList ? (
        <Chips label={label} error={error} options={options} value={chosen} onChange={setChosen} />
      ) : words !== undefined && options.length <= fewCodes ? (
        <Choice label={label} error={error} options={options} value={typed} onChange={setTyped} />
      ) : words !== undefined ? (
        <Select label={label} error={error} options={options} value={typed === '' ? undefined : typed} onChange={setTyped} />
      ) : phoneFields.has(field) ? (
        <PhoneField {...text} onChange={(event) => setTyped(event.currentTarget.value)} />
      ) : days.has(field) ? (
        <DateField {...text} onChange={(event) => setTyped(event.currentTarget.value)} />
      ) : longTextFields.has(field) ? (
        <TextArea {...text} onChange={(event) => setTyped(event.currentTarget.value)} />
      ) : (
        <TextField {...text} inputMode={numbers.has(field) ? 'numeric' : 'text'} onChange={(event) => setTyped(event.currentTarget.value)} />
      )}
      <Button type="submit" wide disabled={disabled || (isList ? chosen.length === 0 : typed.trim() === '')}>
        {m.conflict.takeOther}
      </Button>
    </form>
  );
}

/** Only the codes that the record may have: the rules about it live in one place. */
function optionsOf(record: AnyRecord, field: string, words: Readonly<Record<string, string>>, isList: boolean): Option[] {
  return Object.entries(words).flatMap(([code, label]) => {
    const rejection = checkFields(record.kind, { ...record.fields, [field]: isList ? [code] : code });
    return rejection?.field === field && rejection.code === 'not_in_list' ? [] : [{ value: code, label }];
  });
}
