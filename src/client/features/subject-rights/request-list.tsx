import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import type { RecordState } from '#domain/record.ts';
import { sortedRequests, subjectMark } from './request-standing.ts';
import { placeOfRequest, standingWords, subjectWords } from './request-words.ts';

/** What citizens ask about their own records: what is due first stands first. */
export function RequestList() {
  const m = useMessages();
  const store = useStore();
  const r = m.subjectRights.requests;
  const { open, closed } = sortedRequests(store.all('subject_request'));
  return (
    <Page title={r.title}>
      <p className="quiet">{r.intro}</p>
      <Requests title={r.open} requests={open} none={r.noneOpen} />
      {closed.length === 0 ? null : <Requests title={r.closedOnes} requests={closed} none="" />}
    </Page>
  );
}

function Requests({ title, requests, none }: { readonly title: string; readonly requests: readonly RecordState<'subject_request'>[]; readonly none: string }) {
  const m = useMessages();
  const store = useStore();
  const { now } = store.commandContext();
  return (
    <Section title={title} count={requests.length === 0 ? undefined : requests.length}>
      {requests.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <List label={title}>
          {requests.map((request) => (
            <Row
              key={request.recordId}
              href={paths.request(request.recordId)}
              title={`${m.words.requestKinds[request.fields.kind]} · ${subjectWords(m, store, request)}`}
              detail={
                <>
                  {placeOfRequest(m, store, request)} · {m.subjectRights.requests.withMark(subjectMark(request))}
                  <br />
                  {standingWords(m, request, now, formatDay)}
                </>
              }
              mark={<Mark state={store.mark(request).state} />}
            />
          ))}
        </List>
      )}
    </Section>
  );
}
