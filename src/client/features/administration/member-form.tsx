import { useEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { MemberRequest, MemberSummary } from '#client/remote/administration.ts';
import type { SessionCallError } from '#client/remote/session-calls.ts';
import { Button } from '#client/ui/button.tsx';
import type { ButtonVariant } from '#client/ui/button.tsx';
import { focusFirstWrong } from '#client/ui/focus-first-wrong.ts';
import { Notice } from '#client/ui/notice.tsx';
import { useOneAct } from '#client/acts/use-one-act.ts';
import { useOnline } from '#client/ui/use-online.ts';
import { actFailureWords } from './refusal-words.ts';

/** What every form about a member is given: who, and how it is told to the endpoint. */
export interface MemberFormProps {
  readonly member: MemberSummary;
  /** Resolves to why it was not done. Once it is done the form is closed. */
  readonly onSave: (request: Omit<MemberRequest, 'memberId'>) => Promise<SessionCallError | undefined>;
  readonly onClose: () => void;
}

interface MemberFormFrameProps {
  readonly title: string;
  /** What the button does, as its words. */
  readonly yes: string;
  readonly variant?: ButtonVariant | undefined;
  /** Tells the endpoint and resolves to why it was not done; `not_ready`: a field says what is wrong. */
  readonly onSubmit: () => Promise<SessionCallError | 'not_ready' | undefined>;
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A form that is told to the endpoint at once: what was typed stays until it said yes, and a second press is the same request. */
export function MemberFormFrame({ title, yes, variant = 'primary', onSubmit, onClose, children }: MemberFormFrameProps) {
  const m = useMessages();
  const isOnline = useOnline();
  const formRef = useRef<HTMLFormElement>(null);
  const { isBusy, run } = useOneAct();
  const [failed, setFailed] = useState<SessionCallError | undefined>(undefined);
  useFirstField(formRef);

  const submit = async () => {
    const outcome = await onSubmit();
    setFailed(outcome === 'not_ready' ? undefined : outcome);
    if (outcome === 'not_ready') requestAnimationFrame(() => focusFirstWrong(formRef.current));
  };

  return (
    <form
      ref={formRef}
      className="stack"
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (isOnline) void run(submit);
      }}
    >
      <h3>{title}</h3>
      {children}
      {failed === undefined ? null : <Notice tone="danger">{actFailureWords(m, failed)}</Notice>}
      <div className="line">
        <Button variant={variant} type="submit" disabled={isBusy || !isOnline}>
          {isBusy ? m.administration.saving : yes}
        </Button>
        {onClose === undefined ? null : <Button onClick={onClose}>{m.ui.cancel}</Button>}
      </div>
      {isOnline ? null : <p className="quiet">{m.administration.offlineForm}</p>}
    </form>
  );
}

function useFirstField(formRef: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    // Never the button that does it: an Enter too many would press it.
    formRef.current?.querySelector<HTMLElement>('input, select, button[type="button"]')?.focus({ preventScroll: true });
    formRef.current?.scrollIntoView({ block: 'nearest' });
  }, [formRef]);
}
