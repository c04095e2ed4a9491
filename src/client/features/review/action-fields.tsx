import { useMessages } from '#client/languages/use-messages.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { Choice, Select } from '#client/ui/choice.tsx';
import { DateField, TextArea } from '#client/ui/field.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { isReferredKind, returnableFields, urgencies } from '#domain/feedback.ts';
import { topics } from '#domain/topic.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import { usualAnswerDays } from '#domain/feedback-clocks.ts';
import { dayOf } from '#domain/identifiers.ts';
import type { ActionValues, DeskAction } from './desk-actions.ts';
import { deskScopeOf } from './desk-row.ts';
import type { DeskRow } from './desk-row.ts';

interface ActionFieldsProps {
  readonly store: FieldStore;
  readonly row: DeskRow;
  readonly action: DeskAction;
  readonly values: ActionValues;
  readonly leavesOfficers: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (changed: Partial<ActionValues>) => void;
}

/** What each action asks for. */
export function ActionFields(props: ActionFieldsProps) {
  const m = useMessages();
  const { action, row, leavesOfficers } = props;
  const isNew = row.standing.state === 'received' || row.standing.state === 'reopened';
  switch (action) {
    case 'triage':
    case 'assign':
      return (
        <>
          {action === 'triage' || isNew ? <TriageFields {...props} /> : null}
          {leavesOfficers ? <Notice tone="warn">{m.review.about.staff}</Notice> : action === 'assign' ? <AssignFields {...props} /> : null}
        </>
      );
    case 'answer':
      return <AnswerFields {...props} />;
    case 'return':
      return <ReturnFields {...props} />;
    case 'extend':
      return (
        <>
          <DueField {...props} />
          <ReasonField {...props} />
        </>
      );
    case 'transfer_up':
    case 'reopen':
      return <ReasonField {...props} />;
    case 'merge':
      return <MergeFields {...props} />;
    case 'start':
    case 'refer':
    case 'withdraw':
      return <p>{m.review.about[action]}</p>;
  }
}

function TriageFields({ values, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  return (
    <>
      <Select
        label={m.review.topicLabel}
        options={topics.map((value) => ({ value, label: m.words.topics[value] }))}
        value={values.topic === '' ? undefined : values.topic}
        onChange={(topic) => onChange({ topic })}
        error={errorOf('topic')}
      />
      <Choice
        label={m.review.urgencyLabel}
        options={urgencies.map((value) => ({ value, label: m.words.urgencies[value] }))}
        value={values.urgency}
        onChange={(urgency) => onChange({ urgency })}
        error={errorOf('urgency')}
      />
    </>
  );
}

function AssignFields(props: ActionFieldsProps) {
  const m = useMessages();
  const { store, values, errorOf, onChange } = props;
  const offices = store
    .all('unit')
    .filter((unit) => unit.fields.kind === 'office' && !unit.deleted)
    .map((unit) => ({ value: unit.recordId, label: unit.fields.name }));
  offices.sort((a, b) => compareVietnamese(a.label, b.label));
  if (offices.length === 0) return <Notice tone="warn">{m.review.noUnits}</Notice>;
  return (
    <>
      <Select
        label={m.review.unitLabel}
        placeholder={m.review.unitPlaceholder}
        options={offices}
        value={values.unitId === '' ? undefined : values.unitId}
        onChange={(unitId) => onChange({ unitId })}
        error={errorOf('unitId')}
      />
      <DueField {...props} />
    </>
  );
}

function DueField({ values, store, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  return (
    <DateField
      label={m.review.dueLabel}
      hint={m.review.dueHint(usualAnswerDays(dayOf(store.commandContext().now)))}
      value={values.dueOn}
      onChange={(event) => onChange({ dueOn: event.currentTarget.value })}
      error={errorOf('dueOn')}
    />
  );
}

function AnswerFields({ store, values, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  const { isBloc } = deskScopeOf(store.account());
  return (
    <>
      <TextArea
        label={m.review.answerLabel}
        hint={m.review.answerHint}
        rows={5}
        maxLength={2000}
        value={values.answer}
        onChange={(event) => onChange({ answer: event.currentTarget.value })}
        error={errorOf('answer')}
      />
      {isBloc ? (
        <TextArea
          label={m.review.publicLabel}
          hint={m.review.publicHint}
          rows={2}
          maxLength={500}
          value={values.publicAnswer}
          onChange={(event) => onChange({ publicAnswer: event.currentTarget.value })}
          error={errorOf('publicAnswer')}
        />
      ) : null}
    </>
  );
}

function ReturnFields({ row, values, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  // Nobody is asked for the phone number of one who gave no name.
  const askable = returnableFields.filter((field) => field !== 'citizenPhone' || row.feedback.fields.anonymity === 'named');
  return (
    <>
      <Select
        label={m.review.fieldLabel}
        placeholder={m.review.fieldPlaceholder}
        options={askable.map((value) => ({ value, label: m.words.returnableFields[value] }))}
        value={values.field === '' ? undefined : values.field}
        onChange={(field) => onChange({ field })}
        error={errorOf('field')}
      />
      <TextArea
        label={m.review.commentLabel}
        hint={m.review.commentHint}
        maxLength={300}
        value={values.comment}
        onChange={(event) => onChange({ comment: event.currentTarget.value })}
        error={errorOf('comment')}
      />
    </>
  );
}

function ReasonField({ values, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  return (
    <TextArea
      label={m.review.reasonLabel}
      maxLength={300}
      value={values.reason}
      onChange={(event) => onChange({ reason: event.currentTarget.value })}
      error={errorOf('reason')}
    />
  );
}

/** Long enough to find a neighbor's word about the same bridge, short enough to read. */
const mergeChoices = 60;

function MergeFields({ store, row, values, errorOf, onChange }: ActionFieldsProps) {
  const m = useMessages();
  const { feedback, standing } = row;
  const likeness = (areaId: string, topic: string | undefined) => (areaId === feedback.areaId ? 2 : 0) + (topic === standing.topic ? 1 : 0);
  const open = store
    .all('feedback')
    .filter((other) => other.recordId !== feedback.recordId && !other.deleted && !isReferredKind(other.fields.kind))
    .filter((other) => !['merged', 'withdrawn', 'referred'].includes(store.standing(other).state));
  open.sort((a, b) => likeness(b.areaId, b.fields.topic) - likeness(a.areaId, a.fields.topic) || (a.fields.receivedOn < b.fields.receivedOn ? 1 : -1));
  const others = open.slice(0, mergeChoices).map(({ recordId, areaId, fields }) => ({
    value: recordId,
    label: [fields.receiptCode, areaName(store, areaId), fields.text?.slice(0, 60)].filter(Boolean).join(' · '),
  }));
  return (
    <>
      <p>{m.review.about.merge}</p>
      <Select
        label={m.review.intoLabel}
        placeholder={m.review.intoPlaceholder}
        options={others}
        value={values.intoId === '' ? undefined : values.intoId}
        onChange={(intoId) => onChange({ intoId })}
        error={errorOf('intoId')}
      />
    </>
  );
}
