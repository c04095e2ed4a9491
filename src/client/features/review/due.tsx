import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from '#client/ui/class-names.ts';
import { formatDay } from '#client/ui/dates.ts';
import { intakeDueOnOf } from '#domain/feedback-clocks.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import { isOverdue } from './desk-row.ts';
import type { DeskRow } from './desk-row.ts';
import { dueWords } from './due-words.ts';
import styles from './feedback-line.module.css';

/** How long there is for what is owed next, behind where it stands; and whose it is to see to by now. */
export function Due({ row, today }: { readonly row: DeskRow; readonly today: string }) {
  const m = useMessages();
  const { clock, escalation } = row;
  if (clock === undefined) return null;
  const raised = escalation === 'lead' || escalation === 'report' ? ` · ${m.review.escalations[escalation]}` : '';
  return (
    <>
      {' · '}
      <span className={classNames((isOverdue(row) || escalation === 'today') && styles['pressing'])}>
        {dueWords(m, clock, today)}
        {raised}
      </span>
    </>
  );
}

/** Until it is answered, the day by which the law asks that whoever spoke is told what becomes of it; for the bloc, which answers for that. */
export function IntakeDue({ row }: { readonly row: DeskRow }) {
  const m = useMessages();
  const { feedback, standing, clock } = row;
  const dueOn = intakeDueOnOf(feedback, shippedHolidays);
  const isOwed = clock !== undefined && standing.answeredOn === undefined;
  return dueOn === undefined || !isOwed ? null : <p className="quiet">{m.review.intakeDue(formatDay(dueOn))}</p>;
}
