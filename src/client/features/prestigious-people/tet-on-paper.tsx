import { areaWordsOf } from '#client/languages/place-words.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { useStore } from '#client/store/use-store.ts';
import { formatDay } from '#client/ui/dates.ts';
import { presentArea } from '#domain/permissions.ts';
import type { TetPlanRow } from '#domain/tet-plan.ts';
import type { Tet } from '#domain/tet.ts';
import { giftWords } from './benefit-section.tsx';
import { capitalized } from './official-list.tsx';
import { Paper } from './paper.tsx';
import type { Given, Person } from './person-reads.ts';
import styles from './paper.module.css';

interface TetOnPaperProps {
  readonly tet: Tet;
  readonly rows: readonly TetPlanRow<Person, Given>[];
}

/** The plan to take along: who, where, and a place to note the visit for those who have none yet. */
export function TetOnPaper({ tet, rows }: TetOnPaperProps) {
  const m = useMessages();
  const store = useStore();
  const words = m.people.paper;
  return (
    <Paper name={words.tetName} about={words.tetOf(m.people.tet.name(tet.name, tet.year), formatDay(tet.day))} total={rows.length}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{words.no}</th>
            <th>{words.fullName}</th>
            <th>{words.residence}</th>
            <th>{words.visitedOn}</th>
            <th>{words.gift}</th>
            <th>{words.note}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, visits }, index) => (
            <tr key={person.recordId}>
              <td className={styles['middle']}>{index + 1}</td>
              <td>{person.fields.fullName}</td>
              <td>{capitalized(areaWordsOf(m, store, presentArea(person.areaId, store)))}</td>
              <td className={styles['middle']}>{visits.map(({ fields }) => formatDay(fields.date)).join(', ')}</td>
              <td>{visits.map(({ fields }) => giftWords(m, fields)).join('; ')}</td>
              <td>&nbsp;</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
