import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { formatDay } from './dates.ts';
import { DateField } from './field.tsx';
import { Fold } from './fold.tsx';

interface DayFoldProps {
  /** Both `YYYY-MM-DD`. */
  readonly day: string;
  readonly today: string;
  readonly onChange: (day: string) => void;
  readonly error?: ReactNode;
  /** What was done that day, where it was no visit: the fold's name and the field's. */
  readonly name?: { readonly fold: string; readonly field: string } | undefined;
}

/** The day something was done: today, unless somebody opens this and says another. */
export function DayFold({ day, today, onChange, error, name }: DayFoldProps) {
  const m = useMessages().visits;
  return (
    <Fold label={name?.fold ?? m.day} detail={day === today ? m.todayIs(formatDay(day)) : formatDay(day)}>
      <DateField label={name?.field ?? m.dayLabel} max={today} value={day} onChange={(event) => onChange(event.currentTarget.value)} error={error} />
    </Fold>
  );
}
