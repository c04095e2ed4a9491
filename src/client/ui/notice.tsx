import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './notice.module.css';

/** Words that stand out. `warn` needs the person, `danger` is about lost work or a person in danger, `good` says it went. */
export function Notice({ tone, children }: { readonly tone: 'calm' | 'warn' | 'danger' | 'good'; readonly children: ReactNode }) {
  return (
    <div className={classNames(styles['notice'], styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
