import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import './printed.css';

/** What a printer gets in place of the screen, as long as this is drawn; on the screen itself it is not seen. */
export function Printed({ children }: { readonly children: ReactNode }) {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['printed'] = 'sheet';
    return () => {
      delete dataset['printed'];
    };
  }, []);
  return createPortal(<div className="printed-sheet">{children}</div>, document.body);
}
