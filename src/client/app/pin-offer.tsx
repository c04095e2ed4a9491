import { useLocation } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { paths } from '#client/ui/paths.ts';
import styles from './update.module.css';

/** After a start, to who likes a PIN: one press to set it for this time. */
export function PinOffer({ onSeen }: { readonly onSeen: () => void }) {
  const m = useMessages().phoneLock.pin;
  const [, navigate] = useLocation();
  return (
    <div className={styles['offer']} role="status">
      <span className={styles['words']}>{m.offer}</span>
      <Button onClick={onSeen}>{m.later}</Button>
      {/* Not the screen's main button: that is the screen's own. */}
      <Button
        onClick={() => {
          onSeen();
          navigate(paths.lockPin());
        }}
      >
        {m.set}
      </Button>
    </div>
  );
}
