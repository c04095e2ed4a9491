import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './fold.module.css';

interface FoldProps {
  readonly label: string;
  /** What is inside, in a word or two, so that one need not open it. */
  readonly detail?: ReactNode;
  readonly isOpen?: boolean | undefined;
  readonly children: ReactNode;
}

/** What is rarely needed, one press away. */
export function Fold({ label, detail, isOpen, children }: FoldProps) {
  return (
    <details className={styles['fold']} open={isOpen}>
      <summary className={styles['summary']}>
        <ChevronRight className={styles['arrow']} size={20} aria-hidden />
        {label}
        {detail === undefined || detail === null || detail === '' ? null : <span className={styles['detail']}>{detail}</span>}
      </summary>
      <div className={styles['body']}>{children}</div>
    </details>
  );
}
