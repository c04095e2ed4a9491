import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './beside.module.css';

interface BesideProps {
  /** Chooses which list is shown: above it, at the left of a wide desk. */
  readonly choices?: ReactNode;
  readonly list: ReactNode;
  /** Said to those who do not see where it stands. */
  readonly openLabel: string;
  /** The one that is open; undefined: none is. */
  readonly open: ReactNode | undefined;
  /** Stands in its place at a desk while none is open. */
  readonly choose: string;
}

/** A list and the one of it that is open: side by side at a desk, one after the other on a phone. */
export function Beside({ choices, list, openLabel, open, choose }: BesideProps) {
  const isOpen = open !== undefined;
  return (
    <div className={classNames(styles['both'], isOpen && styles['isOpen'], choices !== undefined && styles['hasChoices'])}>
      {choices === undefined ? null : <div className={styles['choices']}>{choices}</div>}
      <div className={styles['list']}>{list}</div>
      {/* It scrolls by itself beside the list, so the keyboard must be able to enter it even where nothing in it can be pressed. */}
      <div className={styles['open']} role="region" aria-label={openLabel} tabIndex={open === undefined ? -1 : 0}>
        {isOpen ? open : <p className="quiet">{choose}</p>}
      </div>
    </div>
  );
}
