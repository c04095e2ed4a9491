import { useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './pin-pad.module.css';

interface PinPadProps {
  /** What these digits are. */
  readonly label: string;
  /** Said to those who do not see the dots. */
  readonly typed: (count: number) => string;
  readonly erase: string;
  /** What the last key does, as its word. */
  readonly enter: string;
  readonly least: number;
  readonly most: number;
  readonly isBusy?: boolean | undefined;
  readonly onEntered: (digits: string) => void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Digits by thumb or keyboard. On purpose no input: what is typed into one may be kept by the browser (password store, form history, the
 * session it restores), and these digits are to be nowhere but in this component. Give it a `key` to begin anew.
 */
export function PinPad({ label, typed, erase, enter, least, most, isBusy = false, onEntered }: PinPadProps) {
  const [pin, setPin] = useState('');
  const isWhole = pin.length >= least && !isBusy;

  const press = (digit: string) => setPin((before) => (isBusy || before.length >= most ? before : before + digit));
  const takeBack = () => setPin((before) => (isBusy ? before : before.slice(0, -1)));
  const submit = () => {
    if (isWhole) onEntered(pin);
  };

  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    onKey.current = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/u.test(event.key)) press(event.key);
      else if (event.key === 'Backspace') takeBack();
      // On a button Enter presses that button.
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) submit();
      else return;
      event.preventDefault();
    };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className={styles['pad']} role="group" aria-label={label}>
      <div className={styles['shown']}>
        <span className="spoken" role="status">
          {typed(pin.length)}
        </span>
        {Array.from({ length: Math.max(least, pin.length) }, (_, index) => (
          <span key={index} className={classNames(styles['dot'], index < pin.length && styles['typed'])} aria-hidden />
        ))}
      </div>
      <div className={styles['keys']}>
        {digits.map((digit) => (
          <Button key={digit} className={styles['key']} onClick={() => press(digit)}>
            {digit}
          </Button>
        ))}
        <Button className={styles['key']} variant="bare" aria-label={erase} disabled={pin === ''} onClick={takeBack}>
          <Icon name="erase" size={28} />
        </Button>
        <Button className={styles['key']} onClick={() => press('0')}>
          0
        </Button>
        <Button className={classNames(styles['key'], styles['word'])} variant="primary" disabled={!isWhole} onClick={submit}>
          {enter}
        </Button>
      </div>
    </div>
  );
}
