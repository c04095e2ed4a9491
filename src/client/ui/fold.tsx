import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './fold.module.css';

interface FoldProps {
  readonly label: string;
  /** What is inside, in a word or two, so that one need not open it. */
  readonly detail?: ReactNode;
  readonly isOpen?: boolean | undefined;
  /** Told when it is opened or closed: for what is fetched only when somebody looks. */
  readonly onToggle?: ((isOpen: boolean) => void) | undefined;
  readonly children: ReactNode;
}

/** What is rarely needed, one press away. */
export function Fold({ label, detail, isOpen, onToggle, children }: FoldProps) {
  return (
    <details className={styles['fold']} open={isOpen} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary className={styles['summary']}>
        <ChevronRight className={styles['arrow']} size={20} aria-hidden />
        {label}
        {detail === undefined || detail === null || detail === '' ? null : <span className={styles['detail']}>{detail}</span>}
      </summary>
      <div className={styles['body']}>{children}</div>
    </details>
  );
}
