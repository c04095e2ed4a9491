import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Choice, Select } from '#client/ui/choice.tsx';
import { Empty } from '#client/ui/empty.tsx';
import { DateField, TextArea, TextField } from '#client/ui/field.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import { documentKinds } from '#domain/handbook.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import { writeDocument } from '#domain/write-handbook.ts';
import { isKeeper, mayChange } from './book.ts';
import type { HandbookDocument } from './book.ts';
import { documentValues } from './handbook-values.ts';
import type { DocumentValues } from './handbook-values.ts';

interface DocumentFormProps {
  /** Undefined: a new document. */
  readonly id?: string | undefined;
  readonly draftId?: string | undefined;
}

/** Writes down a document and what it asks of a team, or changes one. */
export function DocumentForm({ id, draftId = `document-${id ?? 'new'}` }: DocumentFormProps) {
  const m = useMessages();
  const store = useStore();
  const document = id === undefined ? undefined : store.find(id);
  const isTheirs = id === undefined ? isKeeper(store) : isKind(document, 'document') && mayChange(store, document);
  if (!isTheirs) {
    return (
      <Page title={m.handbook.editDocument} back={paths.handbook()}>
        <Empty>{id !== undefined && document === undefined ? m.handbook.goneDocument : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <FormOfDocument key={draftId} document={isKind(document, 'document') ? document : undefined} draftId={draftId} />;
}

function FormOfDocument({ document, draftId }: { readonly document: HandbookDocument | undefined; readonly draftId: string }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.handbook.form;
  const today = dayOf(store.commandContext().now);
  const { values: touched, setValues, form, resumedAt, anotherId } = useDraftedForm<Partial<DocumentValues>>(store, { draftId, form: 'document', subjectId: document?.recordId }, () => ({}));
  const values = documentValues(document, touched, today);
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);

  const set = <F extends keyof DocumentValues>(field: F, value: DocumentValues[F]) => {
    setValues((before) => ({ ...before, [field]: value }));
    setIsUnchanged(false);
    if (error?.field === field) setError(undefined);
  };
  const errorOf = (field: keyof DocumentValues) => {
    if (error?.field !== field) return undefined;
    return error.code === 'out_of_range' && field === 'date' ? words.notYetThen : fieldErrorWords(m, error);
  };

  const submit = async () => {
    const entry = writeDocument(document ?? { areaId: store.account().communeCode }, values, form.context());
    setError(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    setIsUnchanged(entry.value === undefined);
    if (entry.value === undefined) return;
    const [change] = entry.value.changes;
    if (!(await form.save([entry.value]))) return;
    showToast(words.savedDocument);
    navigate(change === undefined ? paths.handbook() : paths.document(change.recordId), { replace: true });
  };

  return (
    <FormPage
      title={document === undefined ? m.handbook.newDocument : m.handbook.editDocument}
      back={document === undefined ? paths.handbook() : paths.document(document.recordId)}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      asks={isUnchanged ? words.unchanged : undefined}
      above={<ResumedNotice savedAt={resumedAt} anotherHref={document === undefined ? paths.newDocument(`document-${anotherId}`) : undefined} />}
    >
      <Select
        label={m.words.fields['kind']}
        options={documentKinds.map((value) => ({ value, label: m.words.documentKinds[value] }))}
        value={values.kind}
        onChange={(kind) => set('kind', kind)}
        error={errorOf('kind')}
      />
      <TextField label={m.words.fields['number']} hint={words.numberHint} maxLength={60} value={values.number} onChange={(event) => set('number', event.currentTarget.value)} error={errorOf('number')} />
      <TextArea label={m.words.fields['title']} rows={2} maxLength={250} value={values.title} onChange={(event) => set('title', event.currentTarget.value)} error={errorOf('title')} />
      <TextField label={m.words.fields['issuer']} hint={words.issuerHint} maxLength={120} value={values.issuer} onChange={(event) => set('issuer', event.currentTarget.value)} error={errorOf('issuer')} />
      <DateField label={m.words.fields['date']} max={today} value={values.date} onChange={(event) => set('date', event.currentTarget.value)} error={errorOf('date')} />
      <LimitedText
        label={m.words.fields['summary']}
        hint={words.summaryHint}
        limit={2000}
        rows={6}
        value={values.summary}
        onChange={(summary) => set('summary', summary)}
        error={errorOf('summary')}
      />
      <Choice
        label={words.asks}
        hint={document === undefined ? undefined : words.asksAnew}
        options={[
          { value: 'yes', label: words.asksYes },
          { value: 'no', label: words.asksNo },
        ]}
        value={values.asksReceipt ? 'yes' : 'no'}
        onChange={(answer: 'yes' | 'no') => set('asksReceipt', answer === 'yes')}
      />
    </FormPage>
  );
}
