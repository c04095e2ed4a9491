/** A hamlet's household list as an office keeps it: from the rows of a table to households, with every wrong cell named. Writes nothing. */
import { toRejection } from '#domain/rejection.ts';
import type { RejectionCode } from '#domain/rejection.ts';
import { householdSchema } from '#domain/household.ts';
import type { Household, HouseholdNeed } from '#domain/household.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { tidyText, withoutDiacritics } from '#domain/vietnamese-text.ts';
import { wordingIn } from '#domain/wording.ts';
import type { TableRow } from '#tables/table.ts';
import { findHeading, isHeadingAgain, neededColumns } from './household-columns.ts';
import type { DroppedColumn, HouseholdColumn, HouseholdHeading } from './household-columns.ts';

export interface CellError {
  /** The heading as the file writes it. */
  readonly column: string;
  readonly value: string;
  readonly code: RejectionCode | 'not_a_number' | 'not_a_mark' | 'repeated' | 'ambiguous_area' | 'too_many_areas';
  /** `repeated`: the line that holds the same household. */
  readonly otherLine?: number | undefined;
}

export interface ListedHousehold {
  readonly line: number;
  /** As the file writes it; which area it is, is found out later. */
  readonly hamlet: string;
  readonly household: Household;
  readonly kept: readonly string[];
}

export interface WrongRow {
  readonly line: number;
  readonly errors: readonly CellError[];
  /** The row's cells under `HouseholdList.headings`: nothing of a dropped column. */
  readonly kept: readonly string[];
}

export interface HouseholdList {
  readonly households: readonly ListedHousehold[];
  readonly wrong: readonly WrongRow[];
  readonly headings: readonly string[];
  readonly dropped: readonly DroppedColumn[];
  readonly numberHeading: string;
  readonly hamletHeading: string;
  readonly headNameHeading: string;
  /** Lines below the heading that hold no household: empty ones, totals, headings again, what stands under the totals. */
  readonly skipped: { readonly empty: number; readonly totals: number; readonly other: readonly number[] };
  /** Lines whose phone number had lost its leading zero. */
  readonly mendedPhones: readonly number[];
}

export type HouseholdListError =
  | { readonly code: 'no_heading' | 'no_households' }
  | { readonly code: 'missing_columns'; readonly columns: readonly HouseholdColumn[] }
  | { readonly code: 'doubled_columns'; readonly headings: readonly string[] };

/** `sourceListId` names this list as the official source of the households' needs. */
export function readHouseholdList(rows: readonly TableRow[], sourceListId: string): Result<HouseholdList, HouseholdListError> {
  const heading = findHeading(rows);
  if (heading === undefined) return err({ code: 'no_heading' });
  const missing = neededColumns.filter((column) => !heading.columns.has(column));
  if (missing.length > 0) return err({ code: 'missing_columns', columns: missing });
  if (heading.doubled.length > 0) return err({ code: 'doubled_columns', headings: heading.doubled });

  const households: ListedHousehold[] = [];
  const wrong: WrongRow[] = [];
  const skipped = { empty: 0, totals: 0, other: [] as number[] };
  const mendedPhones: number[] = [];
  for (const row of rows.slice(heading.lastRow + 1)) {
    const reader = readerOf(row, heading);
    const kept = [...heading.columns.keys()].map(reader.text);
    if (kept.every((cell) => cell === '')) skipped.empty += 1;
    else if (isTotals(kept, reader)) skipped.totals += 1;
    else if (isHeadingAgain(row, heading) || isColumnNumbers(kept, reader) || isUnderTotals(skipped.totals, reader)) skipped.other.push(row.line);
    else {
      const { household, errors, isPhoneMended } = readHousehold(reader, sourceListId);
      if (household === undefined) wrong.push({ line: row.line, errors, kept });
      else {
        households.push({ line: row.line, hamlet: reader.text('hamlet'), household, kept });
        if (isPhoneMended) mendedPhones.push(row.line);
      }
    }
  }
  if (households.length + wrong.length === 0) return err({ code: 'no_households' });
  const headingOf = (column: HouseholdColumn) => heading.columns.get(column)?.heading ?? '';
  return ok({
    households,
    wrong,
    headings: [...heading.columns.values()].map((column) => column.heading),
    dropped: heading.dropped,
    numberHeading: headingOf('no'),
    hamletHeading: headingOf('hamlet'),
    headNameHeading: headingOf('headName'),
    skipped,
    mendedPhones,
  });
}

interface RowReader {
  /** The column's cell, NFC, spaces folded, without the apostrophe that keeps a number as text; empty where there is no such column. */
  readonly text: (column: HouseholdColumn) => string;
  readonly heading: (column: HouseholdColumn) => string;
}

