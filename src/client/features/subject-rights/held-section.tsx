import { useId } from 'react';
import type { ReactNode } from 'react';
import type { Fact } from '#client/languages/record-words.ts';
import styles from './held-page.module.css';

/** A part of what is held, under a heading that can be read from across a table. */
export function HeldSection({ title, count, children }: { readonly title: string; readonly count?: number | undefined; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h2 className={styles['sectionTitle']} id={id}>
        {title}
        {count === undefined || count === 0 ? null : ` (${count})`}
      </h2>
      {children}
    </section>
  );
}

/** Names and what they are, a line each. */
export function HeldLines({ lines }: { readonly lines: readonly Fact[] }) {
  if (lines.length === 0) return null;
  return (
    <dl className={styles['lines']}>
      {lines.map(({ name, words }, index) => (
        // Two people may have written otherwise about one field.
        <div key={`${index} ${name}`}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
