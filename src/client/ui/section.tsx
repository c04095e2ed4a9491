import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  /** Where a link of the same page leads. */
  readonly anchor?: string | undefined;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, count, actions, anchor, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles['section']} id={anchor} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 className={styles['title']} id={id}>
          {title}
        </h2>
        {count === undefined ? null : <span className={styles['count']}>({count})</span>}
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
