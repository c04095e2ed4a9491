/** What comes out of a file of rows, and what may be wrong with one: the words of this room. */

export interface TableRow {
  /** The line of a CSV file where the row begins, or the row's number in Excel: as the person sees it, the first being 1. */
  readonly line: number;
  /** Trimmed, otherwise as they stand in the file; a row may be shorter than its heading. */
  readonly cells: readonly string[];
}

export interface Sheet {
  /** The sheet's name; '' for a CSV file. */
  readonly name: string;
  readonly rows: readonly TableRow[];
}

/** `tcvn3` and `vni` are letters of old fonts (.VnTime, VNI-Times), in a CSV file's bytes or as Latin letters in a workbook's cells. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | 'tcvn3' | 'vni';

export interface ReadFile {
  /** Those with anything in them; hidden sheets are left out unless all are hidden. At least one. */
  readonly sheets: readonly Sheet[];
  readonly kind: 'xlsx' | 'csv';
  readonly encoding: TextEncoding;
}

/**
 * `old_spreadsheet`: an .xls, or a web page under that name; `not_spreadsheet`: a zip that is no Excel workbook (.ods, .xlsb, .docx);
 * `locked`: it has a password; `damaged`: cut or altered on the way; `not_text`: bytes in which no Vietnamese could be found;
 * `too_large`: more than `bounds` allow, for a file, when inflated, or in a sheet.
 */
export interface TableError {
  readonly code: 'empty' | 'old_spreadsheet' | 'not_spreadsheet' | 'locked' | 'damaged' | 'not_text' | 'broken_quotes' | 'too_large';
  /** Only where the reader knows it. */
  readonly line?: number | undefined;
}

const MiB = 1024 * 1024;

/**
 * Far above any commune's list (20,000 households in 12 columns: 1.5 MiB, 15 MiB inflated), and little enough for a phone of 2 GB.
 * A stray cell further out than `rows` or `columns` is passed over; a list that goes on there is `too_large`.
 */
export const bounds = {
  fileBytes: 20 * MiB,
  /** Of all parts of a workbook that are read, together. */
  inflatedBytes: 64 * MiB,
  /** Opening brackets in the parts that are read into a tree (texts, styles). */
  treeTags: 1_200_000,
  sheets: 200,
  rows: 50_000,
  columns: 100,
  /** Of all sheets together, with what merged cells fill in. */
  cells: 3_000_000,
} as const;
