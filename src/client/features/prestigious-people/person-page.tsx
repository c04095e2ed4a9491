import type { ReactNode } from 'react';
import { ownPageWords, reasonWords } from '#client/languages/error-words.ts';
import { recordFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, isMyHamlet } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';

const inWords = { day: formatDay, amount: formatNumber, nameOf: () => undefined };

interface PersonPageProps {
  readonly id: string;
  /** What two people wrote differently about them, asked; and who set what: parts that every record's page has. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
  /** Their photos; another feature's. */
  readonly photos: ReactNode;
}

/** One prestigious person: who, the talks with them, the benefits they were given. */
export function PersonPage({ id, conflicts, history, photos }: PersonPageProps) {
  const m = useMessages();
  const store = useStore();
  const person = store.find(id);
  if (!isKind(person, 'prestigious_person') || person.deleted) {
    return (
      <Page title={m.people.title} back={paths.people()}>
        <Empty>{m.people.gone}</Empty>
      </Page>
    );
  }
  const contacts = store.childrenOf('prestigious_contact', id);
  const benefits = store.childrenOf('benefit', id);
  const mark = store.mark(person);
  const needs = ownPageWords(m, mark);
  const area = presentArea(person.areaId, store);
  const isMine = isMyHamlet(store, person.areaId);
  const { phone, occupationOrRole, languages } = person.fields;
  const about = [occupationOrRole, ...(languages ?? []).map((language) => m.words.languages[language]), areaName(store, area)].filter((part) => part !== undefined);
  return (
    <Page
      title={m.people.title}
      heading={person.fields.fullName}
      back={paths.people()}
      footer={
        isMine ? (
          <ButtonLink variant="primary" wide href={paths.newContact(id)}>
            {m.people.logContact}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>{about.join(' · ')}</p>
      <div className="line">
        {phone === undefined ? null : (
          <ButtonLink href={`tel:${phone}`}>
            <Icon name="phone" />
            {m.people.call(phone)}
          </ButtonLink>
        )}
        {mark.state === 'sent' ? null : <Mark state={mark.state} />}
      </div>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      <Section title={m.people.contacts} count={contacts.length}>
        {contacts.length === 0 ? (
          <Empty>{m.people.noContacts}</Empty>
        ) : (
          <List label={m.people.contacts}>
            {contacts.map((contact) => {
              const { date, purpose, met, outcome } = contact.fields;
              const contactMark = store.mark(contact);
              const talk = [
                met === 'yes' ? undefined : m.words.met[met],
                outcome,
                contactMark.state === 'needs_you' ? reasonWords(m, contactMark.reason) : undefined,
              ].filter((part) => part !== undefined);
              return (
                <Row
                  key={contact.recordId}
                  href={paths.record(contact.recordId)}
                  title={`${formatDay(date)} · ${m.words.contactPurposes[purpose]}`}
                  detail={talk.join(' · ')}
                  mark={<Mark state={contactMark.state} />}
                />
              );
            })}
          </List>
        )}
      </Section>
      {benefits.length === 0 ? null : (
        <Section title={m.people.benefits} count={benefits.length}>
          <List label={m.people.benefits}>
            {benefits.map(({ recordId, fields }) => (
              <Row
                key={recordId}
                title={`${formatDay(fields.date)} · ${m.words.benefitKinds[fields.kind]}`}
                detail={[fields.inKind, fields.amount === undefined ? undefined : m.words.dong(formatNumber(fields.amount)), fields.deliveredBy]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              />
            ))}
          </List>
        </Section>
      )}
      {photos}
      <Fold label={m.people.kept}>
        <Facts facts={recordFacts(m, person, inWords)} />
      </Fold>
      {history}
    </Page>
  );
}
