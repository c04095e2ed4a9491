import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { classNames } from './class-names.ts';
import styles from './list.module.css';

export function List({ label, children }: { /** Said to those who do not see what stands above the list. */ readonly label?: string | undefined; readonly children: ReactNode }) {
  return (
    // Without its role a list that is styled is none to VoiceOver.
    <ul className={styles['list']} role="list" aria-label={label}>
      {children}
    </ul>
  );
}

/** Where a row of a long list stands, of which only those in sight are drawn (long-list.tsx). */
export interface RowPlace {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Below the list's top, in CSS pixels. */
  readonly top: number;
  readonly measure: (row: HTMLLIElement | null) => void;
}

interface RowProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Where it opens; else what a press does; with neither it only stands there. */
  readonly href?: string | undefined;
  readonly onClick?: (() => void) | undefined;
  /** The record's state, at the right. */
  readonly mark?: ReactNode;
  readonly badge?: ReactNode;
  /** The one that is open beside the list. */
  readonly isCurrent?: boolean | undefined;
  readonly place?: RowPlace | undefined;
  /** More under the row: buttons of its own. */
  readonly children?: ReactNode;
}

export function Row({ title, detail, href, onClick, mark, badge, isCurrent, place, children }: RowProps) {
  const face = (
    <>
      <span className={styles['both']}>
        <span className={styles['words']}>
          <span className={styles['title']}>{title}</span>
          {detail === undefined || detail === null || detail === '' ? null : <span className={styles['detail']}>{detail}</span>}
        </span>
        {mark === undefined && badge === undefined ? null : (
          <span className={styles['end']}>
            {badge}
            {mark}
          </span>
        )}
      </span>
      {href === undefined && onClick === undefined ? null : <ChevronRight className={styles['arrow']} size={20} aria-hidden />}
    </>
  );
  const look = classNames(styles['face'], isCurrent === true && styles['current']);
  const current = isCurrent === true ? ({ 'aria-current': 'true' } as const) : {};
  return (
    <li className={styles['row']} {...(place === undefined ? {} : attributesOf(place))}>
      {href === undefined ? (
        onClick === undefined ? (
          <div className={look}>{face}</div>
        ) : (
          <button type="button" className={look} onClick={onClick} {...current}>
            {face}
          </button>
        )
      ) : (
        <Link href={href} className={look} onClick={onClick} {...current}>
          {face}
        </Link>
      )}
      {children === undefined || children === null ? null : <div className={styles['more']}>{children}</div>}
    </li>
  );
}

/** Its style is set property by property, by script: the content policy forbids the attribute alone. */
function attributesOf({ index, count, top, measure }: RowPlace) {
  return { 'ref': measure, 'data-index': index, 'aria-setsize': count, 'aria-posinset': index + 1, 'style': { transform: `translateY(${top}px)` } };
}
