/** A CSV file as offices really save it, as rows that know their line. */
// The build that brings its own Buffer: the other one is for Node alone.
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { bounds } from './table.ts';
import type { TableError, TableRow } from './table.ts';

const separators = [',', ';', '\t'] as const;
type Separator = (typeof separators)[number];

/** Any line break; `,` `;` or tab, whichever makes a table of it, or as a first line `sep=;` says; quoted cells. */
export function readCsv(decoded: string): Result<readonly TableRow[], TableError> {
  // One kind of line break before parsing, so that a file pasted together of two kinds keeps its line numbers.
  const whole = decoded.replace(/\r\n?/gu, '\n');
  const said = /^"?sep=(?<separator>[,;\t])"?\n/iu.exec(whole);
  const text = said === null ? whole : whole.slice(said[0].length);
  if (text.trim() === '') return err({ code: 'empty' });
  const linesBefore = said === null ? 0 : 1;
  try {
    const rows = rowsOf(text, (said?.groups?.['separator'] as Separator | undefined) ?? separatorOf(text), linesBefore);
    const widest = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
    const cells = rows.reduce((sum, row) => sum + row.cells.length, 0);
    return rows.length > bounds.rows || widest > bounds.columns || cells > bounds.cells ? err({ code: 'too_large' }) : ok(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as CsvError & { readonly lines?: number }).lines;
    return err({ code: 'broken_quotes', line: line === undefined ? undefined : line + linesBefore });
  }
}

const reading = { record_delimiter: '\n', relax_column_count: true, relax_quotes: false } as const;

function rowsOf(text: string, separator: Separator, linesBefore: number): TableRow[] {
  const records = parse(text, { ...reading, delimiter: separator, info: true, to: bounds.rows + 1 }) as unknown as {
    readonly record: readonly string[];
    readonly info: { readonly lines: number };
  }[];
  // `lines` counts to where a record ends; one begins where the one before it ended.
  return records.map(({ record }, index) => ({
    line: (records[index - 1]?.info.lines ?? 0) + 1 + linesBefore,
    cells: record.map((cell) => cell.trim()),
  }));
}

/** The separator by which most rows of the first ones have the same number of cells, and many. */
function separatorOf(text: string): Separator {
  const beginning = text.slice(0, 64 * 1024);
  const scoredBy = (part: string) => separators.map((separator) => ({ separator, score: tableScore(part, separator) }));
  const scored = scoredBy(beginning);
  // Where none fits, the cut may have gone through a long cell of a few long rows.
  const told = scored.every(({ score }) => score < 0) && beginning.length < text.length ? scoredBy(text) : scored;
  return told.reduce((best, candidate) => (candidate.score > best.score ? candidate : best)).separator;
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
