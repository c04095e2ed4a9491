import { Check, Hand, Smartphone } from 'lucide-react';
import { useMessages } from '#client/languages/use-messages.ts';
import { classNames } from './class-names.ts';
import styles from './mark.module.css';

export type MarkState = 'on_this_phone' | 'sent' | 'needs_you';

const icons = { on_this_phone: Smartphone, sent: Check, needs_you: Hand } as const;

/** Where a record stands, everywhere the same: trên máy này, đã gửi, cần bạn xem. */
export function Mark({ state }: { readonly state: MarkState }) {
  const m = useMessages();
  const Icon = icons[state];
  return (
    <span className={classNames(styles['mark'], styles[state])} data-mark={state}>
      <Icon size={18} aria-hidden />
      {m.ui.marks[state]}
    </span>
  );
}
