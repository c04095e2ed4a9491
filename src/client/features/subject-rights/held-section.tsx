import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { Fact } from '#client/languages/record-words.ts';
import { classNames } from '#client/ui/class-names.ts';
import styles from './held-page.module.css';

interface HeldSectionProps {
  readonly title: string;
  readonly count?: number | undefined;
  readonly startsOpen?: boolean | undefined;
  readonly children: ReactNode;
}

/** A part of what is held, under a heading that can be read from across a table: opened with a press on the screen, always whole on paper. */
export function HeldSection({ title, count, startsOpen = false, children }: HeldSectionProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(startsOpen);
  const heading = count === undefined || count === 0 ? title : `${title} (${count})`;
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h2 className={styles['sectionTitle']} id={id}>
        <button type="button" className={styles['fold']} aria-expanded={isOpen} aria-controls={`${id}-body`} onClick={() => setIsOpen(!isOpen)}>
          <ChevronRight className={styles['arrow']} size={24} aria-hidden />
          {heading}
        </button>
        <span className={styles['onPaper']}>{heading}</span>
      </h2>
      <div className={classNames(styles['sectionBody'], !isOpen && styles['closed'])} id={`${id}-body`}>
        {children}
      </div>
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
