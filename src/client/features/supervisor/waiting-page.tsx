import { entryTitle } from '#client/languages/entry-title.ts';
import { failureWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { AskedNotice } from '#client/ui/asked-notice.tsx';
import { formatMoment, formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { useWaiting } from './use-waiting.ts';
import type { Waiting } from './use-waiting.ts';
import { titleContext, whyWords } from './waiting-words.ts';

/** The entries that wait for this supervisor, the oldest first. */
export function WaitingPage() {
  const m = useMessages();
  const store = useStore();
  const waiting = useWaiting();
  const { value: entries } = waiting;
  return (
    <Page title={m.supervisor.title} back={paths.today()}>
      <WaitingStanding waiting={waiting} />
      {entries === undefined ? null : entries.length === 0 ? (
        <Empty>{m.supervisor.none}</Empty>
      ) : (
        <>
          <p className="quiet">{m.supervisor.intro}</p>
          <List label={m.supervisor.title}>
            {entries.map((entry) => (
              <Row
                key={entry.entryId}
                href={paths.waitingOne(entry.entryId)}
                title={entryTitle(m, entry.changes, titleContext(store))}
                detail={
                  <>
                    {entry.memberName} · {formatMoment(entry.occurredAt)}
                    <br />
                    {whyWords(m, entry)}
                  </>
                }
              />
            ))}
          </List>
        </>
      )}
    </Page>
  );
}

/** Whether what is shown is true now. */
export function WaitingStanding({ waiting }: { readonly waiting: Waiting }) {
  const m = useMessages();
  const { value, toldAt, isAsking, error, refresh } = waiting;
  return (
    <AskedNotice
      isTold={value !== undefined}
      isAsking={isAsking}
      failure={error === undefined ? undefined : failureWords(m, error)}
      offline={m.supervisor.offline}
      asking={m.supervisor.asking}
      asOf={toldAt === undefined ? '' : m.supervisor.askedAt(formatWhen(toldAt))}
      onRetry={() => void refresh()}
    />
  );
}
