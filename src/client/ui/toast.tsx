import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
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
          <div key={toast.id} className={styles['toast']}>
            <span>{toast.words}</span>
            {toast.action === undefined ? null : (
              <button
                type="button"
                className={styles['action']}
                onClick={() => {
                  toast.action?.run();
                  remove(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
          </div>
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

/** Says in passing that something is done, with an undo where there is one. Never the only place an error is told. */
export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (show === undefined) throw new Error('useToast outside ToastShelf');
  return show;
}
