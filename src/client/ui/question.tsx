import { useId } from 'react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './question.module.css';

/** Asks the person something that only they can say; the answers are big enough for a thumb. */
export function Question({ asked, answers, children }: { readonly asked: string; readonly answers: ReactNode; readonly children?: ReactNode }) {
  const id = useId();
  return (
    <section className={styles['question']} aria-labelledby={id}>
      <h2 className={styles['asked']} id={id}>
        {asked}
      </h2>
      <div className={styles['answers']}>{answers}</div>
      {children}
    </section>
  );
}

interface AnswerProps {
  readonly words: string;
  /** Whose answer it is, and when. */
  readonly detail?: string | undefined;
  readonly onTake: () => void;
  readonly disabled?: boolean | undefined;
}

const longFrom = 40;

/** One tap takes it. */
export function Answer({ words, detail, onTake, disabled }: AnswerProps) {
  return (
    <button type="button" className={styles['answer']} onClick={onTake} disabled={disabled}>
      <span className={classNames(styles['value'], words.length > longFrom && styles['long'])}>{words}</span>
      {detail === undefined || detail === '' ? null : <span className={styles['who']}>{detail}</span>}
    </button>
  );
}
