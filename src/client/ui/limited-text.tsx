import type { ComponentProps } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { TextArea } from './field.tsx';
import type { FieldWords } from './field.tsx';

interface LimitedTextProps extends FieldWords, Omit<ComponentProps<'textarea'>, 'maxLength' | 'value' | 'onChange'> {
  /** In characters. */
  readonly limit: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A tenth of a long text, and never less than a sentence. */
function warnedBefore(limit: number): number {
  return Math.max(60, limit / 10);
}

/** A text that may be so long; towards its end the hint gives way to how much is left. */
export function LimitedText({ limit, value, hint, onChange, ...area }: LimitedTextProps) {
  const m = useMessages().ui;
  const left = limit - value.length;
  return (
    <TextArea
      {...area}
      hint={left <= warnedBefore(limit) ? m.charactersLeft(Math.max(0, left)) : hint}
      maxLength={limit}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
