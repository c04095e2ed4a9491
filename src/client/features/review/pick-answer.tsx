import { useState } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { Button } from '#client/ui/button.tsx';
import { formatShortDay } from '#client/ui/dates.ts';
import { Notice } from '#client/ui/notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { DeskRow } from './desk-row.ts';
import { memberName } from './who.ts';
import styles from './said.module.css';

interface PickAnswerProps {
  readonly store: FieldStore;
  readonly row: DeskRow;
  /** May this member pick? Else both are only shown. */
  readonly mayPick: boolean;
  readonly onSaved: (eventIds: readonly string[]) => void;
}

/** Two units answered without knowing of each other: both are shown side by side and the bloc picks the one to tell. */
export function PickAnswer({ store, row, mayPick, onSaved }: PickAnswerProps) {
  const m = useMessages();
  const { feedback, standing } = row;
  const { isBusy: isSaving, run } = useOneAct();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const shown = standing.history.find((step) => step.eventId === standing.answerId);
  const answers = [...(shown === undefined ? [] : [shown]), ...standing.otherAnswers];

  const pick = async (eventId: string) => {
    const made = advanceFeedback(feedback, standing, [{ type: 'choose_answer', eventId }], store.commandContext());
    if (!made.ok) {
      setProblem(made.error.code === 'not_now' ? m.review.notNow : fieldErrorWords(m, made.error));
      return;
    }
    const saved = await store.write([made.value]);
    if (saved.ok) onSaved(made.value.changes.map((change) => change.recordId));
    else setProblem(saveErrorWords(m, saved.error));
  };

  return (
    <Section title={m.review.pickTitle}>
      <p className="quiet">{m.review.pickHint}</p>
      {answers.map(({ eventId, event }) =>
        event.type !== 'answer' ? null : (
          <div key={eventId} className={styles['answer']}>
            <p className={styles['text']}>{event.answer}</p>
            {event.publicAnswer === undefined ? null : (
              <p className={styles['text']}>
                <strong>{m.review.publicAnswer}:</strong> {event.publicAnswer}
              </p>
            )}
            <p className="quiet">{[memberName(m, store, store.find(eventId)?.memberId), formatShortDay(event.on)].filter(Boolean).join(' · ')}</p>
            {mayPick ? (
              <Button disabled={isSaving} onClick={() => void run(async () => await pick(eventId))}>
                {eventId === standing.answerId ? m.review.keepThis : m.review.pickThis}
              </Button>
            ) : null}
          </div>
        ),
      )}
      {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
    </Section>
  );
}
