import { useState } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './large-code.module.css';

/** A code one copies onto paper: large, each symbol apart, and read out symbol by symbol. */
export function LargeCode({ label, code }: { readonly label: string; readonly code: string }) {
  const m = useMessages();
  // As it is copied onto paper: whoever types it is taken to https by the endpoint's proxy.
  const address = `${window.location.host}/r/${code}`;
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setIsCopied(true);
    } catch {
      setIsCopied(false);
    }
  };
  return (
    <div className={styles['slip']}>
      <span className={styles['label']}>{label}</span>
      <span className={styles['code']} data-code={code} aria-hidden>
        {code}
      </span>
      <span className="spoken">{[...code.replaceAll('-', '')].join(' ')}</span>
      <Button variant="bare" onClick={() => void copy()}>
        <Icon name={isCopied ? 'check' : 'copy'} />
        <span aria-live="polite">{isCopied ? m.ui.copied : m.ui.copy}</span>
      </Button>
      <span className={styles['page']}>{m.feedback.codePage(address)}</span>
    </div>
  );
}
