import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { isKind } from '#domain/record.ts';
import { mayChange } from './book.ts';
import { editionWords } from './handbook-words.ts';
import { KeeperActs } from './keeper-acts.tsx';
import { MarkdownText } from './markdown-text.tsx';

export interface ViewProps {
  readonly id: string;
  /** Parts that every record's page has: what two wrote differently, and its earlier versions. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
}

/** A page to read. */
export function PageView({ id, conflicts, history }: ViewProps) {
  const m = useMessages();
  const store = useStore();
  const page = store.find(id);
  if (!isKind(page, 'handbook_page') || page.deleted) {
    return (
      <Page title={m.handbook.page} back={paths.handbook()}>
        <Empty>{m.handbook.gonePage}</Empty>
      </Page>
    );
  }
  const mark = store.mark(page);
  const keeps = mayChange(store, page);
  const needs = ownPageWords(m, mark);
  const { archivedOn } = page.fields;
  return (
    <Page title={m.handbook.page} heading={page.fields.title} back={paths.handbook()} actions={keeps ? <Mark state={mark.state} /> : undefined}>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {archivedOn === undefined ? null : <Notice tone="calm">{m.handbook.isArchived(formatDay(archivedOn))}</Notice>}
      {keeps ? conflicts : null}
      <p className="quiet">{editionWords(m, page)}</p>
      <MarkdownText body={page.fields.body} />
      {keeps ? <KeeperActs record={page} editHref={paths.editHandbookPage(id)} editLabel={m.handbook.editPage} /> : null}
      {history}
    </Page>
  );
}
