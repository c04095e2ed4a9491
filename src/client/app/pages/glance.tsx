import { classNames } from '#client/ui/class-names.ts';
import styles from './glance.module.css';

interface GlanceProps {
  readonly label: string;
  readonly parts: readonly { readonly anchor: string; readonly words: string; readonly isUrgent?: boolean | undefined }[];
}

/** The whole day in one line: how much of what, each part leading to its section of the page. */
export function Glance({ label, parts }: GlanceProps) {
  return (
    <nav className={styles['glance']} aria-label={label}>
      {parts.map(({ anchor, words, isUrgent }) => (
        <a key={anchor} href={`#${anchor}`} className={classNames(styles['part'], isUrgent === true && styles['urgent'])}>
          {words}
        </a>
      ))}
    </nav>
  );
}
