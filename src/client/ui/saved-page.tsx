import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { Page } from './page.tsx';

interface SavedPageProps {
  /** As a page's: never a person's name. */
  readonly title: string;
  readonly heading?: string | undefined;
  /** What was saved and what becomes of it. */
  readonly words: string;
  readonly doneHref: string;
  readonly children?: ReactNode;
}

/** Shown once the strict commit has happened, and never before. */
export function SavedPage({ title, heading, words, doneHref, children }: SavedPageProps) {
  const m = useMessages();
  const [, navigate] = useLocation();
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    done.current?.focus();
    window.scrollTo(0, 0);
  }, []);
  return (
    <Page
      title={title}
      heading={heading}
      footer={
        // The form is behind: going back from here must not open it again.
        <Button ref={done} variant="primary" wide onClick={() => navigate(doneHref, { replace: true })}>
          {m.ui.done}
        </Button>
      }
    >
      <Notice tone="good">{words}</Notice>
      {children}
    </Page>
  );
}
