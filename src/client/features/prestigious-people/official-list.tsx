import { areaWords, areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { Empty } from '#client/ui/empty.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { presentArea } from '#domain/permissions.ts';
import { isHeld, presentTerm } from '#domain/prestigious-coverage.ts';
import { isKind } from '#domain/record.ts';
import { AuditedPrint } from './audited-print.tsx';
import { Paper } from './paper.tsx';
import { holdersInReach } from './person-reads.ts';
import styles from './paper.module.css';

/** The official list as it will lie on the table, and its print. */
export function OfficialList() {
  const m = useMessages();
  const store = useStore();
  const words = m.people.print;
  const rows = holdersInReach(store).length;
  const sheet = <ListOnPaper />;
  return (
    <Page title={words.listTitle} back={paths.people()} wide>
      {rows === 0 ? <Empty>{words.nobody}</Empty> : null}
      <AuditedPrint list="prestigious" rows={rows} sheet={sheet} />
      {rows === 0 ? null : (
        // Wider than a phone: it is moved to the side, also by the keyboard.
        <div className={styles['preview']} role="region" aria-label={words.listTitle} tabIndex={rows === 0 ? -1 : 0}>
          {sheet}
        </div>
      )}
    </Page>
  );
}

function ListOnPaper() {
  const m = useMessages();
  const store = useStore();
  const words = m.people.paper;
  const holders = holdersInReach(store);
  const commune = store.find(store.account().communeCode);
  return (
    <Paper name={words.listName} about={words.listOf(isKind(commune, 'area') ? areaWords(m, commune.fields) : '')} total={holders.length}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th rowSpan={2}>{words.no}</th>
            <th rowSpan={2}>{words.fullName}</th>
            <th colSpan={2}>{words.birthYear}</th>
            <th rowSpan={2}>{words.residence}</th>
            <th rowSpan={2}>{words.decision}</th>
            <th rowSpan={2}>{words.note}</th>
          </tr>
          <tr>
            <th>{words.man}</th>
            <th>{words.woman}</th>
          </tr>
        </thead>
        <tbody>
          {holders.map(({ recordId, areaId, fields }, index) => {
            const term = presentTerm(store.childrenOf('prestigious_term', recordId).filter(isHeld));
            const { decisionNo = '', decidedOn } = term?.fields ?? {};
            return (
              <tr key={recordId}>
                <td className={styles['middle']}>{index + 1}</td>
                <td>{fields.fullName}</td>
                {fields.sex === undefined ? (
                  <td colSpan={2} className={styles['middle']}>
                    {fields.birthYear}
                  </td>
                ) : (
                  <>
                    <td className={styles['middle']}>{fields.sex === 'm' ? fields.birthYear : ''}</td>
                    <td className={styles['middle']}>{fields.sex === 'f' ? fields.birthYear : ''}</td>
                  </>
                )}
                <td>{capitalized(areaWordsOf(m, store, presentArea(areaId, store)))}</td>
                <td>{words.decisionWords(decisionNo, decidedOn === undefined ? '' : formatDay(decidedOn))}</td>
                <td>&nbsp;</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Paper>
  );
}

export function capitalized(words: string): string {
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}
