import { unitName } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { formatDay } from '#client/ui/dates.ts';
import { isUnmerged } from '#domain/let-go.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import type { RecordState } from '#domain/record.ts';
import type { FeedbackStanding, HistoryStep } from '#domain/feedback-fold.ts';
import styles from './feedback-way.module.css';

interface FeedbackWayProps {
  readonly feedback: RecordState<'feedback'>;
  readonly standing: FeedbackStanding;
  readonly store: FieldStore;
}

/** Its way so far, from the door to the door, as steps with their days. */
export function FeedbackWay({ feedback, standing, store }: FeedbackWayProps) {
  const m = useMessages();
  return (
    <ol className={styles['way']}>
      <li className={styles['step']}>
        <span>{m.feedback.takenDown}</span>
        <span className={styles['day']}>{formatDay(feedback.fields.receivedOn)}</span>
      </li>
      {standing.history.map((step) => (
        <li key={step.eventId} className={styles['step']}>
          <span>{m.words.feedbackEvents[step.event.type]}</span>
          <span className={styles['day']}>{formatDay(step.event.on)}</span>
          <StepDetail step={step} store={store} />
        </li>
      ))}
    </ol>
  );
}

function StepDetail({ step: { event, applied }, store }: { readonly step: HistoryStep; readonly store: FieldStore }) {
  const m = useMessages();
  const words: string[] = [];
  switch (event.type) {
    case 'assign': {
      const unit = unitName(store, event.unitId);
      if (unit !== undefined) words.push(unit);
      words.push(m.feedback.due(formatDay(event.dueOn)));
      break;
    }
    case 'extend':
      words.push(m.feedback.due(formatDay(event.dueOn)), event.reason);
      break;
    case 'return':
      words.push(event.comment);
      break;
    case 'add_detail':
      if (event.detail !== undefined) words.push(event.detail);
      break;
    case 'deliver':
      words.push(m.words.answerChannels[event.channel]);
      break;
    case 'confirm':
      words.push(m.words.confirmations[event.confirmation]);
      break;
    case 'reopen':
    case 'transfer_up':
      words.push(event.reason);
      break;
    default:
  }
  if (!applied) words.push(isUnmerged(event) ? m.words.unmerged : m.feedback.notApplied);
  return words.length === 0 ? null : <span className={styles['detail']}>{words.join(' · ')}</span>;
}
