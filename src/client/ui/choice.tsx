import { Check } from 'lucide-react';
import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Field, FieldError, hasWords } from './field.tsx';
import type { FieldWords } from './field.tsx';
import fieldStyles from './field.module.css';
import styles from './choice.module.css';

export interface Option<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

interface ChoiceProps<V extends string> extends FieldWords {
  readonly options: readonly Option<V>[];
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
}

/** One of a few, all seen at once: the segmented radio group. */
export function Choice<V extends string>({ label, hint, error, options, value, onChange }: ChoiceProps<V>) {
  const name = useId();
  return (
    <Group label={label} hint={hint} error={error} id={name} role="radiogroup">
      {options.map((option) => (
        <label key={option.value} className={styles['option']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className={styles['face']}>{option.label}</span>
        </label>
      ))}
    </Group>
  );
}

export interface ChipsProps<V extends string> extends FieldWords {
  readonly options: readonly Option<V>[];
  readonly value: readonly V[];
  readonly onChange: (value: V[]) => void;
  /** No more than so many can be on; the others stay put until one is taken off. */
  readonly max?: number | undefined;
  /** So many are on, also among those that are not shown, that no other can be. */
  readonly isFull?: boolean | undefined;
  /** One a line, as wide as the screen: names to be ticked. */
  readonly inLines?: boolean | undefined;
}

/** Any of several, switched on and off. The answer keeps the order of `options`. */
export function Chips<V extends string>({ label, hint, error, options, value, onChange, max, isFull, inLines }: ChipsProps<V>) {
  const id = useId();
  const toggle = (option: V, isOn: boolean) =>
    onChange(options.map((each) => each.value).filter((each) => (each === option ? isOn : value.includes(each))));
  return (
    <Group label={label} hint={hint} error={error} id={id} role="group">
      {options.map((option) => {
        const isOn = value.includes(option.value);
        return (
          <label key={option.value} className={classNames(styles['option'], inLines === true ? styles['line'] : styles['chip'])}>
            <input
              type="checkbox"
              checked={isOn}
              disabled={!isOn && (isFull === true || (max !== undefined && value.length >= max))}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
            <span className={styles['face']}>
              <span className={styles['tick']}>
                <Check size={18} aria-hidden />
              </span>
              {option.label}
            </span>
          </label>
        );
      })}
    </Group>
  );
}

interface SelectProps<V extends string> extends FieldWords, Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  readonly options: readonly Option<V>[];
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string | undefined;
}

/** One of many: the phone's own list. */
export function Select<V extends string>({ label, hint, error, options, value, onChange, placeholder, ...select }: SelectProps<V>) {
  return (
    <Field label={label} hint={hint} error={error} id={select.id}>
      {(tied) => (
        <select
          {...select}
          {...tied}
          className={fieldStyles['input']}
          value={value ?? ''}
          onChange={(event) => onChange(event.currentTarget.value as V)}
        >
          {value === undefined || placeholder !== undefined ? (
            <option value="" disabled={value !== undefined}>
              {placeholder ?? ''}
            </option>
          ) : null}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Group({ label, hint, error, id, role, children }: FieldWords & { readonly id: string; readonly role: 'group' | 'radiogroup'; readonly children: ReactNode }) {
  const isWrong = hasWords(error);
  const describedBy = [hasWords(hint) ? `${id}-hint` : '', isWrong ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div
      className={styles['group']}
      role={role}
      aria-labelledby={`${id}-label`}
      {...(describedBy === '' ? {} : { 'aria-describedby': describedBy })}
      {...(isWrong && role === 'radiogroup' ? { 'aria-invalid': true } : {})}
    >
      <div className={styles['label']} id={`${id}-label`}>
        {label}
      </div>
      {hasWords(hint) ? <div className={fieldStyles['hint']} id={`${id}-hint`}>{hint}</div> : null}
      <div className={styles['options']}>{children}</div>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}
