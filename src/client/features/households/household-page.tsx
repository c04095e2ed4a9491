import { Fragment, useLayoutEffect } from 'react';
import type { ReactNode } from 'react';
import { ownPageWords, reasonWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { householdOf, mayChangeHousehold, mayKeepRegister } from '#client/store/household-in-hand.ts';
import { areaName, isMyHamlet } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { isStanding } from '#domain/household.ts';
import { standingVisits } from '#domain/last-visit.ts';
import { isToAnswerItself } from '#domain/record-consent.ts';
import type { RecordState } from '#domain/record.ts';
import { waitsForTeam } from '#domain/return-visit.ts';
import { isOfBloc } from '#domain/role.ts';
import { Declined, DoubleSaidNo, DoublesOf, HouseholdStanding, NamedStill } from './household-standing.tsx';

interface HouseholdPageProps {
  readonly id: string;
  /** What two people wrote differently about it, asked; and who set what: parts that every record's page has. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
}

/** One household: who and where, what was done for it, and all that is kept about it. */
export function HouseholdPage({ id, conflicts, history }: HouseholdPageProps) {
  const m = useMessages();
  const store = useStore();
  const household = householdOf(store, id);
  // The list behind it may have been scrolled far down.
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  if (household === undefined) {
    return (
      <Page title={m.households.title} back={paths.households()}>
        <Empty>{m.households.gone}</Empty>
      </Page>
    );
  }
  const { fields } = household;
  const visits = store.childrenOf('visit', id);
  const mark = store.mark(household);
  const needs = ownPageWords(m, mark);
  const isFollowed = isStanding(fields);
  const isVisited = isFollowed && isMyHamlet(store, household.areaId);
  const facts = [
    m.households.number(fields.no),
    fields.houseLabel,
    fields.members === undefined ? undefined : m.words.people(fields.members),
    fields.lang === undefined ? undefined : m.households.speaks(m.words.languages[fields.lang]),
    areaName(store, household.areaId),
  ].filter((fact) => fact !== undefined);

  return (
    <Page
      title={m.households.title}
      heading={fields.headName ?? m.words.household(undefined, fields.no)}
      back={paths.households()}
      footer={
        isVisited ? (
          <ButtonLink variant="primary" wide href={paths.newVisit(id)}>
            {m.households.logVisit}
          </ButtonLink>
        ) : undefined
      }
    >
      <HouseholdStanding household={household} />
      <div className="stack-close">
        <p>{facts.join(' · ')}</p>
        <div className="line">
          {fields.phone === undefined ? null : (
            <ButtonLink href={`tel:${fields.phone}`}>
              <Icon name="phone" />
              {m.households.call(fields.phone)}
            </ButtonLink>
          )}
          {mark.state === 'sent' ? null : <Mark state={mark.state} />}
        </div>
        {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
        {conflicts}
        <Declined household={household} />
        <DoubleSaidNo household={household} />
        <NamedStill household={household} />
      </div>

      <Section title={m.households.visits} count={standingVisits(visits).length}>
        {visits.length === 0 ? (
          <Empty>{isVisited ? m.households.noVisits : m.households.noVisitsWritten}</Empty>
        ) : (
          <List label={m.households.visits}>
            {visits.map((visit) => (
              <VisitRow key={visit.recordId} visit={visit} household={household} store={store} />
            ))}
          </List>
        )}
      </Section>

      <List>
        <Row href={paths.consent(id)} title={m.subjectRights.consent.title} detail={m.words.householdContacts[isToAnswerItself(household, store.childrenOf('consent', id)) ? 'not_asked' : fields.contact]} />
        {mayChangeHousehold(store, household) ? <Row href={paths.correctHousehold(id)} title={m.households.form.title} /> : null}
        <Row href={paths.heldAbout(id)} title={m.subjectRights.held.open} detail={m.subjectRights.held.openHint} />
      </List>
      <div>
        {isFollowed && mayKeepRegister(store, household) ? (
          <Fold label={m.households.otherWork}>
            <List>
              <Row href={paths.mergeHousehold(id)} title={m.households.merging.title} />
              {isOfBloc(store.account()) ? <Row href={paths.moveHousehold(id)} title={m.households.moving.title} /> : null}
              <Row href={paths.closeHousehold(id)} title={m.households.closing.title} />
            </List>
          </Fold>
        ) : null}
        <DoublesOf household={household} />
        {history}
      </div>
    </Page>
  );
}

interface VisitRowProps {
  readonly visit: RecordState<'visit'>;
  /** On whose page it stands; it may have been written on a double. */
  readonly household: RecordState<'household'>;
  readonly store: FieldStore;
}

function VisitRow({ visit, household, store }: VisitRowProps) {
  const m = useMessages();
  const mark = store.mark(visit);
  const { householdId, date, purpose, met, topics, outcome, voidReason, promisedOn } = visit.fields;
  const title = `${formatDay(date)} · ${m.words.visitPurposes[purpose]}`;
  const double = householdId === household.recordId ? undefined : householdOf(store, householdId);
  const detail = [
    voidReason === undefined ? undefined : `${m.visits.voiding.mark}: ${m.words.voidReasons[voidReason]}`,
    met === 'yes' ? undefined : m.words.met[met],
    topics?.map((topic) => m.words.topics[topic]).join(' · '),
    outcome,
    double === undefined ? undefined : m.households.onDouble(double.fields.no),
    promisedOn === undefined ? undefined : m.today.promisedOn(formatDay(promisedOn)),
    store.childrenOf('visit_return', visit.recordId).some((asked) => waitsForTeam(asked, visit)) ? m.visits.returning.open : undefined,
    mark.state === 'needs_you' ? reasonWords(m, mark.reason) : undefined,
  ].filter((part) => part !== undefined && part !== '');
  return (
    <Row
      href={paths.record(visit.recordId)}
      title={voidReason === undefined ? title : <s>{title}</s>}
      detail={detail.length === 0 ? undefined : detail.map((part) => <Fragment key={part}>{part}<br /></Fragment>)}
      mark={<Mark state={mark.state} />}
    />
  );
}
