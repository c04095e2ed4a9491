import type { ReactNode } from 'react';
import { areaWords } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { dayOf } from '#domain/identifiers.ts';
import { isKind } from '#domain/record.ts';
import styles from './paper.module.css';

interface PaperProps {
  readonly name: string;
  readonly about: string;
  readonly total: number;
  /** A table. */
  readonly children: ReactNode;
}

/** An A4 page as administrative documents here are laid out (Decree 30/2020): who issues it, the state's name and motto, number, place and day, title, who signs. */
export function Paper({ name, about, total, children }: PaperProps) {
  const m = useMessages();
  const words = m.people.paper;
  const store = useStore();
  const { communeCode } = store.account();
  const commune = store.find(communeCode);
  const called = isKind(commune, 'area') ? areaWords(m, commune.fields) : communeCode;
  const placeName = isKind(commune, 'area') ? commune.fields.name : communeCode;
  return (
    <article className={styles['sheet']} lang="vi">
      <header className={styles['head']}>
        <div>
          <p>{words.body}</p>
          <p className={styles['issuer']}>{called.toLocaleUpperCase('vi')}</p>
          <p className={styles['below']}>{words.number}</p>
        </div>
        <div>
          <p className={styles['state']}>{words.state}</p>
          <p className={styles['motto']}>{words.motto}</p>
          <p className={styles['day']}>{words.placeAndDay(placeName, dayOf(store.commandContext().now).slice(0, 4))}</p>
        </div>
      </header>
      <h2 className={styles['title']}>{name}</h2>
      <p className={styles['about']}>{about}</p>
      {children}
      <p className={styles['total']}>{words.total(String(total))}</p>
      <footer className={styles['signed']}>
        <div>
          <p className={styles['who']}>{words.drawnUp}</p>
          <p className={styles['how']}>{words.signHere}</p>
        </div>
        <div>
          <p className={styles['who']}>{words.signs}</p>
          <p className={styles['who']}>{words.chair}</p>
          <p className={styles['how']}>{words.signAndSeal}</p>
        </div>
      </footer>
    </article>
  );
}
