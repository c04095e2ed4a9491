import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from '#client/ui/class-names.ts';
import { formatDay } from '#client/ui/dates.ts';
import { waySteps } from './way-steps.ts';
import type { WayStep } from './way-steps.ts';
import type { PrestigiousTerm } from '#domain/prestigious-term.ts';
import styles from './term-way.module.css';

/** The way of a term as one line of steps: what was, where it stands, what is still to come. */
export function TermWay({ term }: { readonly term: PrestigiousTerm }) {
  const m = useMessages();
  const words = m.people.term;
  const detail = ({ state, day }: WayStep) => {
    const about = [
      day === undefined ? undefined : formatDay(day),
      state === 'proposed' && term.present !== undefined && term.households !== undefined ? words.meeting(term.present, term.households) : undefined,
      state === 'recognized' && term.decisionNo !== undefined ? words.decision(term.decisionNo) : undefined,
      state === 'ended' && term.endReason !== undefined ? m.words.termEndReasons[term.endReason] : undefined,
    ].filter((part) => part !== undefined);
    return about.join(' · ');
  };
  return (
    <ol className={styles['way']} role="list" aria-label={words.way}>
      {waySteps(term).map((step) => (
        <li key={step.state} className={classNames(styles['step'], styles[step.stands])} {...(step.stands === 'now' ? { 'aria-current': 'step' as const } : {})}>
          <span>{m.words.termStates[step.state]}</span>
          {step.stands === 'ahead' ? <span className="spoken">{words.notYet}</span> : <span className={styles['detail']}>{detail(step)}</span>}
        </li>
      ))}
    </ol>
  );
}
