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
import { mayChange, seesReadings } from './book.ts';
import styles from './handbook.module.css';
import { documentLine } from './handbook-words.ts';
import { KeeperActs } from './keeper-acts.tsx';
import type { ViewProps } from './page-view.tsx';
import { TeamReadings } from './team-readings.tsx';
import { TeamConfirms } from './team-confirms.tsx';

/** A document: what it asks of a team, and which teams have read it. */
export function DocumentView({ id, conflicts, history }: ViewProps) {
  const m = useMessages();
  const store = useStore();
  const document = store.find(id);
  if (!isKind(document, 'document') || document.deleted) {
    return (
      <Page title={m.handbook.document} back={paths.handbook()}>
        <Empty>{m.handbook.goneDocument}</Empty>
      </Page>
    );
  }
  const mark = store.mark(document);
  const keeps = mayChange(store, document);
  const needs = ownPageWords(m, mark);
  const { number, title, summary, asksReceipt, archivedOn } = document.fields;
  return (
    <Page title={m.handbook.document} heading={title} back={paths.handbook()} actions={keeps ? <Mark state={mark.state} /> : undefined}>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {archivedOn === undefined ? null : <Notice tone="calm">{m.handbook.isArchived(formatDay(archivedOn))}</Notice>}
      {keeps ? conflicts : null}
      <p>
        <strong>{number}</strong> · {documentLine(m, document)}
      </p>
      {summary === undefined ? null : <p className={styles['summary']}>{summary}</p>}
      {asksReceipt === true && archivedOn === undefined ? <TeamConfirms document={document} /> : null}
      {asksReceipt === true && seesReadings(store) ? <TeamReadings document={document} /> : null}
      {keeps ? <KeeperActs record={document} editHref={paths.editDocument(id)} editLabel={m.handbook.editDocument} /> : null}
      {history}
    </Page>
  );
}
