import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { ReckonedList } from '#client/list-reading/reading.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import { useStore } from '#client/store/use-store.ts';
import { Button } from '#client/ui/button.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { Fold } from '#client/ui/fold.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { formatNumber } from '#client/ui/numbers.ts';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { Chips } from '#client/ui/choice.tsx';
import { kindOfLayout } from '#lists/plan-import.ts';
import type { ImportValues } from './import-values.ts';
import { placeWords, sheetErrorWords } from './import-words.ts';
import { Questions } from './questions.tsx';
import { WrongRows } from './wrong-rows.tsx';
import styles from './list-import.module.css';

type Decided = Partial<Pick<ImportValues, 'answers' | 'otherwise' | 'allowsNewHamlets'>>;

interface PreviewStepProps {
  readonly found: ReckonedList;
  readonly values: ImportValues;
  readonly mayMakeHamlets: boolean;
  readonly isBusy: boolean;
  readonly above: ReactNode;
  readonly onBack: () => void;
  readonly onDecide: (decided: Decided) => Promise<void>;
  readonly onWrite: () => Promise<void>;
}

const shownNotes = 20;

/** What would be written, what is asked, what is wrong: nothing of it is written yet. */
export function PreviewStep({ found, values, mayMakeHamlets, isBusy, above, onBack, onDecide, onWrite }: PreviewStepProps) {
  const m = useMessages();
  const t = m.listImport;
  const store = useStore();
  const { counts, wrong, createHamlets } = found;
  const toWrite = counts.created + counts.merged;
  const order = ['created', 'merged', 'unchanged', 'skipped', 'open', 'wrong'] as const;
  const lacksHamlet = wrong.some(({ errors }) => errors.some(({ code }) => code === 'unknown_area'));
  const nameOf = (areaId: string) => createHamlets.find(({ code }) => code === areaId)?.name ?? areaName(store, areaId);
  const forbidden = found.dropped.filter(({ isForbidden }) => isForbidden).map(({ heading }) => heading);
  const others = found.dropped.filter(({ isForbidden }) => !isForbidden).map(({ heading }) => heading);
  const leftOutSheets = found.leftOut.filter(({ line }) => line === undefined);
  const passedOver = (['empty', 'totals', 'other'] as const).filter((what) => found.skipped[what] > 0);
  return (
    <Page
      title={t.previewTitle}
      back={paths.households()}
      footer={
        <>
          {above}
          <Button variant="primary" wide disabled={isBusy || toWrite + createHamlets.length === 0} onClick={() => void onWrite()}>
            {isBusy ? t.reckoning : toWrite === 0 ? t.nothingToWrite : t.write(formatNumber(toWrite))}
          </Button>
          <Button wide disabled={isBusy} onClick={onBack}>
            {t.back}
          </Button>
        </>
      }
    >
      <Notice tone="calm">{t.nothingYet}</Notice>
      <ul className={styles['counts']}>
        {order.map((what) => (counts[what] === 0 ? null : <li key={what}>{t.counts[what](formatNumber(counts[what]))}</li>))}
        {found.differing === 0 ? null : <li>{t.differing(formatNumber(found.differing))}</li>}
      </ul>
      {createHamlets.length === 0 ? null : <Notice tone="warn">{t.newHamlets(createHamlets.map(({ name }) => name).join(', '))}</Notice>}
      {!lacksHamlet && !values.allowsNewHamlets ? null : mayMakeHamlets ? (
        <Chips
          label={t.allowNewHamlets}
          options={[{ value: 'yes', label: t.allowNewHamlets }]}
          value={values.allowsNewHamlets ? ['yes'] : []}
          onChange={(on) => void onDecide({ allowsNewHamlets: on.length > 0 })}
        />
      ) : (
        <Notice tone="warn">{t.noNewHamlets}</Notice>
      )}
      <Questions kind={kindOfLayout[values.layout]} questions={found.questions} otherwise={values.otherwise} isBusy={isBusy} onAnswer={async (id, answer) => await onDecide({ answers: { ...values.answers, [id]: answer } })} onOtherwise={async (otherwise) => await onDecide({ otherwise })} />
      <WrongRows found={found} />
      {found.notes.length === 0 ? null : (
        <Fold label={t.notesTitle} detail={formatNumber(found.notes.length)}>
          <ul className={styles['lines']}>
            {found.notes.slice(0, shownNotes).map((note) => (
              <li key={`${note.sheet} ${note.line}`}>
                {t.wrongRow(placeWords(m, note))}: {t.notes[note.code](note.said)}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {found.createdIn.length === 0 ? null : (
        <Fold label={t.createdIn} detail={formatNumber(found.createdIn.length)}>
          <Facts facts={found.createdIn.map(({ areaId, count }) => ({ name: nameOf(areaId), words: formatNumber(count) }))} />
        </Fold>
      )}
      {forbidden.length === 0 ? null : <p className="quiet">{t.droppedForbidden(forbidden.join(', '))}</p>}
      {others.length === 0 ? null : <p className="quiet">{t.droppedOthers(others.join(', '))}</p>}
      {found.mendedPhones === 0 ? null : <p className="quiet">{t.mendedPhones(formatNumber(found.mendedPhones))}</p>}
      {passedOver.length === 0 ? null : <p className="quiet">{passedOver.map((what) => t.skippedRows[what](formatNumber(found.skipped[what]))).join(' ')}</p>}
      {leftOutSheets.length === 0 ? null : <p className="quiet">{t.leftOutSheets(leftOutSheets.map(({ name }) => name).join(', '))}</p>}
      {found.leftOut.map(({ name, line, error }) =>
        line === undefined ? null : (
          <Notice key={`${line} ${name}`} tone="warn">
            {t.leftOutBelow(placeWords(m, { sheet: name, line }), sheetErrorWords(m, error))}
          </Notice>
        ),
      )}
    </Page>
  );
}
