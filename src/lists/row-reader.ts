/** One row of a list under its mapped columns: what stands in it, what is wrong with it, and whether it is a row of the list at all. */
import type { RejectionCode } from '#domain/rejection.ts';
import { tidyText, withoutDiacritics } from '#domain/vietnamese-text.ts';
import { wordingIn } from '#domain/wording.ts';
import { dayOfText, hasLostZero, markOf, numberOf, phoneOf, phonesOf } from './cells.ts';
import { hamletAbove } from './hamlet-names.ts';
import { layouts } from './layout.ts';
import type { ListField, ListLayout } from './layout.ts';
import type { MappedSheet } from './mapping.ts';
import { fieldOf } from './plain-heading.ts';
import type { TableRow } from '#tables/table.ts';

/** Where a row stands: its sheet's name (empty for a file of one table) and its line. */
export interface RowPlace {
  readonly sheet: string;
  readonly line: number;
}

/** Why a cell is refused. The words for each stand where they are shown. */
export type CellCode =
  | RejectionCode
  | 'not_a_number' | 'not_a_mark' | 'not_a_day' | 'no_year' | 'not_a_year' | 'in_future' | 'before_received' | 'unclear_kind' | 'unknown_field_of_work'
  | 'unclear_sex' | 'unknown_unit' | 'ambiguous_unit' | 'about_staff' | 'repeated' | 'ambiguous_area' | 'too_many_areas';

export interface CellError {
  readonly field: ListField;
  /** The heading as the file writes it; of a hamlet that no column gives, empty. */
  readonly column: string;
  readonly value: string;
  readonly code: CellCode;
  /** `repeated`: the row that holds the same. */
  readonly other?: RowPlace | undefined;
}

/** The row's cells by field: nothing of a dropped column. */
export type KeptCells = Readonly<Partial<Record<ListField, string>>>;

export interface WrongRow extends RowPlace {
  readonly errors: readonly CellError[];
  readonly kept: KeptCells;
}

export interface RowReader {
  readonly place: RowPlace;
  /** NFC, spaces folded, without the apostrophe that keeps a number as text; empty where there is no such column. */
  readonly text: (field: ListField) => string;
  readonly has: (field: ListField) => boolean;
  readonly errors: CellError[];
  readonly refuse: (field: ListField, code: CellCode) => void;
  readonly number: (field: ListField) => number | undefined;
  readonly day: (field: ListField) => string | undefined;
  readonly isTicked: (field: ListField) => boolean;
  /** A person's name and nothing beside it; what says more is refused. */
  readonly name: (field: ListField) => string;
  readonly phone: () => string | undefined;
  readonly kept: () => KeptCells;
  /** Of all other fields nothing is kept. */
  readonly keepOnly: (fields: readonly ListField[]) => void;
}

