import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { recordFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { mayCorrect } from '#client/store/may-correct.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { presentArea } from '#domain/permissions.ts';
import type { ContactPurpose } from '#domain/prestigious-person.ts';
import { BenefitSection } from './benefit-section.tsx';
import { ContactSection } from './contact-section.tsx';
import { mayAddTo, personOf } from './person-reads.ts';
import { TermSection } from './term-section.tsx';

const inWords = { day: formatDay, amount: formatNumber, nameOf: () => undefined };

interface PersonPageProps {
  readonly id: string;
  /** For what a talk is most likely logged now; undefined: nothing in particular. */
  readonly purpose?: ContactPurpose | undefined;
  /** What two people wrote differently about them, asked; and who set what: parts that every record's page has. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
  /** Their photos; another feature's. */
  readonly photos: ReactNode;
}

/** One prestigious person: who, the term they hold, what they were given, the talks with them. */
export function PersonPage({ id, purpose, conflicts, history, photos }: PersonPageProps) {
  const m = useMessages();
  const store = useStore();
  const person = personOf(store, id);
  if (person === undefined) {
    return (
      <Page title={m.people.title} back={paths.people()}>
        <Empty>{m.people.gone}</Empty>
      </Page>
    );
  }
  const mark = store.mark(person);
  const needs = ownPageWords(m, mark);
  const { phone, occupationOrRole, languages } = person.fields;
  const about = [occupationOrRole, ...(languages ?? []).map((language) => m.words.languages[language]), areaName(store, presentArea(person.areaId, store))].filter((part) => part !== undefined);
  return (
    <Page title={m.people.title} heading={person.fields.fullName} back={paths.people()} footer={<MainAct id={id} purpose={purpose} />}>
      <p>{about.join(' · ')}</p>
      <div className="line">
        {phone === undefined ? null : (
          <ButtonLink href={`tel:${phone}`}>
            <Icon name="phone" />
            {m.people.call(phone)}
          </ButtonLink>
        )}
        {mayCorrect(store, person) ? <ButtonLink href={paths.correctPerson(id)}>{m.people.correct}</ButtonLink> : null}
        {mark.state === 'sent' ? null : <Mark state={mark.state} />}
      </div>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      <TermSection person={person} />
      <BenefitSection person={person} />
      <ContactSection person={person} />
      {photos}
      <Fold label={m.people.kept}>
        <Facts facts={recordFacts(m, person, inWords)} />
      </Fold>
      {history}
    </Page>
  );
}

/** A team logs talks; the bloc, which has none to log, what they were given. */
function MainAct({ id, purpose }: Pick<PersonPageProps, 'id' | 'purpose'>) {
  const m = useMessages();
  const store = useStore();
  const person = personOf(store, id);
  if (person === undefined) return null;
  const isTeam = mayAddTo(store, person, 'prestigious_contact');
  if (!isTeam && !mayAddTo(store, person, 'benefit')) return null;
  return (
    <ButtonLink variant="primary" wide href={isTeam ? paths.newContact(id, { purpose }) : paths.newBenefit(id)}>
      {isTeam ? m.people.logContact : m.people.benefit.log}
    </ButtonLink>
  );
}
