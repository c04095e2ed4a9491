import { useEffect, useRef, useState } from 'react';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { Button } from '#client/ui/button.tsx';
import { formatWhen } from '#client/ui/dates.ts';
import { focusFirstWrong } from '#client/ui/focus-first-wrong.ts';
import { Notice } from '#client/ui/notice.tsx';
import { advanceFeedback } from '#domain/advance-feedback.ts';
import type { Rejection } from '#domain/rejection.ts';
import { dayOf } from '#domain/identifiers.ts';
import { usualDueOn } from '#domain/feedback-clocks.ts';
import { shippedHolidays } from '#domain/working-days.ts';
import { ActionFields } from './action-fields.tsx';
import { leavesOfficers, stepsOf } from './desk-actions.ts';
import type { ActionValues, DeskAction } from './desk-actions.ts';
import { deskScopeOf } from './desk-row.ts';
import type { DeskRow } from './desk-row.ts';
import { draftForm, draftIdOf } from './left-draft.ts';

interface ActionFormProps {
  readonly store: FieldStore;
  readonly row: DeskRow;
  readonly action: DeskAction;
  /** False: the feedback moved on while this was being written; what was written stays. */
  readonly isOffered: boolean;
  /** The ids of the events that were saved. */
  readonly onSaved: (eventIds: readonly string[]) => void;
  readonly onClose: () => void;
}

/** One action on the open feedback: its fields, its draft, and one entry when it is saved. */
export function ActionForm({ store, row, action, isOffered, onSaved, onClose }: ActionFormProps) {
  const m = useMessages();
  const { feedback, standing } = row;
  const draftId = draftIdOf(action, feedback.recordId);
  const { values, setValues, form, resumedAt } = useDraftedForm<ActionValues>(store, { draftId, form: draftForm, subjectId: feedback.recordId }, () => emptyValues(store, row));
  const [rejection, setRejection] = useState<Rejection | undefined>(undefined);
  const [isTooLate, setIsTooLate] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const scope = deskScopeOf(store.account());
  const leaves = leavesOfficers(action, values, scope);

  useEffect(() => {
    formRef.current?.querySelector<HTMLElement>('textarea, select, input:not([type="radio"]), button')?.focus();
    formRef.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const submit = async () => {
    const made = advanceFeedback(feedback, standing, stepsOf(action, values, standing, scope), form.context());
    setIsTooLate(!made.ok && made.error.code === 'not_now');
    setRejection(made.ok || made.error.code === 'not_now' ? undefined : made.error);
    if (!made.ok) {
      requestAnimationFrame(() => focusFirstWrong(formRef.current));
      return;
    }
    if (await form.save([made.value])) onSaved(made.value.changes.map((change) => change.recordId));
  };

  return (
    <form
      ref={formRef}
      className="stack"
      noValidate
      aria-label={m.review.actions[action]}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {resumedAt === undefined ? null : <p className="quiet">{m.review.resumed(formatWhen(resumedAt))}</p>}
      {isTooLate || !isOffered ? <Notice tone="warn">{m.review.notNow}</Notice> : null}
      <ActionFields
        store={store}
        row={row}
        action={action}
        values={values}
        leavesOfficers={leaves}
        errorOf={(field) => (rejection?.field === field ? fieldErrorWords(m, rejection) : undefined)}
        onChange={(changed) => setValues((before) => ({ ...before, ...changed }))}
      />
      {form.error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, form.error)}</Notice>}
      {rejection !== undefined && rejection.field === undefined ? <Notice tone="danger">{fieldErrorWords(m, rejection)}</Notice> : null}
      <div className="line">
        <Button variant="primary" type="submit" disabled={form.isSaving || !isOffered}>
          {form.isSaving ? m.review.saving : m.review.does[leaves ? 'triage' : action]}
        </Button>
        <Button onClick={onClose}>{m.ui.cancel}</Button>
        <span className="quiet">{m.review.draft[form.draft]}</span>
      </div>
    </form>
  );
}

function emptyValues(store: FieldStore, { standing }: DeskRow): ActionValues {
  const today = dayOf(store.commandContext().now);
  return {
    topic: standing.topic ?? '',
    urgency: standing.urgency,
    unitId: standing.assignee ?? '',
    dueOn: usualDueOn(today, shippedHolidays),
    answer: '',
    publicAnswer: '',
    field: '',
    comment: '',
    reason: '',
    intoId: '',
  };
}