/** `hamlet`: the one that a title, a row above or the sheet's name gives; a cell of the row's own goes before it. */
export function readerOf(row: TableRow, { columns }: MappedSheet, place: RowPlace, hamlet: string, thisYear: number): RowReader {
  const errors: CellError[] = [];
  const read = new Map<ListField, string>();
  let isKept = (_field: ListField): boolean => true;
  const text = (field: ListField): string => {
    const known = read.get(field);
    if (known !== undefined) return known;
    const at = columns.get(field);
    const cell = at === undefined ? '' : tidyText(row.cells[at.index] ?? '').replace(/\s+/gu, ' ').replace(/^'/u, '');
    const value = field === 'hamlet' ? cell || hamlet : cell;
    read.set(field, value);
    return value;
  };
  const refuse = (field: ListField, code: CellCode) => {
    // What could not be read is missing as well; once said is enough.
    if (!errors.some((error) => error.field === field)) errors.push({ field, column: columns.get(field)?.heading ?? '', value: text(field), code });
  };
  return {
    place,
    text,
    has: (field) => columns.has(field),
    errors,
    refuse,
    number: (field) => {
      const value = numberOf(text(field));
      if (text(field) !== '' && value === undefined) refuse(field, 'not_a_number');
      return value;
    },
    day: (field) => {
      if (text(field) === '') return undefined;
      const reading = dayOfText(text(field), thisYear);
      if ('day' in reading) return reading.day;
      refuse(field, reading.code);
      return undefined;
    },
    isTicked: (field) => {
      const mark = markOf(text(field));
      if (mark === undefined) refuse(field, 'not_a_mark');
      return mark === true;
    },
    name: (field) => {
      const name = text(field);
      // Numbers of papers and telephones, a cell of Excel that failed: in no name. Namesakes are told apart by short ones.
      if (/\d{6}|[#@]/u.test(name)) refuse(field, 'wrong_format');
      else if (wordingIn(name, 'feedback').length > 0) refuse(field, 'wording');
      return name;
    },
    phone: () => {
      if (noPhone.has(withoutDiacritics(text('phone')))) return undefined;
      const phones = phonesOf(text('phone'));
      return phones === undefined ? phoneOf(text('phone')) || undefined : phones.kept;
    },
    kept: () => Object.fromEntries([...columns.keys(), 'hamlet' as const].filter(isKept).map((field) => [field, text(field)])),
    keepOnly: (fields) => {
      isKept = (field) => fields.includes(field);
    },
  };
}

/** What is written where there is none. */
const noPhone: ReadonlySet<string> = new Set(['khong', 'khong co', 'ko', 'ko co', 'k co', 'chua co', 'chua', 'x', '-', '0']);

export function isPhoneMended(reader: RowReader): boolean {
  return hasLostZero(reader.text('phone'));
}

/** Numbers of the cell that the register has no room for. Empty: there are none. */
export function phonesLeftOut(reader: RowReader): string {
  return phonesOf(reader.text('phone'))?.leftOut.join(', ') ?? '';
}

/**
 * What a row is. `hamlet`: it names the one of the rows below. `unclear`: it may name another one, so those below lie in none; itself it is read as a row, and refused.
 * `other`: headings again, numbers of columns, signatures.
 */
export type RowSort = 'empty' | 'totals' | 'other' | 'row' | 'unclear' | { readonly hamlet: string };

const signing = /^(?:nguoi lap|nguoi tong hop|lap bieu|ky ten|t\/?m |tm\. |truong (?:xom|thon|ban)\b|chu tich|pho chu tich|bi thu|noi nhan|xac nhan cua|(?:[\p{L} ]+, )?ngay (?:\d+|\.+).{0,4}thang)/u;

/** In characters. What is longer is somebody's words. */
const longestHeading = 80;

/** Sorts the rows of one sheet from above: what stands below a total or a signature is judged otherwise. `isKnown`: is it a hamlet of the commune? */
export function createRowSorter(mapped: MappedSheet, layout: ListLayout, isKnown: (written: string) => boolean): (row: TableRow, reader: RowReader) => RowSort {
  const { key, needed } = layouts[layout];
  const fields = [...mapped.columns.keys()];
  // A book of feedback goes by days, and `Bản thân tôi …` begins a sentence there.
  const hasHamletRows = layout === 'households' || layout === 'prestigious';
  let hasEnded = false;
  let isUnderHamlet = false;
  return (row, reader) => {
    // The row's own cells: the hamlet from above is not one of them.
    const at = (field: ListField) => tidyText(row.cells[mapped.columns.get(field)?.index ?? -1] ?? '');
    const own = fields.map((field) => (field === 'hamlet' ? at(field) : reader.text(field)));
    const filled = own.filter((cell) => cell !== '');
    if (filled.length === 0) return 'empty';
    if (isTotals(filled[0] ?? '', reader)) {
      hasEnded = true;
      return 'totals';
    }
    const isNumbered = numberOf(reader.text('no')) !== undefined;
    const isHeadingAgain = !isNumbered && at(key).length <= longestHeading && fieldOf(at(key), layout) === key;
    if (isHeadingAgain || isColumnNumbers(reader.text(key), own, filled)) return 'other';
    const hamlet = hasHamletRows ? hamletOfRow(at('hamlet'), filled, isKnown) : undefined;
    if (hamlet !== undefined) {
      hasEnded = false;
      isUnderHamlet = true;
      return { hamlet };
    }
    if (isNumbered) return 'row';
    if (filled.length <= 3 && filled.some((cell) => signing.test(withoutDiacritics(cell)))) hasEnded = true;
    const lacks = needed.some((field) => field !== 'no' && mapped.columns.has(field) && at(field) === '');
    if (hasEnded && (lacks || (!mapped.columns.has('hamlet') && filled.length <= 2))) return 'other';
    const isGroup = groupNumeral.test(reader.text('no')) || filled.length <= 2;
    return isUnderHamlet && isGroup && at('hamlet') === '' ? 'unclear' : 'row';
  };
}

const groupNumeral = /^(?:[IVXLC]+|[A-Z])[.)]?$/u;
const numeralOrCount = /^(?:[IVXLC]+|[A-Z]|\d+)[.)]?(?: (?:hộ|người|khẩu))?$/u;

/** Alone in its row, or beside nothing but numerals and counts. A number beside a hamlet in its own column is a row whose name is missing. */
function hamletOfRow(inColumn: string, filled: readonly string[], isKnown: (written: string) => boolean): string | undefined {
  const [name, ...more] = filled.filter((cell) => !numeralOrCount.test(cell));
  if (name === undefined || more.length > 0 || (inColumn !== '' && filled.length > 1)) return undefined;
  return hamletAbove(name, isKnown);
}

/** `Tổng cộng`, `Cộng: 86 hộ`: no number of its own, and the first cell that says anything says so. */
function isTotals(first: string, reader: RowReader): boolean {
  if (/^\d+$/u.test(reader.text('no'))) return false;
  return /^tong (cong|so)\b|^(tong|cong)(\s*:|\s+\d|$)|^cong (xom|thon|ban|to|toan) /u.test(withoutDiacritics(first));
}

/** The row of `(1) (2) (3)` that printed forms carry under their heading. */
function isColumnNumbers(keyText: string, own: readonly string[], filled: readonly string[]): boolean {
  return keyText !== '' && own.every((cell) => cell === '' || /^\(?(\d{1,2}|[A-H])\)?$/u.test(cell)) && filled.length > 2;
}
