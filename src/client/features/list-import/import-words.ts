/** Rows, cells and faults of a list in words. */
import type { Messages } from '#client/languages/vi.ts';
import type { RowPlace, WrongRow } from '#lists/row-reader.ts';
import type { ReckonedList } from '#client/list-reading/reading.ts';
import { layouts } from '#lists/layout.ts';
import type { ListField, ListLayout } from '#lists/layout.ts';
import type { ProposedColumn } from '#lists/mapping.ts';
import type { SheetError } from '#lists/read-list.ts';
import type { TableError } from '#tables/table.ts';

export function tableErrorWords(m: Messages, { code, line }: TableError): string {
  const words = m.listImport.tableErrors[code];
  return line === undefined ? words : `${words} ${m.listImport.atLine(line)}`;
}

export function sheetErrorWords(m: Messages, error: SheetError): string {
  const t = m.listImport;
  const names = error.code === 'missing_columns' ? error.fields.map((field) => t.fields[field]) : 'headings' in error ? error.headings : [];
  return t.sheetErrors[error.code](names.join(', '));
}

export function placeWords(m: Messages, { sheet, line }: RowPlace): string {
  return m.listImport.place(sheet, line);
}

/** One line a wrong cell: heading, value, why. */
export function wrongCellWords(m: Messages, { errors }: Pick<WrongRow, 'errors'>): string[] {
  const t = m.listImport;
  return errors.map(({ field, column, value, code, other }) => {
    const reason = code === 'repeated' && other !== undefined ? t.repeatedWith(placeWords(m, other)) : ((t.reasons as Readonly<Record<string, string>>)[code] ?? t.otherReason);
    return t.cell(column === '' ? t.fields[field] : column, value, reason);
  });
}

/** The rows that were left out, to be mended and imported again: nothing of a column that was dropped. */
export function wrongRowsTable(m: Messages, { headings, wrong }: Pick<ReckonedList, 'headings' | 'wrong'>): string[][] {
  const t = m.listImport;
  return [
    [...headings.map(([, heading]) => heading), t.lineHeading, t.reasonHeading],
    ...wrong.map((row) => [
      ...headings.map(([field]) => row.kept[field as ListField] ?? ''),
      placeWords(m, row),
      wrongCellWords(m, row).join('; '),
    ]),
  ];
}

/** What keeps these columns from being read. */
export function columnFaults(m: Messages, layout: ListLayout, columns: readonly Pick<ProposedColumn, 'use'>[]): string[] {
  const t = m.listImport;
  const used = columns.map(({ use }) => use).filter((use): use is ListField => use !== 'none' && use !== 'forbidden');
  // The hamlet may stand above the rows, in the title or on the sheet's tab.
  const missing = layouts[layout].needed.filter((field) => field !== 'hamlet' && !used.includes(field));
  const twice = [...new Set(used.filter((field, index) => used.indexOf(field) !== index))];
  return [...(missing.length === 0 ? [] : [t.missing(missing.map((field) => t.fields[field]).join(', '))]), ...twice.map((field) => t.twice(t.fields[field]))];
}
