import { unitName } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { classNames } from '#client/ui/class-names.ts';
import { formatShortDay } from '#client/ui/dates.ts';
import { Mark } from '#client/ui/mark.tsx';
import type { FeedbackEvent } from '#domain/feedback.ts';
import { isUnmerged } from '#domain/let-go.ts';
import type { DeskRow } from './desk-row.ts';
import { memberName } from './who.ts';
import styles from './way.module.css';

/** What an event adds to its own name: to which unit, until when, with what words. */
function eventDetail(m: Messages, store: Pick<FieldStore, 'find'>, event: FeedbackEvent): string | undefined {
  switch (event.type) {
    case 'triage':
      return [event.topic === undefined ? undefined : m.words.topics[event.topic], event.urgency === undefined ? undefined : m.words.urgencies[event.urgency]]
        .filter((word) => word !== undefined)
        .join(', ');
    case 'assign':
      return [unitName(store, event.unitId), m.review.untilDay(formatShortDay(event.dueOn))].filter((word) => word !== undefined).join(', ');
    case 'extend':
      return `${m.review.untilDay(formatShortDay(event.dueOn))}: ${event.reason}`;
    case 'return':
      return `${m.words.returnableFields[event.field]}: ${event.comment}`;
    case 'confirm':
      return m.words.confirmations[event.confirmation];
    case 'deliver':
      return m.words.answerChannels[event.channel];
    case 'transfer_up':
    case 'reopen':
      return event.reason;
    case 'add_detail':
      return event.detail;
    default:
      return undefined;
  }
}

/** Its way so far: step after step, the day and by whom; what no longer applied is kept and says so. */
export function Way({ store, row }: { readonly store: FieldStore; readonly row: DeskRow }) {
  const m = useMessages();
  const { feedback, standing } = row;
  const by = memberName(m, store, feedback.memberId);
  return (
    <ol className={styles['way']} role="list">
      <li className={styles['step']}>
        <span className={styles['name']}>{m.review.recorded}</span>
        <span className={styles['when']}>{[formatShortDay(feedback.fields.receivedOn), by].filter(Boolean).join(' · ')}</span>
        <StepMark store={store} recordId={feedback.recordId} />
      </li>
      {standing.history.map(({ eventId, event, applied }) => (
        <li key={eventId} className={classNames(styles['step'], !applied && styles['idle'])}>
          <span className={styles['name']}>{m.words.feedbackEvents[event.type]}</span>
          <span className={styles['when']}>
            {[formatShortDay(event.on), memberName(m, store, store.find(eventId)?.memberId)].filter(Boolean).join(' · ')}
          </span>
          <StepWords words={eventDetail(m, store, event)} />
          {applied ? null : (
            <>
              {event.type === 'answer' ? <StepWords words={event.answer} /> : null}
              <StepWords words={isUnmerged(event) ? m.words.unmerged : m.review.notApplied} />
            </>
          )}
          <StepMark store={store} recordId={eventId} />
        </li>
      ))}
    </ol>
  );
}

function StepWords({ words }: { readonly words: string | undefined }) {
  return words === undefined || words === '' ? null : <span className={styles['words']}>{words}</span>;
}

function StepMark({ store, recordId }: { readonly store: FieldStore; readonly recordId: string }) {
  const record = store.find(recordId);
  // What others did came from the commune; only what was done here can still be on its way.
  return record === undefined || record.memberId !== store.account().memberId ? null : <Mark state={store.mark(record).state} />;
}
