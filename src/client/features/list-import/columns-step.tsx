import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMessages } from '#client/languages/use-messages.ts';
import type { OpenedList } from '#client/list-reading/reading.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/choice.tsx';
import { Notice } from '#client/ui/notice.tsx';
import { Page } from '#client/ui/page.tsx';
import { paths } from '#client/ui/paths.ts';
import { fieldsOf } from '#lists/layout.ts';
import type { ListField, ListLayout } from '#lists/layout.ts';
import { mappingOf } from '#lists/mapping.ts';
import type { Mapping, ProposedColumn } from '#lists/mapping.ts';
import { columnFaults } from './import-words.ts';
import styles from './list-import.module.css';

interface ColumnsStepProps {
  readonly layout: ListLayout;
  readonly opened: OpenedList;
  readonly isBusy: boolean;
  readonly above: ReactNode;
  readonly onBack: () => void;
  readonly onGoOn: (mapping: Mapping) => Promise<void>;
}

/** Which column is what: guessed, with samples, to be put right. What may not be stored is named and has no samples. */
export function ColumnsStep({ layout, opened, isBusy, above, onBack, onGoOn }: ColumnsStepProps) {
  const m = useMessages();
  const t = m.listImport;
  const [columns, setColumns] = useState(opened.columns);
  const faults = columnFaults(m, layout, columns);
  const forbidden = columns.filter(({ use }) => use === 'forbidden');
  const use = (key: string, next: ListField | 'none') => setColumns((before) => before.map((column) => (column.key === key ? { ...column, use: next } : column)));
  const options = [{ value: 'none' as const, label: t.notRead }, ...fieldsOf(layout).map((field) => ({ value: field, label: t.fields[field] }))];
  const legacy = opened.encoding === 'tcvn3' || opened.encoding === 'vni' ? t.encodings[opened.encoding] : undefined;
  return (
    <Page
      title={t.columnsTitle}
      back={paths.households()}
      footer={
        <>
          {above}
          {faults.map((words) => (
            <Notice key={words} tone="warn">
              {words}
            </Notice>
          ))}
          <Button variant="primary" wide disabled={isBusy || faults.length > 0} onClick={() => void onGoOn(mappingOf(columns))}>
            {isBusy ? t.reckoning : t.goOn}
          </Button>
          <Button wide disabled={isBusy} onClick={onBack}>
            {t.chooseAnother}
          </Button>
        </>
      }
    >
      <p>{t.columnsHint}</p>
      {legacy === undefined ? null : <Notice tone="warn">{legacy}</Notice>}
      {forbidden.length === 0 ? null : <Notice tone="calm">{t.forbidden(forbidden.map(({ heading }) => heading).join(', '))}</Notice>}
      <ul className={styles['columns']} role="list">
        {columns.map((column) => (column.use === 'forbidden' ? null : <ColumnRow key={column.key} column={column} use={column.use} options={options} onUse={use} />))}
      </ul>
    </Page>
  );
}

interface ColumnRowProps {
  readonly column: ProposedColumn;
  readonly use: ListField | 'none';
  readonly options: readonly { readonly value: ListField | 'none'; readonly label: string }[];
  readonly onUse: (key: string, use: ListField | 'none') => void;
}

function ColumnRow({ column, use, options, onUse }: ColumnRowProps) {
  const t = useMessages().listImport;
  return (
    <li className={styles['column']}>
      <Select
        label={t.column(column.heading)}
        hint={column.samples.length === 0 ? t.noSamples : column.samples.join(' · ')}
        options={options}
        value={use}
        onChange={(next) => onUse(column.key, next)}
      />
    </li>
  );
}
