import { useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { focusFirstWrong } from './focus-first-wrong.ts';
import { Notice } from './notice.tsx';
import { Page } from './page.tsx';
import { StorageWarning } from './storage-warning.tsx';

interface FormPageProps {
  readonly title: string;
  readonly back: string;
  /** What became of the draft. */
  readonly actions?: string | undefined;
  /** Saves, or marks the fields that are wrong: the first of them is then brought before the eyes. */
  readonly onSubmit: () => Promise<void>;
  readonly isSaving: boolean;
  /** Why nothing was saved, above the button, where the thumb is. */
  readonly problems: readonly (string | undefined)[];
  /** What is asked before it is saved; the same button answers yes. */
  readonly asks?: string | undefined;
  /** What the button says where it does more than save. */
  readonly saveWords?: string | undefined;
  /** What is said while the form is filled, within sight wherever it is scrolled. */
  readonly aboveButton?: ReactNode;
  readonly above?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** A page that is one form, with its one button always within reach. */
export function FormPage({ title, back, actions, onSubmit, isSaving, problems, asks, saveWords, aboveButton, above, below, children }: FormPageProps) {
  const m = useMessages();
  const formId = useId();
  const formRef = useRef<HTMLFormElement>(null);
  const submit = async () => {
    await onSubmit();
    requestAnimationFrame(() => focusFirstWrong(formRef.current));
  };
  return (
    <Page
      title={title}
      back={back}
      actions={actions}
      footer={
        <>
          {aboveButton}
          {problems.map((problem) => (problem === undefined ? null : <Notice key={problem} tone="danger">{problem}</Notice>))}
          {asks === undefined ? null : <Notice tone="warn">{asks}</Notice>}
          <Button variant="primary" wide type="submit" form={formId} disabled={isSaving}>
            {isSaving ? m.ui.saving : (saveWords ?? m.ui.save)}
          </Button>
        </>
      }
    >
      <StorageWarning />
      {above}
      <form
        id={formId}
        ref={formRef}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
      </form>
      {below}
    </Page>
  );
}
