import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, reasonWords, saveErrorWords } from '#client/languages/error-words.ts';
import { codeWords, fieldName, isRecordField, valueWords } from '#client/languages/record-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import type { OutboxEntry } from '#client/store/field-store.ts';
import { useDraft } from '#client/store/use-draft.ts';
import { resumedValues } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { DateField, PhoneField, TextArea, TextField } from '#client/ui/field.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { Section } from '#client/ui/section.tsx';
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import { useToast } from '#client/ui/toast.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { checkFields } from '#domain/change.ts';
import type { Change, Entry } from '#domain/change.ts';
import { mendEntry } from '#domain/mend-entry.ts';
import { longTextFields, phoneFields } from '#domain/written-fields.ts';
import { DiscardEntry } from './discard-entry.tsx';
import { recordTitle } from './entry-words.ts';
import { mendDraftId } from './mend-draft.ts';

type SetChange = Extract<Change, { set: unknown }>;
/** By place in the entry, by field: what stands in the box now; null: left out. */
type Typed = Readonly<Record<string, string | null>>;

/** An entry that was not accepted: what it says field by field, the wrong one first, to be mended and sent again, or given up. */
export function MendPage({ deviceSeq }: { readonly deviceSeq: number }) {
  const m = useMessages();
  const store = useStore();
  const entry = store.entryOf(deviceSeq);
  const listed = store.outbox().find((one) => one.deviceSeq === deviceSeq);
  if (entry === undefined || listed?.reason?.verdict !== 'rejected') {
    return (
      <Page title={m.mend.title} back={paths.sync()}>
        <Empty>{m.mend.notThere}</Empty>
      </Page>
    );
  }
  return <MendForm entry={entry} listed={listed} />;
}

function MendForm({ entry, listed }: { readonly entry: Entry; readonly listed: OutboxEntry }) {
  const m = useMessages();
  const store = useStore();
  const [, navigate] = useLocation();
  const showToast = useToast();
  const draftId = mendDraftId(entry.entryId);
  const [resumed] = useState(() => resumedValues<Typed>(store, draftId, {}));
  const [typed, setTyped] = useState<Typed>(resumed?.values ?? {});
  const draft = useDraft(store, { draftId, form: 'mend', subjectId: entry.entryId }, typed);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const { isBusy: isSaving, run } = useOneAct();
  const { reason } = listed;

  const save = async () => {
    setProblem(undefined);
    const mended = mendEntry(entry, editsOf(entry, typed), store.commandContext());
    if (!mended.ok) {
      setProblem(mended.error.code === 'nothing_left' ? m.mend.nothingLeft : fieldErrorWords(m, mended.error));
      return;
    }
    await draft.pause();
    const saved = await store.mend(listed.deviceSeq, [mended.value], { endsDraft: draftId });
    if (!saved.ok) {
      draft.resume();
      setProblem(saveErrorWords(m, saved.error));
      return;
    }
    showToast(m.visits.saved);
    navigate(paths.sync(), { replace: true });
  };

  return (
    <Page
      title={m.mend.title}
      back={paths.sync()}
      actions={m.visits.draft[draft.standing]}
      footer={
        <>
          {problem === undefined ? null : <Notice tone="danger">{problem}</Notice>}
          <Button variant="primary" wide disabled={isSaving} onClick={() => void run(save)}>
            {isSaving ? m.ui.saving : m.mend.save}
          </Button>
        </>
      }
    >
      {reason === undefined ? null : <Notice tone="warn">{reasonWords(m, reason)}</Notice>}
      <ResumedNotice savedAt={resumed?.savedAt} />
      {entry.changes.map((change, index) =>
        'set' in change ? (
          <ChangeFields
            key={change.recordId}
            change={change}
            wrongField={reason?.field}
            typedOf={(field) => typed[`${index}/${field}`]}
            onType={(field, value) => setTyped((before) => ({ ...before, [`${index}/${field}`]: value }))}
          />
        ) : null,
      )}
      <DiscardEntry entry={listed} />
    </Page>
  );
}

interface ChangeFieldsProps {
  readonly change: SetChange;
  readonly wrongField: string | undefined;
  readonly typedOf: (field: string) => string | null | undefined;
  readonly onType: (field: string, value: string | null) => void;
}

