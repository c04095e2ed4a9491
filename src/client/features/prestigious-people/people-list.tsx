import { memo, useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatAgo } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { Section } from '#client/ui/section.tsx';
import { dayOf } from '#domain/identifiers.ts';
import { presentArea } from '#domain/permissions.ts';
import { coverageOf, hasRunOut, isHeld, presentTerm } from '#domain/prestigious-coverage.ts';
import { isOfBloc } from '#domain/role.ts';
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { Messages } from '#client/languages/vi.ts';
import { mayAddPerson, peopleInReach } from './person-reads.ts';
import type { Person } from './person-reads.ts';
import { TetCard } from './tet-card.tsx';
import styles from './people-list.module.css';

/** The register of my hamlet (for the bloc: of the commune), hamlet by hamlet, and where nobody is yet. */
export function PeopleList({ drafts }: { /** Forms left half written, where no other screen of this member lists them. */ readonly drafts?: ReactNode }) {
  const m = useMessages();
  const store = useStore();
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const { persons, hamletIds } = peopleInReach(store);
  const mayAdd = hamletIds.some((hamletId) => mayAddPerson(store, hamletId));
  return (
    <Page title={m.people.title} back={paths.today()}>
      {isOfBloc(store.account()) ? <TetCard /> : null}
      {drafts}
      {mayAdd || isOfBloc(store.account()) ? (
        <div className="line">
          {mayAdd ? (
            <ButtonLink href={paths.newPerson(hamletIds.length === 1 ? hamletIds[0] : undefined)}>
              <Icon name="plus" />
              {m.people.add}
            </ButtonLink>
          ) : null}
          {isOfBloc(store.account()) ? (
            <ButtonLink href={paths.officialList()}>
              <Icon name="print" />
              {m.people.print.printList}
            </ButtonLink>
          ) : null}
        </div>
      ) : null}
      {hamletIds.length < 2 ? null : <CoverageCard />}
      {persons.length < 2 ? null : <SearchField label={m.people.search} value={text} onChange={setText} />}
      <Found text={searched} />
    </Page>
  );
}

/** How many hamlets have one, and which have not: each a press away from entering somebody. */
function CoverageCard() {
  const m = useMessages();
  const store = useStore();
  const { terms, hamletIds } = peopleInReach(store);
  const { covered, hamlets, without } = coverageOf(hamletIds, terms, (areaId) => presentArea(areaId, store));
  return (
    <section className={styles['card']} aria-label={m.people.coverage(covered, hamlets)}>
      <p className={styles['figure']}>{m.people.coverage(covered, hamlets)}</p>
      {without.length === 0 ? null : (
        <Fold label={m.people.without} detail={String(without.length)}>
          <List label={m.people.without}>
            {without.map((hamletId) => (
              <Row key={hamletId} title={areaWordsOf(m, store, hamletId)} {...(mayAddPerson(store, hamletId) ? { href: paths.newPerson(hamletId), detail: m.people.add } : {})} />
            ))}
          </List>
        </Fold>
      )}
    </section>
  );
}

/** Drawn again when the text or the store changes, not at each key. */
const Found = memo(function Found({ text }: { readonly text: string }) {
  const m = useMessages();
  const store = useStore();
  const { persons, terms, hamletIds } = peopleInReach(store);
  const words = withoutDiacritics(text).split(' ').filter((word) => word !== '');
  const found = persons.filter((person) => words.every((word) => searchedIn(store, person).includes(word)));
  const isHolder = (person: Person) => terms.some((term) => isHeld(term) && term.fields.personId === person.recordId);
  const [holders, others] = [found.filter(isHolder), found.filter((person) => !isHolder(person))];
  // In its place among the others, unless somebody is searched for.
  const empty = text === '' && hamletIds.length > 1 ? coverageOf(hamletIds, terms, (areaId) => presentArea(areaId, store)).without : [];
  const places = [...new Set([...hamletIds, ...holders.map(({ areaId }) => presentArea(areaId, store))])];
  if (found.length + empty.length === 0) return <Empty>{text === '' ? m.people.none : m.people.notFound(text)}</Empty>;
  const row = (person: Person) => (
    <Row key={person.recordId} href={paths.person(person.recordId)} title={person.fields.fullName} detail={aboutPerson(m, store, person, hamletIds.length > 1)} />
  );
  return (
    <>
      {holders.length + empty.length === 0 ? null : (
        <List label={m.people.title}>
          {places.flatMap((hamletId) => [
            ...holders.filter((person) => presentArea(person.areaId, store) === hamletId).map(row),
            ...(empty.includes(hamletId)
              ? [<Row key={hamletId} title={areaName(store, hamletId)} badge={<span className={styles['nobody']}>{m.people.nobodyYet}</span>} />]
              : []),
          ])}
        </List>
      )}
      {others.length === 0 ? null : (
        <Section title={m.people.former} count={others.length}>
          <List label={m.people.former}>{others.map(row)}</List>
        </Section>
      )}
    </>
  );
});

function searchedIn(store: FieldStore, { areaId, fields }: Person): string {
  return withoutDiacritics([fields.fullName, fields.occupationOrRole ?? '', areaName(store, presentArea(areaId, store))].join(' '));
}

/** `Ngọc Sơn · Đang giữ 2023–2027 · gặp hôm qua`. */
function aboutPerson(m: Messages, store: FieldStore, { recordId, areaId, fields }: Person, saysHamlet: boolean): string {
  const term = presentTerm(store.childrenOf('prestigious_term', recordId));
  const last = store.childrenOf('prestigious_contact', recordId).filter((contact) => contact.fields.voidReason === undefined && contact.fields.met === 'yes')
    .sort((a, b) => b.fields.date.localeCompare(a.fields.date))[0];
  return [
    saysHamlet ? areaName(store, presentArea(areaId, store)) : fields.occupationOrRole,
    term === undefined ? m.people.noTerm : `${m.words.termStates[term.fields.state]} ${m.people.years(term.fields.termFrom, term.fields.termTo)}`,
    term !== undefined && hasRunOut(term.fields, dayOf(store.commandContext().now)) ? m.people.runOut : undefined,
    last === undefined ? m.people.neverMet : m.people.lastContact(formatAgo(last.fields.date)),
  ].filter((part) => part !== undefined).join(' · ');
}
