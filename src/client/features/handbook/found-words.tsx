import type { Part } from './book-search.ts';
import styles from './handbook.module.css';

/** A text with what was searched for marked in it. */
export function FoundWords({ parts }: { readonly parts: readonly Part[] }) {
  return (
    <>
      {parts.map(({ text, isFound }, index) =>
        isFound ? (
          <mark key={index} className={styles['found']}>
            {text}
          </mark>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </>
  );
}
