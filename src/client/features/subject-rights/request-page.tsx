import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { memberName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useStore } from '#client/store/use-store.ts';
import { ButtonLink } from '#client/ui/button.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { dueOnOf, replyDueOnOf } from '#domain/legal-deadlines.ts';
import { isKind } from '#domain/record.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import { Confirmations } from './confirmations.tsx';
import { RequestActions } from './request-actions.tsx';
import { subjectMark } from './request-standing.ts';
import { placeOfRequest, standingWords, subjectWords } from './request-words.ts';

/** One request of a citizen: what, by when, and for the data-protection officer what is done about it. */
export function RequestPage({ id, history }: { readonly id: string; /** Who wrote it down, as the commune calls them. */ readonly history: ReactNode }) {
  const m = useMessages();
  const store = useStore();
  const r = m.subjectRights.requests;
  const request = store.find(id);
  if (!isKind(request, 'subject_request') || request.deleted) {
    return (
      <Page title={r.title} back={paths.requests()}>
        <Empty>{r.gone}</Empty>
      </Page>
    );
  }
  const { fields } = request;
  const isOpen = fields.closedAs === undefined;
  const household = store.find(fields.subjectId);
  return (
    <Page title={r.title} heading={m.words.requestKinds[fields.kind]} back={paths.requests()} actions={<Mark state={store.mark(request).state} />}>
      <Facts
        facts={[
          { name: r.whose, words: subjectWords(m, store, request) },
          { name: r.mark, words: subjectMark(request) },
          { name: r.where, words: placeOfRequest(m, store, request) },
          { name: r.receivedOn, words: `${formatDay(fields.receivedOn)} · ${m.words.requestWays[fields.way]}` },
          { name: r.takenBy, words: memberName(store, request.memberId) ?? r.takenByOther },
          { name: r.replyDue, words: isOpen ? formatDay(replyDueOnOf(fields, shippedHolidays)) : undefined },
          { name: r.doneDue, words: formatDay(dueOnOf(fields)) },
          { name: r.standing, words: standingWords(m, request, store.commandContext().now, formatDay) },
        ]}
      />
      {isKind(household, 'household') && !household.deleted ? (
        <div className="line">
          <ButtonLink href={paths.heldAbout(household.recordId)}>{m.subjectRights.held.open}</ButtonLink>
        </div>
      ) : null}
      {!isDpo(store) ? <p className="quiet">{r.byOfficer}</p> : null}
      {history}
      {isDpo(store) && isOpen ? <RequestActions request={request} /> : null}
      {isDpo(store) && fields.kind === 'erase' && fields.closedAs === 'done' ? <Confirmations requestId={request.recordId} /> : null}
    </Page>
  );
}

function isDpo(store: Pick<FieldStore, 'account'>): boolean {
  return store.account().assignments.some(({ role }) => role === 'dpo');
}
