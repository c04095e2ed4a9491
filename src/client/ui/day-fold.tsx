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
  readonly isOpen?: boolean | undefined;
  /** What is said about it, inside the fold. */
  readonly above?: ReactNode;
}

/** The day something was done: today, unless somebody opens this and says another. */
export function DayFold({ day, today, onChange, error, isOpen, above }: DayFoldProps) {
  const m = useMessages().visits;
  return (
    <Fold label={m.day} detail={day === today ? m.todayIs(formatDay(day)) : formatDay(day)} isOpen={isOpen}>
      {above}
      <DateField label={m.dayLabel} max={today} value={day} onChange={(event) => onChange(event.currentTarget.value)} error={error} />
    </Fold>
  );
}
