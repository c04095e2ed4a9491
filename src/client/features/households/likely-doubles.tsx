import { Link } from 'wouter';
import { useMessages } from '#client/languages/use-messages.ts';
import { Notice } from '#client/ui/notice.tsx';
import { paths } from '#client/ui/paths.ts';
import { isStanding } from '#domain/household.ts';
import type { LikelyDouble } from '#domain/likely-doubles.ts';
import styles from './likely-doubles.module.css';

const mostShown = 2;

/** Says while it is typed that it may be there already, and never keeps anybody from saving. */
export function LikelyDoubles({ doubles }: { readonly doubles: readonly LikelyDouble[] }) {
  const m = useMessages();
  const f = m.households.form;
  if (doubles.length === 0) return null;
  const isNumberAlone = doubles.every(({ signs }) => signs.length === 1 && signs[0] === 'no');
  return (
    <Notice tone="warn">
      <p>{isNumberAlone ? f.numberTaken : f.doubleAsk}</p>
      <ul className={styles['doubles']} role="list">
        {doubles.slice(0, mostShown).map(({ household: { recordId, fields }, signs }) => (
          <li key={recordId}>
            <Link href={paths.household(recordId)}>{m.words.household(fields.headName, fields.no)}</Link>
            <span className="quiet">
              {[...signs.map((sign) => f.signs[sign]), ...(isStanding(fields) ? [] : [m.households.pastMarks.closed(m.words.closingReasons[fields.closedReason ?? 'mistake'])])].join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
