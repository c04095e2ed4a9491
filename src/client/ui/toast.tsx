import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { classNames } from './class-names.ts';
import styles from './toast.module.css';

interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export type ShowToast = (words: string, action?: ToastAction) => void;

interface ShownToast {
  readonly id: number;
  readonly words: string;
  readonly action?: ToastAction | undefined;
}

/** Long enough to read twice, and longer where something may be undone. */
const readingMs = 6_000;
const actingMs = 10_000;

const ToastContext = createContext<ShowToast | undefined>(undefined);

export function ToastShelf({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const lastId = useRef(0);
  const remove = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback<ShowToast>(
    (words, action) => {
      lastId.current += 1;
      const id = lastId.current;
      setToasts((shown) => [...shown.slice(-2), { id, words, action }]);
      setTimeout(() => remove(id), action === undefined ? readingMs : actingMs);
    },
    [remove],
  );
  const shelf = useMemo(
    () => (
      // Always there: what appears later inside a live region is read aloud.
      <div className={styles['shelf']} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <Toast key={toast.id} words={toast.words} action={toast.action} onEnd={() => remove(toast.id)} />
        ))}
      </div>
    ),
    [toasts, remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      {shelf}
    </ToastContext>
  );
}

/**
 * On a phone it lies on what is read: it stays behind on the screen where it was said (the one that a form led to when it was saved), and stands there again when
 * somebody comes back within its time, to undo.
 */
function Toast({ words, action, onEnd }: Pick<ShownToast, 'words' | 'action'> & { readonly onEnd: () => void }) {
  const [location] = useLocation();
  const [saidAt] = useState(location);
  return (
    <div className={classNames(styles['toast'], location !== saidAt && styles['behind'])}>
      <span>{words}</span>
      {action === undefined ? null : (
        <button
          type="button"
          className={styles['action']}
          onClick={() => {
            action.run();
            onEnd();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}

/** Says in passing that something is done, with an undo where there is one. Never the only place an error is told. */
export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (show === undefined) throw new Error('useToast outside ToastShelf');
  return show;
}
