import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { dayOf, daysBetween } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { coverageOf } from '#domain/prestigious-coverage.ts';
import { percentOf, tetPlan, tetVisitShare } from '#domain/tet-plan.ts';
import { tetAt, tetOf } from '#domain/tet.ts';
import type { Tet } from '#domain/tet.ts';
import { AuditedPrint } from './audited-print.tsx';
import { peopleInReach } from './person-reads.ts';
import { TetOnPaper } from './tet-on-paper.tsx';
import { TetVisits } from './tet-visits.tsx';
import styles from './people-list.module.css';

/** Whom to visit for Tết, who was visited, and how far it has come. */
export function TetPlanPage() {
  const m = useMessages();
  const store = useStore();
  const words = m.people.tet;
  const today = dayOf(store.commandContext().now);
  const next = tetAt(today);
  const [year, setYear] = useState(String(next?.year ?? ''));
  const tet = tetOf(Number(year));
  const choices = next === undefined ? [] : [next.year - 1, next.year].flatMap((each) => tetOf(each) ?? []);
  return (
    <Page title={words.title} back={paths.people()}>
      {choices.length < 2 ? null : (
        <Select label={words.which} options={choices.map((each) => ({ value: String(each.year), label: words.name(each.name, each.year) }))} value={year} onChange={setYear} />
      )}
      {tet === undefined ? <Empty>{words.outOfTable}</Empty> : <PlanOf key={tet.year} tet={tet} today={today} />}
    </Page>
  );
}

function PlanOf({ tet, today }: { readonly tet: Tet; readonly today: string }) {
  const m = useMessages();
  const store = useStore();
  const words = m.people.tet;
  const reach = peopleInReach(store);
  const rows = tetPlan(tet, reach);
  const share = tetVisitShare(tet, reach);
  const percent = percentOf(share);
  const { without } = coverageOf(reach.hamletIds, reach.terms, (areaId) => presentArea(areaId, store));
  const left = daysBetween(today, tet.day);
  if (rows.length === 0) return <Empty>{words.nobody}</Empty>;
  return (
    <>
      <section className={styles['card']} aria-label={words.progress(share.done, share.of)}>
        <p className="quiet">
          {words.name(tet.name, tet.year)} · {formatDay(tet.day)} · {left < 0 ? words.passed : words.inDays(left)}
        </p>
        <p className={styles['figure']}>{words.progress(share.done, share.of)}</p>
        <progress className={styles['bar']} value={share.done} max={share.of} aria-label={words.progress(share.done, share.of)} />
        <p>
          {words.holders(rows.length)}. {tet.to < today ? null : without.length === 0 ? words.noneMissing : words.missing(without.map((hamletId) => areaWordsOf(m, store, hamletId)).join(', '))}
        </p>
        <p>{words.indicator(percent === undefined ? '–' : `${percent} %`)}</p>
      </section>
      <TetVisits tet={tet} today={today} rows={rows} />
      <AuditedPrint list="tet_plan" rows={rows.length} sheet={<TetOnPaper tet={tet} rows={rows} />} />
    </>
  );
}