function readerOf(row: TableRow, heading: HouseholdHeading): RowReader {
  return {
    text: (column) => {
      const at = heading.columns.get(column);
      return at === undefined ? '' : tidyText(row.cells[at.index] ?? '').replace(/\s+/gu, ' ').replace(/^'/u, '');
    },
    heading: (column) => heading.columns.get(column)?.heading ?? '',
  };
}

/** `Tổng cộng`, `Cộng: 86 hộ`: no number of its own, and the first cell that says anything says so. */
function isTotals(kept: readonly string[], reader: RowReader): boolean {
  if (/^\d+$/u.test(reader.text('no'))) return false;
  const first = withoutDiacritics(kept.find((cell) => cell !== '') ?? '');
  return /^tong (cong|so)\b|^(tong|cong)(\s*:|\s+\d|$)/u.test(first);
}

/** Place and date, signatures. A row with a hamlet and a name is a household, of the next hamlet perhaps, whose number is missing. */
function isUnderTotals(totals: number, reader: RowReader): boolean {
  return totals > 0 && reader.text('no') === '' && (reader.text('hamlet') === '' || reader.text('headName') === '');
}

/** The row of `(1) (2) (3)` that printed forms carry under their heading. */
function isColumnNumbers(kept: readonly string[], reader: RowReader): boolean {
  return reader.text('headName') !== '' && kept.every((cell) => /^\(?(\d{1,2}|[A-H])\)?$/u.test(cell) || cell === '') && kept.filter((cell) => cell !== '').length > 2;
}

const fieldColumns = { no: 'no', headName: 'headName', houseLabel: 'houseLabel', phone: 'phone', members: 'members' } as const;
const needColumns = ['poor', 'near_poor', 'policy_merit'] as const satisfies readonly (HouseholdColumn & HouseholdNeed)[];

function readHousehold(
  reader: RowReader,
  sourceListId: string,
): { readonly household: Household | undefined; readonly errors: readonly CellError[]; readonly isPhoneMended: boolean } {
  const errors: CellError[] = [];
  const refuse = (column: HouseholdColumn, code: CellError['code']) =>
    errors.push({ column: reader.heading(column), value: reader.text(column), code });
  const number = (column: 'no' | 'members') => {
    const text = reader.text(column);
    const value = numberOf(text);
    if (text !== '' && value === undefined) refuse(column, 'not_a_number');
    return value;
  };
  if (reader.text('hamlet') === '') refuse('hamlet', 'required');
  const no = number('no');
  const members = number('members');
  const needs = needColumns.filter((column) => {
    const mark = markOf(reader.text(column));
    if (mark === undefined) refuse(column, 'not_a_mark');
    return mark === true;
  });
  const typedPhone = reader.text('phone');
  const phone = phoneOf(typedPhone);
  const fields = {
    ...(no === undefined ? {} : { no }),
    ...(reader.text('headName') === '' ? {} : { headName: reader.text('headName') }),
    houseLabel: reader.text('houseLabel') || `số ${no ?? ''}`,
    ...(phone === '' ? {} : { phone }),
    ...(members === undefined ? {} : { members }),
    ...(needs.length === 0 ? {} : { needs, sourceListId }),
    contact: 'not_asked' as const,
  };
  const parsed = householdSchema.safeParse(fields, { reportInput: true });
  for (const issue of parsed.error?.issues ?? []) {
    const { code, field } = toRejection([issue]);
    const column = fieldColumns[field as keyof typeof fieldColumns];
    if (column === undefined) throw new Error(`a household list has no column for ${field}: ${code}`);
    // A number that could not be read is missing as well; once said is enough.
    if (!errors.some((error) => error.column === reader.heading(column))) refuse(column, code);
  }
  // What no form saves no list brings in: a person has to write it otherwise.
  if (wordingIn(fields.houseLabel, 'note').length > 0) refuse('houseLabel', 'wording');
  const household = errors.length === 0 ? parsed.data : undefined;
  return { household, errors, isPhoneMended: household?.phone !== undefined && /^\d{9}$/u.test(digitsOf(typedPhone)) };
}

/** `4`, `04`, `4.0`: spreadsheets write a whole number in each of these ways. */
function numberOf(text: string): number | undefined {
  const digits = /^(\d{1,9})(?:[.,]0+)?$/u.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const tickedMarks = ['x', '1', 'co', 'v', 'yes', '✓', '✔', '☑', '☒'];
const emptyMarks = ['', '0', 'khong', 'ko', 'k', 'no', '-', '☐'];

/** Is the box ticked? undefined: it says neither. */
function markOf(text: string): boolean | undefined {
  const plain = withoutDiacritics(text);
  return tickedMarks.includes(plain) ? true : emptyMarks.includes(plain) ? false : undefined;
}

function digitsOf(text: string): string {
  return text.replace(/[.,]0$/u, '').replace(/[\s.\-()]/gu, '');
}

/** `912 345 678` (the zero lost in a spreadsheet) and `+84 912 345 678` as `0912345678`; anything else as it is, for the rules to judge. */
function phoneOf(text: string): string {
  const digits = digitsOf(text);
  if (/^[1-9]\d{8}$/u.test(digits)) return `0${digits}`;
  const abroad = /^(?:\+|00)?84(\d{9})$/u.exec(digits)?.[1];
  return abroad === undefined ? digits : `0${abroad}`;
}
