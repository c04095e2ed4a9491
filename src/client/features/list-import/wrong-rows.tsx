import { useMessages } from '#client/languages/use-messages.ts';
import type { ReckonedList } from '#client/list-reading/reading.ts';
import { Button } from '#client/ui/button.tsx';
import { giveFile } from '#client/ui/give-file.ts';
import { formatNumber } from '#client/ui/numbers.ts';
import { Section } from '#client/ui/section.tsx';
import { writeTable } from '#tables/write-table.ts';
import { placeWords, wrongCellWords, wrongRowsTable } from './import-words.ts';
import styles from './list-import.module.css';

const shown = 30;

/** Each wrong row with its line, its columns, what stands there and why it cannot be written; all of them as a file to be mended. */
export function WrongRows({ found }: { readonly found: Pick<ReckonedList, 'wrong' | 'headings'> }) {
  const m = useMessages();
  const t = m.listImport;
  const { wrong } = found;
  if (wrong.length === 0) return null;
  return (
    <Section title={t.wrongTitle} count={wrong.length}>
      <p className="quiet">{t.wrongHint}</p>
      <ul className={styles['lines']}>
        {wrong.slice(0, shown).map((row) => (
          <li key={`${row.sheet} ${row.line}`}>
            <strong>{t.wrongRow(placeWords(m, row))}</strong>
            {wrongCellWords(m, row).map((words) => (
              <div key={words}>{words}</div>
            ))}
          </li>
        ))}
      </ul>
      {wrong.length <= shown ? null : <p className="quiet">{t.moreWrong(formatNumber(wrong.length - shown))}</p>}
      <Button onClick={() => void giveFile({ name: t.wrongFile, text: writeTable(wrongRowsTable(m, found)) })}>{t.giveWrong}</Button>
    </Section>
  );
}
