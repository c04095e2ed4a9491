import { useEffect, useRef } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import styles from './keys-card.module.css';

/** What the keys do; a dialog of the browser's own, so that focus stays in it and Escape closes it. */
export function KeysCard({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={styles['card']} aria-label={m.review.keys.title} onClose={onClose}>
      <h2>{m.review.keys.title}</h2>
      <dl className={styles['keys']}>
        {m.review.keys.list.map(([key, does]) => (
          <div key={key} className={styles['key']}>
            <dt>
              <kbd className={styles['cap']}>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Button variant="primary" onClick={() => dialog.current?.close()}>
        {m.ui.close}
      </Button>
    </dialog>
  );
}
