import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** What every field says: its name, what helps to fill it, and what is wrong with it. */
export interface FieldWords {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
}

// autoComplete: without `off` a browser writes what stands in a field, readable, beside its history, to fill a tab that is restored.
export function TextField({ label, hint, error, ...input }: FieldWords & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} id={input.id}>
      {(tied) => <input type="text" autoComplete="off" {...input} {...tied} className={classNames(styles['input'], input.className)} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, ...input }: FieldWords & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} id={input.id}>
      {(tied) => <textarea rows={3} autoComplete="off" {...input} {...tied} className={classNames(styles['input'], styles['area'], input.className)} />}
    </Field>
  );
}

export function PhoneField(props: FieldWords & Omit<ComponentProps<'input'>, 'type'>) {
  return <TextField type="tel" inputMode="tel" {...props} />;
}

/** `YYYY-MM-DD`, picked with the phone's own calendar. */
export function DateField(props: FieldWords & Omit<ComponentProps<'input'>, 'type'>) {
  return <TextField type="date" {...props} />;
}

export interface TiedToWords {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** Label, hint and error around any control; `children` is given the attributes that tie the control to them. */
export function Field({ label, hint, error, id, children }: FieldWords & { readonly id?: string | undefined; readonly children: (tied: TiedToWords) => ReactNode }) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const isWrong = hasWords(error);
  const describedBy = [hasWords(hint) ? `${controlId}-hint` : '', isWrong ? `${controlId}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={controlId}>
        {label}
      </label>
      {hasWords(hint) ? <div className={styles['hint']} id={`${controlId}-hint`}>{hint}</div> : null}
      {children({
        id: controlId,
        ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
        ...(isWrong ? { 'aria-invalid': true as const } : {}),
      })}
      <FieldError id={`${controlId}-error`}>{error}</FieldError>
    </div>
  );
}

export function FieldError({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  if (!hasWords(children)) return null;
  return (
    <div className={styles['error']} id={id} role="alert">
      {children}
    </div>
  );
}

export function hasWords(words: ReactNode): boolean {
  return words !== undefined && words !== null && words !== false && words !== '';
}
