import type { ReactNode } from 'react';
import styles from './empty.module.css';

/** Where a list would stand: says that there is nothing, and what to do about it. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <div className={styles['empty']}>{children}</div>;
}
