import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { unitName } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from '#client/ui/class-names.ts';
import { formatAgo } from '#client/ui/dates.ts';
import { Icon } from '#client/ui/icon.tsx';
import { Row } from '#client/ui/list.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { paths } from '#client/ui/paths.ts';
import { Due } from './due.tsx';
import { isOwed } from './desk-row.ts';
import type { DeskRow } from './desk-row.ts';
import styles from './feedback-line.module.css';

interface FeedbackLineProps {
  readonly store: FieldStore;
  readonly row: DeskRow;
  readonly today: string;
  readonly now: number;
  readonly isOpen: boolean;
}

/** One feedback in the list: how old, where, about what, whose turn, how long still. Never who said it. */
export function FeedbackLine({ store, row, today, now, isOpen }: FeedbackLineProps) {
  const m = useMessages();
  const { feedback, standing } = row;
  const mark = store.mark(feedback);
  const title = standing.topic === undefined ? m.words.feedbackKinds[feedback.fields.kind] : m.words.topics[standing.topic];
  const owner = isOwed(standing) ? unitName(store, standing.assignee) : undefined;
  return (
    <Row
      title={
        standing.urgency === 'urgent_safety' ? (
          <>
            {title}{' '}
            <span className={styles['urgent']}>
              <Icon name="urgent" size={18} /> {m.review.urgent}
            </span>
          </>
        ) : (
          title
        )
      }
      detail={
        <>
          <span className={styles['line']}>
            {areaName(store, feedback.areaId)} · {formatAgo(feedback.fields.receivedOn, now)}
          </span>
          {feedback.fields.text === undefined ? null : <span className={styles['text']}>{feedback.fields.text}</span>}
          <span className={styles['line']}>
            {owner ?? m.words.feedbackStates[standing.state]}
            <Due row={row} today={today} />
          </span>
          {standing.otherAnswers.length > 0 ? <span className={classNames(styles['line'], styles['pressing'])}>{m.review.twoAnswers}</span> : null}
        </>
      }
      href={paths.reviewOne(feedback.recordId)}
      isCurrent={isOpen}
      mark={mark.state === 'sent' ? undefined : <Mark state={mark.state} />}
    />
  );
}
