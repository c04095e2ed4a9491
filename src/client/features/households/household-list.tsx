import { memo, useDeferredValue, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName, myHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatAgo } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { isBlocRole } from '#domain/role.ts';
import { isVoid } from '#domain/void-record.ts';
import { compareHouseholds } from './household-order.ts';

/** The households of my hamlet (for the commune's people: of all hamlets), found as typed. */
export function HouseholdList() {
  const m = useMessages();
  const store = useStore();
  const [text, setText] = useState('');
  // Typing stays quick in a long list: the rows follow a moment later.
  const searched = useDeferredValue(text.trim());
  const [hamletId, ...others] = myHamlets(store);
  return (
    <Page title={m.households.title} actions={hamletId === undefined || others.length > 0 ? undefined : areaName(store, hamletId)}>
      {store.account().assignments.some(({ role }) => isBlocRole(role)) ? <ButtonLink href={paths.importList()}>{m.listImport.title}</ButtonLink> : null}
      <SearchField label={m.households.search} value={text} onChange={setText} />
      <FoundHouseholds text={searched} />
    </Page>
  );
}

/** Drawn again when the text or the store changes, not at each key. */
const FoundHouseholds = memo(function FoundHouseholds({ text }: { readonly text: string }) {
  const m = useMessages();
  const store = useStore();
  const hamlets = myHamlets(store);
  const found = hamlets.length === 0 ? store.searchHouseholds(text) : hamlets.flatMap((hamletId) => store.searchHouseholds(text, hamletId));
  const households = [...found].sort(compareHouseholds);
  if (households.length === 0) return <Empty>{text === '' ? m.households.none : m.households.notFound(text)}</Empty>;
  return (
    <>
      <p className="quiet" aria-live="polite">
        {m.households.count(households.length)}
      </p>
      <List label={m.households.title}>
        {households.map((household) => {
          const last = store.childrenOf('visit', household.recordId).find((visit) => !isVoid(visit));
          const { headName, no, houseLabel } = household.fields;
          const place = hamlets.length === 1 ? houseLabel : `${areaName(store, household.areaId)} · ${houseLabel}`;
          return (
            <Row
              key={household.recordId}
              href={paths.household(household.recordId)}
              title={m.words.household(headName, no)}
              detail={`${place} · ${last === undefined ? m.households.neverVisited : m.households.lastVisit(formatAgo(last.fields.date))}`}
            />
          );
        })}
      </List>
    </>
  );
});
