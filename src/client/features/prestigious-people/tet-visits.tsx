import { useRef, useState } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { DayFold } from '#client/ui/day-fold.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import { capWarnings } from '#domain/benefit-caps.ts';
import type { CommandError } from '#domain/command.ts';
import { presentArea } from '#domain/permissions.ts';
import { recordBenefit } from '#domain/record-benefit.ts';
import { isKind } from '#domain/record.ts';
import type { TetPlanRow } from '#domain/tet-plan.ts';
import type { Tet } from '#domain/tet.ts';
import { voidRecord } from '#domain/void-record.ts';
import { giftWords } from './benefit-section.tsx';
import { benefitInput, benefitValuesOf, capWords } from './benefit-values.ts';
import type { BenefitValues } from './benefit-values.ts';
import { GiftFields } from './gift-fields.tsx';
import { mayAddTo } from './person-reads.ts';
import type { Given, Person } from './person-reads.ts';

interface TetVisitsProps {
  readonly tet: Tet;
  readonly today: string;
  readonly rows: readonly TetPlanRow<Person, Given>[];
}

/**
 * Everyone of the plan, those still to visit first; one press logs a visit with the gift that the last one got. Whoever is visited now stays in their place until the
 * page is opened again: a second tap of the same finger must not find another person's button there.
 */
export function TetVisits({ tet, today, rows }: TetVisitsProps) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const words = m.people.tet;
  // The gift is remembered by what was given: the last one of this Tết stands there for the next.
  const [values, setValues] = useState<BenefitValues>(() => ({ ...benefitValuesOf(lastGiven(rows), today), kind: 'tet_visit', occasion: 'lunar_new_year', date: today }));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [wrong, setWrong] = useState<CommandError | undefined>(undefined);
  // Open where nothing was said yet; nothing moves under a finger that goes on.
  const [isFirst] = useState(rows.every(({ visits }) => visits.length === 0));
  /** Pressed, whether or not the list has followed. */
  const pressed = useRef(new Set<string>());
  const set = (fields: Partial<BenefitValues>) => {
    setValues((before) => ({ ...before, ...fields }));
    setWrong(undefined);
  };
  const input = benefitInput(values);
  const [before] = useState(() => new Set(rows.flatMap(({ person, visits }) => (visits.length > 0 ? [person.recordId] : []))));
  const isListed = ({ person, visits }: TetPlanRow<Person, Given>) => visits.length === 0 || !before.has(person.recordId);
  const [listed, visited] = [rows.filter(isListed), rows.filter((row) => !isListed(row))];
  const left = listed.filter(({ visits }) => visits.length === 0).length;
  const ofGift = capWarnings(input, []);
  const isInWindow = tet.from <= values.date && values.date <= tet.to;

  const log = async (person: Person) => {
    if (pressed.current.has(person.recordId)) return;
    pressed.current.add(person.recordId);
    const entry = recordBenefit(person, input, store.commandContext());
    const saved = entry.ok ? await store.write([entry.value]) : undefined;
    setWrong(entry.ok ? undefined : entry.error);
    setProblem(saved === undefined || saved.ok ? undefined : saveErrorWords(m, saved.error));
    if (!entry.ok || saved?.ok !== true) {
      pressed.current.delete(person.recordId);
      return;
    }
    const benefitId = entry.value.changes[0]?.recordId ?? '';
    showToast(words.logged(person.fields.fullName), { label: words.takeBack, run: () => void takeBack(person.recordId, benefitId) });
  };
  const takeBack = async (personId: string, benefitId: string) => {
    const benefit = store.find(benefitId);
    const entry = isKind(benefit, 'benefit') ? voidRecord(benefit, 'did_not_happen', store.commandContext()) : undefined;
    if (entry?.ok !== true || entry.value === undefined) return;
    const saved = await store.write([entry.value]);
    setProblem(saved.ok ? undefined : saveErrorWords(m, saved.error));
    if (saved.ok) pressed.current.delete(personId);
  };
  const about = (person: Person) => areaWordsOf(m, store, presentArea(person.areaId, store));

  return (
    <>
      {left === 0 ? <Notice tone="good">{words.allVisited}</Notice> : null}
      {listed.length === 0 ? null : (
        <Section title={words.toVisit} count={left}>
          <Fold label={words.gift} detail={giftWords(m, input)} isOpen={isFirst}>
            <div className="stack">
              <p className="quiet">{words.giftDetail}</p>
              <GiftFields values={values} set={set} errorOf={(field) => (wrong?.field === field ? fieldErrorWords(m, wrong) : undefined)} />
            </div>
          </Fold>
          <DayFold day={values.date} today={today} onChange={(date) => set({ date })} error={wrong?.field === 'date' ? fieldErrorWords(m, wrong) : undefined} />
          {isInWindow ? null : <Notice tone="warn">{words.notInWindow(formatDay(tet.from), formatDay(tet.to))}</Notice>}
          {ofGift.length === 0 ? null : <Notice tone="warn">{[...ofGift.map((warning) => capWords(m, warning)), m.people.benefit.mayStillSave].join(' ')}</Notice>}
          {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
          <List label={words.toVisit}>
            {listed.map(({ person, visits }) => {
              if (visits.length > 0) return <VisitedRow key={person.recordId} person={person} visits={visits} />;
              const others = store.childrenOf('benefit', person.recordId).map(({ fields }) => fields);
              const times = capWarnings(input, others).filter(({ over }) => over === 'times');
              return (
                <Row
                  key={person.recordId}
                  title={person.fields.fullName}
                  detail={[about(person), ...times.map((warning) => capWords(m, warning))].join(' · ')}
                  badge={
                    mayAddTo(store, person, 'benefit') ? (
                      <Button disabled={!isInWindow} aria-label={words.logFor(person.fields.fullName)} onClick={() => void log(person)}>
                        {words.log}
                      </Button>
                    ) : undefined
                  }
                />
              );
            })}
          </List>
        </Section>
      )}
      {visited.length === 0 ? null : (
        <Section title={words.visited} count={visited.length}>
          <List label={words.visited}>
            {visited.map(({ person, visits }) => (
              <VisitedRow key={person.recordId} person={person} visits={visits} />
            ))}
          </List>
        </Section>
      )}
    </>
  );
}

function VisitedRow({ person, visits }: TetPlanRow<Person, Given>) {
  const m = useMessages();
  const store = useStore();
  const given = visits.map(({ fields }) => [m.people.tet.visitedOn(formatDay(fields.date)), giftWords(m, fields)].filter((part) => part !== '').join(': '));
  return (
    <Row
      href={paths.person(person.recordId)}
      title={person.fields.fullName}
      detail={[areaWordsOf(m, store, presentArea(person.areaId, store)), ...given].join(' · ')}
      mark={visits[0] === undefined ? undefined : <Mark state={store.mark(visits[0]).state} />}
    />
  );
}

/** What the last one visited was given. */
function lastGiven(rows: readonly TetPlanRow<Person, Given>[]): Partial<Given['fields']> {
  const visits = rows.flatMap((row) => row.visits).sort((a, b) => b.occurredAt.localeCompare(a.occurredAt));
  return visits[0]?.fields ?? { level: 'commune' };
}
