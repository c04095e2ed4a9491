import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { isForCitizen } from './held-out.ts';
import styles from './offer-bar.module.css';

/** What the phone has to say to its member, above the page. It waits until the page comes back from a citizen's hands. */
export function OfferBar({ words, children }: { readonly words: ReactNode; readonly children?: ReactNode }) {
  const [location] = useLocation();
  if (isForCitizen(location)) return null;
  return (
    <div className={styles['offer']} role="status">
      <span className={styles['words']}>{words}</span>
      {children}
    </div>
  );
}