function ChangeFields({ change, wrongField, typedOf, onType }: ChangeFieldsProps) {
  const m = useMessages();
  const store = useStore();
  const record = store.find(change.recordId);
  const fields = Object.keys(change.set).filter((field) => fieldName(m, field) !== undefined);
  // What is wrong is looked for first.
  const ordered = [...fields.filter((field) => field === wrongField), ...fields.filter((field) => field !== wrongField)];
  if (ordered.length === 0) return null;
  return (
    <Section title={record === undefined ? m.words.recordKinds[change.kind] : recordTitle(m, store, record)}>
      <div className="stack">
        {ordered.map((field) => (
          <MendField key={field} change={change} field={field} isWrong={field === wrongField} typed={typedOf(field)} onType={(value) => onType(field, value)} />
        ))}
      </div>
    </Section>
  );
}

interface MendFieldProps {
  readonly change: SetChange;
  readonly field: string;
  readonly isWrong: boolean;
  readonly typed: string | null | undefined;
  readonly onType: (value: string | null) => void;
}

function MendField({ change, field, isWrong, typed, onType }: MendFieldProps) {
  const m = useMessages();
  const store = useStore();
  const stored = change.set[field];
  const label = fieldName(m, field) ?? field;
  const error = isWrong && typed === undefined ? m.mend.thisOne : undefined;
  const words = valueWords(m, change.kind, field, stored, {
    day: formatDay,
    amount: formatNumber,
    nameOf: (id) => {
      const record = store.find(id);
      return record === undefined ? undefined : recordTitle(m, store, record);
    },
  });
  if (typed === null) {
    return (
      <div className="line">
        <s>{`${label}: ${words ?? ''}`}</s>
        <Button variant="bare" onClick={() => onType(textOf(stored))}>
          {m.mend.putBack}
        </Button>
      </div>
    );
  }
  // Another record's id: which household it was is no slip of the pen.
  if (isRecordField(field)) return words === undefined ? null : <p>{`${label}: ${words}`}</p>;
  const leaveOut = isNeeded(change, field) ? null : (
    <Button variant="bare" onClick={() => onType(null)}>
      {m.mend.leaveOut}
    </Button>
  );
  if (typeof stored !== 'string' && typeof stored !== 'number') {
    return (
      <div className="stack-close">
        <p>{`${label}: ${words ?? m.mend.emptied}`}</p>
        {error === undefined ? null : <p role="alert">{error}</p>}
        {leaveOut}
      </div>
    );
  }
  const value = typed ?? String(stored);
  const box = { label, error, value };
  const codes = codeWords(m, change.kind, field);
  return (
    <div className="stack-close">
      {codes !== undefined ? (
        <Select {...box} options={Object.entries(codes).map(([code, name]) => ({ value: code, label: name }))} onChange={onType} />
      ) : /^\d{4}-\d{2}-\d{2}$/.test(String(stored)) ? (
        <DateField {...box} onChange={(event) => onType(event.currentTarget.value)} />
      ) : phoneFields.has(field) ? (
        <PhoneField {...box} onChange={(event) => onType(event.currentTarget.value)} />
      ) : longTextFields.has(field) ? (
        <TextArea {...box} onChange={(event) => onType(event.currentTarget.value)} />
      ) : (
        <TextField {...box} inputMode={typeof stored === 'number' ? 'numeric' : 'text'} onChange={(event) => onType(event.currentTarget.value)} />
      )}
      {leaveOut}
    </div>
  );
}

/** Without it the new record would be none: leaving it out could only be refused. */
function isNeeded({ kind, base, set }: SetChange, field: string): boolean {
  if (base > 0) return false;
  const { [field]: _left, ...others } = set;
  const rejection = checkFields(kind, others);
  return rejection?.code === 'required' && rejection.field === field;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What was typed, as the values of its fields: a number stays one, an emptied box leaves the field out. */
function editsOf(entry: Entry, typed: Typed): Record<number, Record<string, unknown>> {
  const edits: Record<number, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(typed)) {
    const [index = '', field = ''] = key.split('/');
    const change = entry.changes[Number(index)];
    const stored = change !== undefined && 'set' in change ? change.set[field] : undefined;
    const isText = typeof stored === 'string' || typeof stored === 'number';
    const text = phoneFields.has(field) && value !== null ? tidyPhone(value) : value?.trim();
    const next = value === null ? undefined : !isText ? stored : text === '' ? undefined : typeof stored === 'number' ? Number(text) : text;
    (edits[Number(index)] ??= {})[field] = next;
  }
  return edits;
}
