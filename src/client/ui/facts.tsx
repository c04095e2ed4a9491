import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** Names and what they are: one under another on a phone, side by side where there is room. Facts without words are left out. */
export function Facts({ facts }: { readonly facts: readonly { readonly name: string; readonly words: ReactNode }[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(({ name, words }) =>
        words === undefined || words === null || words === '' ? null : (
          <div key={name} className={styles['fact']}>
            <dt className={styles['name']}>{name}</dt>
            <dd className={styles['words']}>{words}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
