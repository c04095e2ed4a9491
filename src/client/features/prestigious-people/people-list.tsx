import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatAgo } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';

/** The prestigious people of my hamlet (for the commune's people: of all hamlets). */
export function PeopleList() {
  const m = useMessages();
  const store = useStore();
  const hamlets = myHamlets(store);
  const people = hamlets.length === 0 ? store.all('prestigious_person') : hamlets.flatMap((hamletId) => store.inHamlet('prestigious_person', hamletId));
  const inOrder = [...people].sort((a, b) => compareVietnamese(areaName(store, a.areaId), areaName(store, b.areaId)) || compareVietnamese(a.fields.fullName, b.fields.fullName));
  return (
    <Page title={m.people.title} back={paths.today()}>
      {inOrder.length === 0 ? (
        <Empty>{m.people.none}</Empty>
      ) : (
        <List label={m.people.title}>
          {inOrder.map((person) => {
            const last = store.childrenOf('prestigious_contact', person.recordId)[0];
            const about = [
              hamlets.length === 1 ? undefined : areaName(store, person.areaId),
              person.fields.occupationOrRole,
              last === undefined ? m.people.neverMet : m.people.lastContact(formatAgo(last.fields.date)),
            ].filter((part) => part !== undefined);
            return <Row key={person.recordId} href={paths.person(person.recordId)} title={person.fields.fullName} detail={about.join(' · ')} />;
          })}
        </List>
      )}
    </Page>
  );
}
