import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import styles from './confirm.module.css';

interface ConfirmProps {
  readonly question: ReactNode;
  /** What the "yes" does, as its words. */
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something that cannot be undone. Rendered while it asks; the answer that keeps everything has the focus. */
export function Confirm({ question, yes, onYes, onNo }: ConfirmProps) {
  const m = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      <div className={styles['question']}>{question}</div>
      <div className={styles['answers']}>
        <Button onClick={onNo}>{m.ui.cancel}</Button>
        <Button variant="danger" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </dialog>
  );
}
