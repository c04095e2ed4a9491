import { useMessages } from '#client/languages/use-messages.ts';
import { standingHamlets } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Row } from '#client/ui/list.tsx';
import { paths } from '#client/ui/paths.ts';
import { documentsToRead, readingOf, seesReadings } from './book.ts';
import type { HandbookDocument } from './book.ts';
import styles from './handbook.module.css';
import { comesFromProvince, documentLine, documentTitle } from './handbook-words.ts';

/** A document in a list: to a team whether it has still to read it, to the bloc how many teams have. */
export function DocumentRow({ document }: { readonly document: HandbookDocument }) {
  const m = useMessages();
  const store = useStore();
  const { recordId, fields } = document;
  const toRead = documentsToRead(store).find((one) => one.document.recordId === recordId);
  const teams = seesReadings(store) && fields.asksReceipt === true ? standingHamlets(store) : [];
  return (
    <Row
      href={paths.document(recordId)}
      title={documentTitle(document)}
      detail={
        <>
          {documentLine(m, document)}
          {comesFromProvince(store, document) ? ` · ${m.handbook.ofProvince}` : ''}
          {teams.length === 0 ? '' : ` · ${m.handbook.reading.standing(readingOf(store, document, teams).read.length, teams.length)}`}
          {toRead === undefined ? null : (
            <>
              {' · '}
              <span className={styles['unread']}>{toRead.wasRead ? m.handbook.reading.readBefore : m.handbook.reading.notRead}</span>
            </>
          )}
        </>
      }
    />
  );
}
