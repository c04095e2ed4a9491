/** The one way a table comes in: a CSV file as offices really save it, as rows that know their line. */
import { CsvError, parse } from 'csv-parse/sync';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

export interface TableRow {
  /** Where the row begins in the file, the first line being 1. */
  readonly line: number;
  /** Trimmed, otherwise as they stand in the file. */
  readonly cells: readonly string[];
}

/** `line` only where the reader knows it. `spreadsheet`: an Excel file under whatever name. */
export interface TableError {
  readonly code: 'empty' | 'spreadsheet' | 'not_unicode' | 'broken_quotes';
  readonly line?: number | undefined;
}

const separators = [',', ';', '\t'] as const;
type Separator = (typeof separators)[number];

/** UTF-8 with or without its mark, or UTF-16 with one; any line break; `,` `;` or tab, whichever makes a table of it; quoted cells. */
export function readTable(bytes: Uint8Array): Result<readonly TableRow[], TableError> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return err({ code: 'spreadsheet' });
  const decoded = decode(bytes);
  if (decoded === undefined) return err({ code: 'not_unicode' });
  // One kind of line break before parsing, so that a file pasted together of two kinds keeps its line numbers.
  const text = decoded.replace(/\r\n?/gu, '\n');
  if (text.trim() === '') return err({ code: 'empty' });
  try {
    return ok(rowsOf(text, separatorOf(text)));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as CsvError & { readonly lines?: number }).lines;
    return err({ code: 'broken_quotes', line });
  }
}

function decode(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // The decoder takes the mark away itself.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const reading = { record_delimiter: '\n', relax_column_count: true, relax_quotes: false } as const;

function rowsOf(text: string, separator: Separator): TableRow[] {
  const records = parse(text, { ...reading, delimiter: separator, info: true }) as unknown as {
    readonly record: readonly string[];
    readonly info: { readonly lines: number };
  }[];
  // `lines` counts to where a record ends; one begins where the one before it ended.
  return records.map(({ record }, index) => ({
    line: (records[index - 1]?.info.lines ?? 0) + 1,
    cells: record.map((cell) => cell.trim()),
  }));
}

/** The separator by which most rows of the first ones have the same number of cells, and many. */
function separatorOf(text: string): Separator {
  const scored = separators.map((separator) => ({ separator, score: tableScore(text, separator) }));
  return scored.reduce((best, candidate) => (candidate.score > best.score ? candidate : best)).separator;
}

function tableScore(text: string, separator: Separator): number {
  const rowsByWidth = new Map<number, number>();
  try {
    for (const cells of parse(text, { ...reading, delimiter: separator, to: 100 }) as readonly string[][]) {
      rowsByWidth.set(cells.length, (rowsByWidth.get(cells.length) ?? 0) + 1);
    }
  } catch (error) {
    // Quotes that open in mid-cell: not this separator, or a broken file, which the real reading then names.
    if (error instanceof CsvError) return -1;
    throw error;
  }
  return Math.max(...[...rowsByWidth].map(([width, rows]) => (width - 1) * rows));
}

/** A CSV file that Excel opens with its diacritics. A cell that a spreadsheet would run as a formula is kept as text by an apostrophe. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => {
    const plain = /^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell;
    return /[",;\n\r\t]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\uFEFF${rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}
