import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { paths } from '#client/ui/paths.ts';
import { dayOf, daysBetween } from '#domain/identifiers.ts';
import { tetVisitShare } from '#domain/tet-plan.ts';
import { isTetNear, tetAt } from '#domain/tet.ts';
import { peopleInReach } from './person-reads.ts';
import styles from './people-list.module.css';

/** The plan for Tết, by itself above the register while Tết is near; else a way to it. */
export function TetCard() {
  const m = useMessages();
  const store = useStore();
  const today = dayOf(store.commandContext().now);
  const tet = tetAt(today);
  if (tet === undefined || !isTetNear(today)) {
    return (
      <div className="line">
        <ButtonLink href={paths.tetPlan()}>{m.people.tet.open}</ButtonLink>
      </div>
    );
  }
  const { done, of } = tetVisitShare(tet, peopleInReach(store));
  const left = daysBetween(today, tet.day);
  return (
    <section className={styles['card']} aria-label={m.people.tet.title}>
      <p className={styles['figure']}>
        {m.people.tet.name(tet.name, tet.year)} · {left < 0 ? m.people.tet.passed : m.people.tet.inDays(left)}
      </p>
      <p>{m.people.tet.progress(done, of)}</p>
      <progress className={styles['bar']} value={done} max={Math.max(of, 1)} aria-label={m.people.tet.progress(done, of)} />
      <ButtonLink variant="primary" href={paths.tetPlan()}>
        {m.people.tet.open}
      </ButtonLink>
    </section>
  );
}
