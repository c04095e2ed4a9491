import { entryTitle } from '#client/languages/entry-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatMoment, formatWhen } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { List, Row } from '#client/ui/list.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { useWaiting } from './use-waiting.ts';
import type { WaitingState } from './waiting-list.ts';
import { failureWords, titleContext, whyWords } from './waiting-words.ts';

/** The entries that wait for this supervisor, the oldest first. */
export function WaitingPage() {
  const m = useMessages();
  const store = useStore();
  const waiting = useWaiting();
  const { entries } = waiting;
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

/** Whether what is shown is true now: without a signal nothing can be, and that is said. */
export function WaitingStanding({ waiting }: { readonly waiting: WaitingState & { readonly refresh: () => Promise<void> } }) {
  const m = useMessages();
  const isOnline = useOnline();
  const { entries, toldAt, isAsking, error } = waiting;
  const asOf = toldAt === undefined ? '' : ` ${m.supervisor.askedAt(formatWhen(toldAt))}`;
  return (
    <div role="status" className="status">
      {!isOnline ? (
        <Notice tone="calm">{m.supervisor.offline + asOf}</Notice>
      ) : error !== undefined && !isAsking ? (
        <Notice tone="calm">
          <p>{failureWords(m, error) + asOf}</p>
          <div className="line">
            <Button onClick={() => void waiting.refresh()}>{m.ui.retry}</Button>
          </div>
        </Notice>
      ) : entries === undefined ? (
        <p className="quiet">{m.supervisor.asking}</p>
      ) : null}
    </div>
  );
}
