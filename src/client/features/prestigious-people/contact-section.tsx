import { reasonWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { mayAddTo } from './person-reads.ts';
import type { Person } from './person-reads.ts';

/** The talks with them, the newest first. What is void stands there struck through. */
export function ContactSection({ person }: { readonly person: Person }) {
  const m = useMessages();
  const store = useStore();
  const contacts = [...store.childrenOf('prestigious_contact', person.recordId)].sort((a, b) => b.fields.date.localeCompare(a.fields.date));
  const counting = contacts.filter(({ fields }) => fields.voidReason === undefined).length;
  return (
    <Section title={m.people.contacts} count={counting}>
      {contacts.length === 0 ? (
        <Empty>{mayAddTo(store, person, 'prestigious_contact') ? m.people.noContactsLog : m.people.noContacts}</Empty>
      ) : (
        <List label={m.people.contacts}>
          {contacts.map((contact) => {
            const { date, purpose, met, outcome, voidReason } = contact.fields;
            const mark = store.mark(contact);
            const title = `${formatDay(date)} · ${m.words.contactPurposes[purpose]}`;
            const talk = [
              voidReason === undefined ? undefined : m.people.voided(m.words.voidReasons[voidReason]),
              met === 'yes' ? undefined : m.words.met[met],
              outcome,
              mark.state === 'needs_you' ? reasonWords(m, mark.reason) : undefined,
            ].filter((part) => part !== undefined);
            return (
              <Row
                key={contact.recordId}
                href={paths.record(contact.recordId)}
                title={voidReason === undefined ? title : <s>{title}</s>}
                detail={talk.join(' · ')}
                mark={<Mark state={mark.state} />}
              />
            );
          })}
        </List>
      )}
    </Section>
  );
}
