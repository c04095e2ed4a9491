import { Link } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore, useSync } from '#client/store/use-store.ts';
import { Icon } from '#client/ui/icon.tsx';
import { paths } from '#client/ui/paths.ts';
import { useOnline } from '#client/ui/use-online.ts';
import styles from './sync-line.module.css';
import { syncStory } from './sync-story.ts';

/** The state of sync in a line or two, leading to its whole story. */
export function SyncLine() {
  const m = useMessages();
  const store = useStore();
  const { state } = useSync();
  const isOnline = useOnline();
  const story = syncStory(m, store.outbox(), state, { isOnline, lastContactAt: store.lastContactAt(), now: store.commandContext().now });
  // Green is only for "sent", and only while nothing is in the way.
  const isCalm = story.isAllSent && story.now === undefined;
  const icon = !isOnline ? 'no_signal' : isCalm ? 'check' : 'smartphone';
  return (
    <Link href={paths.sync()} className={isCalm ? `${styles['line']} ${styles['sent']}` : styles['line']}>
      <Icon name={icon} />
      <span className={styles['words']} aria-live="polite">
        {story.waiting === undefined ? null : <strong>{story.waiting}</strong>}
        {story.isAllSent ? <span>{m.sync.allSent}</span> : null}
        {story.now === undefined ? null : <span>{story.now}</span>}
        {story.waiting === undefined && story.now === undefined && !story.isAllSent ? <span>{m.sync.nothingHere}</span> : null}
      </span>
      <Icon name="next" />
    </Link>
  );
}
