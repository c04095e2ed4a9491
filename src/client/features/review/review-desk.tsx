import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { Beside } from '#client/ui/beside.tsx';
import { Button } from '#client/ui/button.tsx';
import { classNames } from '#client/ui/class-names.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Icon } from '#client/ui/icon.tsx';
import { List } from '#client/ui/list.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { dayOf } from '#domain/identifiers.ts';
import { DeskFilters } from './desk-filters.tsx';
import { offeredActions, offeredEvents } from './desk-actions.ts';
import { deskRowsOf, deskScopeOf } from './desk-row.ts';
import { FeedbackDetail } from './feedback-detail.tsx';
import { FeedbackLine } from './feedback-line.tsx';
import { KeysCard } from './keys-card.tsx';
import { countsOf, noFilter, queuesFor } from './queues.ts';
import type { DeskFilter, QueueName } from './queues.ts';
import { useOpenAction } from './use-open-action.ts';
import { useSteadyRows } from './use-steady-rows.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import type { DeskKey } from './use-desk-keys.ts';
import styles from './review-desk.module.css';

interface ReviewDeskProps {
  readonly openId?: string | undefined;
  /** What else waits for whoever sits here. */
  readonly above?: ReactNode;
  /** Of the open one: what two people wrote differently in it, asked; and who set what. */
  readonly conflicts?: ReactNode;
  readonly history?: ReactNode;
}

/** The commune's desk: queues, the list, and the open one. A unit that answers sees here what was given to it. */
export function ReviewDesk({ openId, above, conflicts, history }: ReviewDeskProps) {
  const m = useMessages();
  const store = useStore();
  const { now } = store.commandContext();
  const today = dayOf(now);
  const scope = deskScopeOf(store.account());
  const rows = deskRowsOf(store, today);
  const queues = queuesFor(scope);
  const [queue, setQueue] = useState<QueueName>(queues[0] ?? 'all');
  const [filter, setFilter] = useState<DeskFilter>(noFilter);
  const list = useSteadyRows(rows, queue, filter);
  const open = rows.find((row) => row.feedback.recordId === openId);
  const [opened, setOpened] = useOpenAction(store, openId);
  const [isShowingKeys, setIsShowingKeys] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);

  const onKey = (key: DeskKey): boolean => {
    if (isShowingKeys) return false;
    switch (key) {
      case 'next':
      case 'previous':
        return moveFocus(listRef.current, key === 'next' ? 1 : -1);
      case 'answer':
      case 'assign': {
        if (open === undefined || opened !== undefined) return false;
        const events = offeredEvents(store.account(), open.feedback, open.standing, store, today);
        if (!offeredActions(events).has(key)) return false;
        setOpened(key);
        return true;
      }
      case 'keys':
        setIsShowingKeys(true);
        return true;
      case 'close':
        if (opened === undefined) return false;
        setOpened(undefined);
        return true;
    }
  };
  useDeskKeys(onKey);

  const counts = countsOf(rows);
  return (
    <Page
      title={scope.isBloc ? m.review.title : m.review.unitTitle}
      back={openId === undefined ? undefined : paths.review()}
      wide
      actions={
        <span className={styles['onlyWide']}>
          <Button variant="bare" onClick={() => setIsShowingKeys(true)}>
            <Icon name="help" /> {m.review.keys.open}
          </Button>
        </span>
      }
    >
      {above}
      <Beside
        choices={
          <nav className={styles['queues']} aria-label={m.review.queuesLabel}>
            {queues.map((name) => (
              <button
                key={name}
                type="button"
                className={styles['queue']}
                aria-pressed={name === queue}
                onClick={() => {
                  setQueue(name);
                  list.showAll(name, filter);
                }}
              >
                <span>{m.review.queues[name]}</span>
                <span className={classNames(styles['count'], (name === 'overdue' || name === 'due_today') && counts[name] > 0 && styles['pressing'])}>{counts[name]}</span>
              </button>
            ))}
          </nav>
        }
        list={
          <div className={styles['list']}>
            <DeskFilters
              store={store}
              rows={rows}
              filter={filter}
              onFilter={(next) => {
                setFilter(next);
                list.showAll(queue, next);
              }}
            />
            <div ref={listRef}>
              {/* Always there: what appears later inside a live region is read aloud. */}
              <div role="status">
                {list.arrivals === 0 ? null : (
                  <Button wide className={styles['arrivals']} onClick={() => list.showAll(queue, filter)}>
                    {m.review.arrivals(list.arrivals)}
                  </Button>
                )}
              </div>
              {list.rows.length === 0 ? (
                <Empty>{queue === 'fresh' ? m.review.emptyFresh : m.review.empty}</Empty>
              ) : (
                <List label={m.review.listLabel(m.review.queues[queue])}>
                  {list.rows.map((row) => (
                    <FeedbackLine
                      key={row.feedback.recordId}
                      store={store}
                      row={row}
                      today={today}
                      now={now}
                      isOpen={row.feedback.recordId === openId}
                    />
                  ))}
                </List>
              )}
            </div>
          </div>
        }
        openLabel={m.review.openLabel}
        choose={m.review.choose}
        open={
          openId === undefined ? undefined : open === undefined ? (
            <Empty>{m.review.notHere}</Empty>
          ) : (
            <FeedbackDetail key={openId} store={store} row={open} today={today} action={opened} onAction={setOpened} conflicts={conflicts} history={history} />
          )
        }
      />
      {isShowingKeys ? <KeysCard onClose={() => setIsShowingKeys(false)} /> : null}
    </Page>
  );
}

/** Focus goes along the rows, so that Enter opens the one it stands on, as on any link. */
function moveFocus(list: HTMLElement | null, by: 1 | -1): boolean {
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a[href]') ?? [])];
  const from = links.findIndex((link) => link === document.activeElement);
  const current = from === -1 ? links.findIndex((link) => link.getAttribute('aria-current') === 'true') : from;
  const next = links[current === -1 ? 0 : Math.min(Math.max(current + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
