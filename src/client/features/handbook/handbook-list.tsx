import { memo, useDeferredValue, useEffect, useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { SearchField } from '#client/ui/search-field.tsx';
import { Section } from '#client/ui/section.tsx';
import { documentsNewest, isKeeper, isListed, pagesInOrder } from './book.ts';
import { foldAhead, searchBook } from './book-search.ts';
import { DocumentRow } from './document-row.tsx';
import { FoundWords } from './found-words.tsx';
import { comesFromProvince } from './handbook-words.ts';
import { ToRead } from './to-read.tsx';

const hitsShown = 30;

const later = (run: () => void) => {
  const waiting = setTimeout(run, 0);
  return () => clearTimeout(waiting);
};

/** Pages in their order and documents, the newest first; one field finds words in all of them, without a signal. */
export function HandbookList({ back }: { /** Where the arrow leads; undefined: it stands on this member's bar. */ readonly back?: string | undefined }) {
  const m = useMessages();
  const store = useStore();
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const pages = store.all('handbook_page');
  const documents = store.all('document');
  useEffect(() => foldAhead([...pages, ...documents], later), [pages, documents]);
  return (
    <Page title={m.handbook.title} back={back}>
      <SearchField label={m.handbook.search} value={text} onChange={setText} />
      {searched === '' ? <Listed /> : <Found text={searched} />}
    </Page>
  );
}

function Listed() {
  const m = useMessages();
  const store = useStore();
  const keeps = isKeeper(store);
  const pages = pagesInOrder(store);
  const documents = documentsNewest(store);
  const listedPages = pages.filter(isListed);
  const listedDocuments = documents.filter(isListed);
  const putAway = keeps ? [...pages, ...documents].filter((one) => !isListed(one)) : [];
  return (
    <>
      <ToRead />
      <Section title={m.handbook.pages}>
        {listedPages.length === 0 ? (
          <Empty>{keeps ? m.handbook.noneForKeeper : m.handbook.noPages}</Empty>
        ) : (
          <List label={m.handbook.pages}>
            {listedPages.map((page) => (
              <Row key={page.recordId} href={paths.handbookPage(page.recordId)} title={page.fields.title} detail={comesFromProvince(store, page) ? m.handbook.ofProvince : undefined} />
            ))}
          </List>
        )}
        {keeps ? (
          <ButtonLink href={paths.newHandbookPage()}>
            <Icon name="plus" />
            {m.handbook.newPage}
          </ButtonLink>
        ) : null}
      </Section>
      <Section title={m.handbook.documents}>
        {listedDocuments.length === 0 ? (
          <Empty>{m.handbook.noDocuments}</Empty>
        ) : (
          <List label={m.handbook.documents}>
            {listedDocuments.map((document) => (
              <DocumentRow key={document.recordId} document={document} />
            ))}
          </List>
        )}
        {keeps ? (
          <ButtonLink href={paths.newDocument()}>
            <Icon name="plus" />
            {m.handbook.newDocument}
          </ButtonLink>
        ) : null}
      </Section>
      {putAway.length === 0 ? null : (
        <Fold label={m.handbook.archived} detail={String(putAway.length)}>
          <List label={m.handbook.archived}>
            {putAway.map((one) =>
              one.kind === 'document' ? (
                <DocumentRow key={one.recordId} document={one} />
              ) : (
                <Row key={one.recordId} href={paths.handbookPage(one.recordId)} title={one.fields.title} detail={m.handbook.page} />
              ),
            )}
          </List>
        </Fold>
      )}
    </>
  );
}

/** Drawn again when the text or the store changes, not at each key. */
const Found = memo(function Found({ text }: { readonly text: string }) {
  const m = useMessages();
  const store = useStore();
  const pages = searchBook(pagesInOrder(store).filter(isListed), text);
  const documents = searchBook(documentsNewest(store).filter(isListed), text);
  const count = pages.length + documents.length;
  const shownDocuments = documents.slice(0, Math.max(0, hitsShown - pages.length));
  return (
    <>
      <p className="quiet" aria-live="polite">
        {m.handbook.found(count)}
      </p>
      {count === 0 ? <Empty>{m.handbook.notFound(text)}</Empty> : null}
      {pages.length === 0 ? null : (
        <Section title={m.handbook.pages} count={pages.length}>
          <List label={m.handbook.pages}>
            {pages.slice(0, hitsShown).map(({ record, title, excerpt }) => (
              <Row key={record.recordId} href={paths.handbookPage(record.recordId)} title={<FoundWords parts={title} />} detail={excerpt.length === 0 ? undefined : <FoundWords parts={excerpt} />} />
            ))}
          </List>
        </Section>
      )}
      {shownDocuments.length === 0 ? null : (
        <Section title={m.handbook.documents} count={documents.length}>
          <List label={m.handbook.documents}>
            {shownDocuments.map(({ record, title, excerpt }) => (
              <Row key={record.recordId} href={paths.document(record.recordId)} title={<FoundWords parts={title} />} detail={excerpt.length === 0 ? undefined : <FoundWords parts={excerpt} />} />
            ))}
          </List>
        </Section>
      )}
      {count > hitsShown ? <p className="quiet">{m.handbook.moreFound(count - hitsShown)}</p> : null}
    </>
  );
});
