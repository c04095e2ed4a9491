import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import styles from './plain-screen.module.css';

/** A screen that stands alone, before or outside the app's own layout: the app's sign and name, a title, a short column. */
export function PlainScreen({ title, children }: { readonly title?: string | undefined; readonly children: ReactNode }) {
  const m = useMessages();
  useEffect(() => {
    document.title = title === undefined ? m.app.name : `${title} · ${m.app.name}`;
  }, [title, m]);
  return (
    <main className={styles['screen']}>
      <div className={styles['brand']}>
        <img className={styles['mark']} src="/icon.svg" alt="" />
        <span className={styles['name']}>{m.app.name}</span>
      </div>
      {title === undefined ? null : <h1 className={styles['title']}>{title}</h1>}
      {children}
    </main>
  );
}
