import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { namesBy, recordAbout } from '#client/languages/record-title.ts';
import { recordFacts } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { parentIdOf } from '#domain/record.ts';
import type { AnyRecord } from '#domain/record.ts';

interface RecordPageProps {
  readonly id: string;
  /** What two people wrote differently in it, asked; and who set what: parts that every record's page has. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
  /** What a kind of its own has to say at the top, and what may be done with it. */
  readonly notices?: ReactNode;
  readonly actions?: ReactNode;
  /** Its photos, where it can have some; another feature's. */
  readonly photos?: ReactNode;
}

/** One record that is part of another (a visit, a talk): all that is kept of it, and who wrote it. */
export function RecordPage({ id, conflicts, history, notices, actions, photos }: RecordPageProps) {
  const m = useMessages();
  const store = useStore();
  const record = store.find(id);
  if (record === undefined || record.deleted) {
    return (
      <Page title={m.history.openRecord} back={paths.today()}>
        <Empty>{m.history.recordGone}</Empty>
      </Page>
    );
  }
  const mark = store.mark(record);
  const needs = ownPageWords(m, mark);
  const context = { find: (recordId: string) => store.find(recordId), day: formatDay };
  const nameOf = namesBy(m, context);
  const { feedbackIds = [] } = record.fields as { readonly feedbackIds?: readonly string[] };
  const said = feedbackIds.filter((feedbackId) => store.find(feedbackId)?.kind === 'feedback');
  return (
    <Page
      title={m.words.recordKinds[record.kind]}
      heading={recordAbout(m, record, context)}
      back={parentPath(record)}
      actions={<Mark state={mark.state} />}
    >
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      {notices}
      <Facts facts={recordFacts(m, record, { day: formatDay, amount: formatNumber, nameOf })} />
      {said.length === 0 ? null : (
        <div className="line">
          {said.map((feedbackId) => (
            <ButtonLink key={feedbackId} href={paths.feedback(feedbackId)}>
              {m.words.recordKinds.feedback} · {nameOf(feedbackId)}
            </ButtonLink>
          ))}
        </div>
      )}
      {photos}
      {actions}
      {history}
    </Page>
  );
}

function parentPath(record: AnyRecord): string {
  const parentId = parentIdOf(record.kind, record.fields);
  if (parentId === undefined) return paths.today();
  switch (record.kind) {
    case 'visit':
    case 'consent':
      return paths.household(parentId);
    case 'prestigious_contact':
    case 'benefit':
    case 'prestigious_term':
      return paths.person(parentId);
    case 'visit_return':
      return paths.record(parentId);
    default:
      return paths.feedback(parentId);
  }
}
