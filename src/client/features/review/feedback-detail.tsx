import { useState } from 'react';
import type { ReactNode } from 'react';
import { ownPageWords, reasonWords } from '#client/languages/error-words.ts';
import { unitName } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Mark } from '#client/ui/mark.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { ActionForm } from './action-form.tsx';
import { nextAction, offeredActions, offeredEvents } from './desk-actions.ts';
import type { DeskAction } from './desk-actions.ts';
import { deskScopeOf } from './desk-row.ts';
import type { DeskRow } from './desk-row.ts';
import { Due, IntakeDue } from './due.tsx';
import { leftDraftOf } from './left-draft.ts';
import { PickAnswer } from './pick-answer.tsx';
import { Answered, Said } from './said.tsx';
import { Way } from './way.tsx';
import { memberName } from './who.ts';
import styles from './feedback-detail.module.css';

interface FeedbackDetailProps {
  readonly store: FieldStore;
  readonly row: DeskRow;
  readonly today: string;
  /** The action whose form is open; undefined: none. Kept by the desk, which knows the keys. */
  readonly action: DeskAction | undefined;
  readonly onAction: (action: DeskAction | undefined) => void;
  readonly conflicts: ReactNode;
  readonly history: ReactNode;
}

/** The open feedback: what was said, its way so far, and the one next thing to do. It updates in place and says what changed. */
export function FeedbackDetail({ store, row, today, action, onAction, conflicts, history }: FeedbackDetailProps) {
  const m = useMessages();
  const { feedback, standing } = row;
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set(standing.history.map((step) => step.eventId)));
  const [saved, setSaved] = useState<readonly string[]>([]);
  const me = store.account().memberId;
  const news = standing.history.filter(({ eventId }) => !seen.has(eventId) && store.find(eventId)?.memberId !== me);
  const events = offeredEvents(store.account(), feedback, standing, store, today);
  const offered = offeredActions(events);
  const next = standing.otherAnswers.length > 0 ? undefined : nextAction(standing, offered);
  const others = [...offered].filter((each) => each !== next);
  const left = action === undefined ? leftDraftOf(store, feedback.recordId) : undefined;
  const title = standing.topic === undefined ? m.words.feedbackKinds[feedback.fields.kind] : m.words.topics[standing.topic];
  const mark = store.mark(feedback);
  const needs = ownPageWords(m, mark);

  const onSaved = (eventIds: readonly string[]) => {
    setSaved(eventIds);
    onAction(undefined);
  };

  return (
    <article className={styles['detail']} aria-label={title}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{title}</h2>
        <Mark state={mark.state} />
        <p className={styles['state']}>
          {m.words.feedbackKinds[feedback.fields.kind]} · {m.words.feedbackStates[standing.state]}
          <Due row={row} today={today} />
        </p>
        {deskScopeOf(store.account()).isBloc ? <IntakeDue row={row} /> : null}
      </header>

      {needs === undefined ? null : <Notice tone="warn">{m.review.needsYou(needs)}</Notice>}
      {conflicts}
      {news.length === 0 ? null : (
        <Notice tone="calm">
          {m.review.changed(
            news
              .map(({ eventId, event }) => [m.words.feedbackEvents[event.type], memberName(m, store, store.find(eventId)?.memberId)].filter(Boolean).join(' · '))
              .join('; '),
          )}
          <div className="line">
            <Button onClick={() => setSeen(new Set(standing.history.map((step) => step.eventId)))}>{m.review.seen}</Button>
          </div>
        </Notice>
      )}

      <Said store={store} row={row} />
      <Section title={m.review.way}>
        <Way store={store} row={row} />
      </Section>
      <Answered row={row} />
      {standing.otherAnswers.length === 0 ? null : <PickAnswer store={store} row={row} mayPick={events.has('choose_answer')} onSaved={onSaved} />}

      <Section title={m.review.next}>
        <SavedWords store={store} eventIds={saved} />
        {left === undefined ? null : (
          <Notice tone="calm">
            {m.review.draftLeft(m.review.actions[left.action])}
            <div className="line">
              <Button onClick={() => onAction(left.action)}>{m.review.goOn}</Button>
              <Button variant="bare" onClick={() => void store.removeDraft(left.draftId)}>
                {m.review.dropDraft}
              </Button>
            </div>
          </Notice>
        )}
        {action === undefined ? (
          standing.otherAnswers.length > 0 ? null : <p>{turnWords(m, store, row)}</p>
        ) : (
          <ActionForm
            key={action}
            store={store}
            row={row}
            action={action}
            isOffered={offered.has(action)}
            onSaved={onSaved}
            onClose={() => onAction(undefined)}
          />
        )}
      </Section>
      {next === undefined || action !== undefined ? null : (
        <div className={styles['next']}>
          <Button variant="primary" onClick={() => onAction(next)}>
            {next === 'assign' && events.has('triage') ? m.review.triageAndAssign : m.review.actions[next]}
          </Button>
        </div>
      )}
      {others.length === 0 || action !== undefined ? null : (
        <Fold label={m.review.otherActions}>
          <div className="line">
            {others.map((each) => (
              <Button key={each} onClick={() => onAction(each)}>
                {m.review.actions[each]}
              </Button>
            ))}
          </div>
        </Fold>
      )}
      {history}
    </article>
  );
}

/** What became of the last save: on this phone, then sent, or what the commune said of it. Never more than is true now. */
function SavedWords({ store, eventIds }: { readonly store: FieldStore; readonly eventIds: readonly string[] }) {
  const m = useMessages();
  const marks = eventIds.flatMap((eventId) => {
    const record = store.find(eventId);
    return record === undefined ? [] : [store.mark(record)];
  });
  if (eventIds.length === 0) return null;
  const wrong = marks.find((mark) => mark.state === 'needs_you');
  if (wrong?.state === 'needs_you') return <Notice tone="warn">{m.review.needsYou(reasonWords(m, wrong.reason))}</Notice>;
  const isSent = marks.length > 0 && marks.every((mark) => mark.state === 'sent');
  return <Notice tone="good">{isSent ? m.review.savedSent : m.review.savedHere}</Notice>;
}

/** Whose turn it is. */
function turnWords(m: Messages, store: FieldStore, { standing }: DeskRow): string {
  const words = m.review.waitsFor;
  switch (standing.state) {
    case 'assigned':
    case 'in_progress':
      return deskScopeOf(store.account()).unitIds.some((unitId) => unitId === standing.assignee)
        ? words.yourUnit
        : words.unit(unitName(store, standing.assignee) ?? m.review.unitLabel);
    case 'answered':
      return words.team;
    case 'delivered':
      return words.citizen;
    case 'returned':
      return words.detail;
    case 'transferred_up':
      return words.above;
    case 'draft':
    case 'received':
    case 'reopened':
    case 'triaged':
      return words.bloc;
    case 'confirmed':
    case 'closed_unreachable':
    case 'merged':
    case 'withdrawn':
    case 'referred':
      return words.done;
  }
}
