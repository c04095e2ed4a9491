import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import type { RecordState } from '#domain/record.ts';
import { ReceptionForm } from './reception-form.tsx';

/** Above its hamlets: whether it is written down where citizens are received. */
export function CommuneRow({ commune, isOpen }: { readonly commune: RecordState<'area'>; readonly isOpen: boolean }) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.reception;
  const { receptionPlace, receptionHours } = commune.fields;
  const mark = store.mark(commune);
  const written = [receptionPlace, receptionHours].filter((part) => part !== undefined).join(' · ');
  return (
    <List label={words.title}>
      <Row
        href={paths.hamlet(commune.recordId)}
        isCurrent={isOpen}
        title={words.row}
        detail={written === '' ? words.notWritten : written}
        mark={mark.state === 'sent' ? undefined : <Mark state={mark.state} />}
      />
    </List>
  );
}

interface CommuneOpenProps {
  readonly commune: RecordState<'area'>;
  /** What two people wrote differently in it, asked; and who set what. */
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
}

/** What is written down of the commune itself. */
export function CommuneOpen({ commune, conflicts, history }: CommuneOpenProps) {
  const m = useMessages();
  const store = useStore();
  const mark = store.mark(commune);
  const needs = ownPageWords(m, mark);
  const place = areaWordsOf(m, store, commune.recordId);
  const name = `${place.charAt(0).toLocaleUpperCase()}${place.slice(1)}`;
  return (
    <article className="stack" aria-label={name}>
      <div className="line">
        <h2>{name}</h2>
        <Mark state={mark.state} />
      </div>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      <ReceptionForm commune={commune} />
      {history}
    </article>
  );
}
