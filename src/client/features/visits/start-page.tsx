import { useDeferredValue, useState } from 'react';
import { lastVisitWords } from '#client/languages/last-visit-words.ts';
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
import { lastVisit } from '#domain/last-visit.ts';
import { dayOf } from '#domain/identifiers.ts';
import { householdsToChoose, shownAtMost } from './choose-households.ts';

/** What the plus opens: the household, and the next press is its form. */
export function StartPage() {
  const m = useMessages();
  const store = useStore();
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const s = m.visits.start;
  const found = householdsToChoose(store, searched, dayOf(store.commandContext().now));
  const hamlets = myHamlets(store);
  return (
    <Page
      title={s.title}
      back={paths.today()}
      footer={
        <ButtonLink wide href={paths.absents()}>
          {s.absents}
        </ButtonLink>
      }
    >
      <SearchField label={m.households.search} value={text} onChange={setText} />
      {found.length === 0 ? (
        <Empty>{searched === '' ? m.households.none : m.households.notFound(searched)}</Empty>
      ) : (
        <>
          <p className="quiet">{s.hint}</p>
          <List label={s.title}>
            {found.slice(0, shownAtMost).map(({ recordId, areaId, fields }) => {
              const place = hamlets.length === 1 ? fields.houseLabel : `${areaName(store, areaId)} · ${fields.houseLabel}`;
              return (
                <Row
                  key={recordId}
                  href={paths.newVisit(recordId)}
                  title={m.words.household(fields.headName, fields.no)}
                  detail={`${place} · ${lastVisitWords(m, lastVisit(store.childrenOf('visit', recordId)), formatAgo)}`}
                />
              );
            })}
          </List>
          {found.length <= shownAtMost ? null : <p className="quiet">{s.more(found.length - shownAtMost)}</p>}
        </>
      )}
    </Page>
  );
}
