import { useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { recordAbout } from '#client/languages/record-title.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useDraftedForm } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Select } from '#client/ui/choice.tsx';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { FormPage } from '#client/ui/form-page.tsx';
import { LimitedText } from '#client/ui/limited-text.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { ResumedNotice } from '#client/ui/resumed-notice.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import type { RecordState } from '#domain/record.ts';
import { returnVisit } from '#domain/return-visit.ts';
import type { ReturnInput } from '#domain/return-visit.ts';
import { returnableFields, returnCommentLimit } from '#domain/visit-return.ts';
import { isVoid } from '#domain/void-record.ts';
import { mayAskBack, visitOf } from './visit-in-hand.ts';

/** The bloc asks the team about one field of a visit. */
export function ReturnForm({ id }: { readonly id: string }) {
  const m = useMessages();
  const store = useStore();
  const visit = visitOf(store, id);
  if (visit === undefined || isVoid(visit) || !mayAskBack(store)) {
    return (
      <Page title={m.visits.returning.title} back={visit === undefined ? paths.households() : paths.record(id)}>
        <Empty>{visit === undefined ? m.visits.correct.gone : isVoid(visit) ? m.visits.correct.isVoid : m.app.otherRoleWork}</Empty>
      </Page>
    );
  }
  return <QuestionAbout visit={visit} />;
}

function QuestionAbout({ visit }: { readonly visit: RecordState<'visit'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const r = m.visits.returning;
  const { recordId } = visit;
  const { values, setValues, form, resumedAt } = useDraftedForm<ReturnInput>(store, { draftId: `return-${recordId}`, form: 'visit_return', subjectId: recordId }, () => ({ field: undefined, comment: '' }));
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const back = paths.record(recordId);
  const set = (fields: Partial<ReturnInput>) => {
    setValues((before) => ({ ...before, ...fields }));
    if (error?.field !== undefined && error.field in fields) setError(undefined);
  };
  const wrong = (field: keyof ReturnInput) => (error?.field === field ? fieldErrorWords(m, error) : undefined);

  const submit = async () => {
    const entry = returnVisit(visit, values, form.context());
    setError(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    if (!(await form.save([entry.value]))) return;
    showToast(r.saved);
    navigate(back, { replace: true });
  };

  return (
    <FormPage
      title={r.title}
      back={back}
      actions={m.visits.draft[form.draft]}
      onSubmit={submit}
      isSaving={form.isSaving}
      problems={[form.error && saveErrorWords(m, form.error)]}
      above={<ResumedNotice savedAt={resumedAt} />}
    >
      <p>
        <strong>{recordAbout(m, visit, { find: (other) => store.find(other), day: formatDay })}</strong>
      </p>
      <Select
        label={r.field}
        placeholder={r.chooseField}
        options={returnableFields.map((value) => ({ value, label: m.words.fields[value] ?? value }))}
        value={values.field}
        onChange={(field) => set({ field })}
        error={wrong('field')}
      />
      <LimitedText label={r.comment} hint={r.commentHint} limit={returnCommentLimit} value={values.comment} onChange={(comment) => set({ comment })} error={wrong('comment')} />
    </FormPage>
  );
}
