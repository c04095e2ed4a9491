import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { fieldErrorWords, saveErrorWords } from '#client/languages/error-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { resumedValues, useFormSave } from '#client/store/use-form-save.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/field.tsx';
import { focusFirstWrong } from '#client/ui/focus-first-wrong.ts';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { Section } from '#client/ui/section.tsx';
import { useToast } from '#client/ui/toast.tsx';
import type { CommandError } from '#domain/command.ts';
import type { RecordState } from '#domain/record.ts';
import { receptionFields, writeReception } from '#domain/write-reception.ts';
import type { Reception } from '#domain/write-reception.ts';

/** Where and when the commune receives citizens, for the slip on every phone: an entry like any other, saved here first. */
export function ReceptionForm({ commune }: { readonly commune: RecordState<'area'> }) {
  const m = useMessages();
  const store = useStore();
  const showToast = useToast();
  const [, navigate] = useLocation();
  const words = m.administration.reception;
  const { receptionPlace = '', receptionHours = '' } = commune.fields;
  const draftId = `reception-${commune.recordId}`;
  const [touched, setTouched] = useState<Partial<Reception>>(() => resumedValues<Partial<Reception>>(store, draftId, {})?.values ?? {});
  const form = useFormSave(store, { draftId, form: 'reception', subjectId: commune.recordId }, touched);
  const [error, setError] = useState<CommandError | undefined>(undefined);
  const [isUnchanged, setIsUnchanged] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const reception: Reception = { receptionPlace, receptionHours, ...touched };

  const submit = async () => {
    const made = writeReception(commune, reception, form.context());
    setError(made.ok ? undefined : made.error);
    setIsUnchanged(made.ok && made.value === undefined);
    if (!made.ok) requestAnimationFrame(() => focusFirstWrong(formRef.current));
    if (!made.ok || made.value === undefined || !(await form.save([made.value]))) return;
    showToast(words.saved);
    navigate(paths.hamlets(), { replace: true });
  };

  return (
    <Section title={words.title}>
      <form
        ref={formRef}
        className="stack"
        noValidate
        aria-label={words.title}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="quiet">{words.intro}</p>
        {receptionFields.map((field) => (
          // Room for the whole of it: on a phone one line shows half a place.
          <TextArea
            key={field}
            rows={2}
            label={m.words.fields[field]}
            hint={words.hints[field]}
            value={reception[field]}
            onChange={(event) => {
              // Each is one line of the notice, also where it was pasted in two.
              const value = event.currentTarget.value.replaceAll(/\s*\n/gu, ' ');
              setTouched((before) => ({ ...before, [field]: value }));
              setIsUnchanged(false);
              if (error?.field === field) setError(undefined);
            }}
            error={error?.field === field ? fieldErrorWords(m, error) : undefined}
          />
        ))}
        {form.error === undefined ? null : <Notice tone="danger">{saveErrorWords(m, form.error)}</Notice>}
        <div role="status" className="status">
          {isUnchanged ? <p className="quiet">{words.unchanged}</p> : null}
        </div>
        <div className="line">
          <Button variant="primary" type="submit" disabled={form.isSaving}>
            {words.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}
