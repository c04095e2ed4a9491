import type { ReactNode } from 'react';
import { ownPageWords } from '#client/languages/error-words.ts';
import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Beside } from '#client/ui/beside.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { standsForItself } from '#domain/merged-areas.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import { CommuneOpen, CommuneRow } from './commune-open.tsx';
import { MergeForm } from './merge-form.tsx';

interface HamletsPageProps {
  readonly openId?: string | undefined;
  /** Of the open one: what two people wrote differently in it, asked; and who set what. */
  readonly conflicts?: ReactNode;
  readonly history?: ReactNode;
}

/** The hamlets of the commune, on this phone like any record: seen and merged without a signal too. */
export function HamletsPage({ openId, conflicts, history }: HamletsPageProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.hamlet;
  const { communeCode } = store.account();
  const hamlets = store
    .all('area')
    .filter(({ fields, deleted }) => fields.level === 'hamlet' && fields.parent === communeCode && !deleted)
    .sort((a, b) => compareVietnamese(a.fields.name, b.fields.name));
  const open = hamlets.find(({ recordId }) => recordId === openId);
  const found = store.find(communeCode);
  const commune = isKind(found, 'area') ? found : undefined;
  const standing = hamlets.filter(standsForItself);
  const merged = hamlets.filter((hamlet) => !standsForItself(hamlet));
  const rows = (shown: readonly RecordState<'area'>[]) =>
    shown.map((hamlet) => {
      const { recordId, fields } = hamlet;
      const mark = store.mark(hamlet);
      const details = [
        ...(fields.households === undefined ? [] : [words.households(fields.households)]),
        ...(fields.mergedInto === undefined ? [] : [words.mergedInto(areaWordsOf(m, store, presentArea(recordId, store)))]),
      ];
      return (
        <Row
          key={recordId}
          href={paths.hamlet(recordId)}
          isCurrent={recordId === openId}
          title={fields.name}
          detail={details.join(' · ')}
          mark={mark.state === 'sent' ? undefined : <Mark state={mark.state} />}
        />
      );
    });

  return (
    <Page title={words.title} back={openId === undefined ? undefined : paths.hamlets()} wide>
      <Beside
        list={
          hamlets.length === 0 ? (
            <Empty>{words.none}</Empty>
          ) : (
            <>
              {commune === undefined ? null : <CommuneRow commune={commune} isOpen={openId === communeCode} />}
              <List label={m.administration.hamlets}>{rows(standing)}</List>
              {merged.length === 0 ? null : (
                <Fold label={words.merged} detail={String(merged.length)} isOpen={open?.fields.mergedInto === undefined ? undefined : true}>
                  <List label={words.merged}>{rows(merged)}</List>
                </Fold>
              )}
            </>
          )
        }
        openLabel={words.openLabel}
        choose={words.choose}
        open={
          openId === undefined ? undefined : commune !== undefined && openId === communeCode ? (
            <CommuneOpen commune={commune} conflicts={conflicts} history={history} />
          ) : open === undefined ? (
            <Empty>{m.administration.goneHamlet}</Empty>
          ) : (
            <HamletOpen key={open.recordId} hamlet={open} hamlets={hamlets} conflicts={conflicts} history={history} />
          )
        }
      />
    </Page>
  );
}

interface HamletOpenProps extends Pick<HamletsPageProps, 'conflicts' | 'history'> {
  readonly hamlet: RecordState<'area'>;
  readonly hamlets: readonly RecordState<'area'>[];
}

function HamletOpen({ hamlet, hamlets, conflicts, history }: HamletOpenProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.administration.hamlet;
  const { recordId, fields } = hamlet;
  const mark = store.mark(hamlet);
  const needs = ownPageWords(m, mark);
  const tookIn = hamlets.filter(({ fields: other }) => other.mergedInto === recordId).map((other) => areaName(store, other.recordId));
  return (
    <article className="stack" aria-label={fields.name}>
      <div className="line">
        <h2>{fields.name}</h2>
        <Mark state={mark.state} />
      </div>
      {needs === undefined ? null : <Notice tone="warn">{needs}</Notice>}
      {conflicts}
      <Facts
        facts={[
          { name: words.code, words: recordId },
          { name: words.householdsName, words: fields.households === undefined ? undefined : formatNumber(fields.households) },
          { name: words.formerNames, words: fields.formerNames?.join(', ') },
          { name: words.tookIn, words: tookIn.join(', ') },
        ]}
      />
      {fields.mergedInto === undefined ? (
        <MergeForm hamlet={hamlet} hamlets={hamlets} />
      ) : (
        <Notice tone="calm">{words.isMerged(areaWordsOf(m, store, presentArea(recordId, store)))}</Notice>
      )}
      {history}
    </article>
  );
}
