import { ChevronLeft } from 'lucide-react';
import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from './class-names.ts';
import styles from './page.module.css';

interface PageProps {
  /** Also the browser's title, which it keeps readable in its history: never a person's name. */
  readonly title: string;
  /** Stands on the screen in the title's place where the screen is about a person. */
  readonly heading?: string | undefined;
  /** Where the arrow leads; pages of the bar below have none. */
  readonly back?: string | undefined;
  /** Short things at the right of the title. */
  readonly actions?: ReactNode;
  /** Stays within reach of the thumb: the form's main button. */
  readonly footer?: ReactNode;
  /** Uses the whole width (a desk), not a column that reads well. */
  readonly wide?: boolean | undefined;
  readonly children: ReactNode;
}

/** One screen: its title, what leads back, its content, and its main action. */
export function Page({ title, heading = title, back, actions, footer, wide, children }: PageProps) {
  const m = useMessages();
  const titleId = useId();
  useEffect(() => {
    document.title = `${title} · ${m.app.name}`;
  }, [title, m]);
  return (
    <main className={classNames(styles['page'], back === undefined && styles['top'], wide === true && styles['wide'])} aria-labelledby={titleId}>
      <header className={classNames(styles['head'], back !== undefined && styles['hasBack'])}>
        {back === undefined ? null : (
          <Link href={back} className={styles['back']} aria-label={m.ui.back}>
            <ChevronLeft size={28} aria-hidden />
          </Link>
        )}
        <h1 className={styles['title']} id={titleId} tabIndex={-1}>
          {heading}
        </h1>
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </header>
      <div className={styles['body']}>{children}</div>
      {footer === undefined || footer === null ? null : <div className={styles['footer']} data-page-footer>{footer}</div>}
    </main>
  );
}
