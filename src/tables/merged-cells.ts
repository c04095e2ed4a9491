/** What a merged cell says counts for every row it reaches over: a hamlet's name beside its thirty households. */

/** As the reader library gives it: rows and columns from 0, the last ones included. */
export interface MergedRange {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

/**
 * Fills each range's first column downwards, in place, into empty cells of rows that say something themselves. Nothing is filled to the right: a title over twelve columns
 * is one title. And nothing is filled where a heading of two rows begins, which is where cells are merged sideways within one row
 * (`Thuộc diện` over `Hộ nghèo | Hộ cận nghèo`): what is merged down beside them is one heading, not a heading and a value.
 * Returns how many cells were filled; undefined: it would be more than `most`.
 */
export function fillMerged(rows: string[][], ranges: readonly MergedRange[], most: number): number | undefined {
  const headingRows = new Set(ranges.filter(({ startRow, endRow, startCol, endCol }) => startRow === endRow && startCol < endCol).map(({ startRow }) => startRow));
  // Asked before anything is filled: what one range fills must not make a row of another's.
  const written = rows.map((cells) => cells.some((cell) => cell !== ''));
  const isWritten = (row: number) => written[row] === true;
  let filled = 0;
  let visited = 0;
  for (const { startRow, endRow, startCol } of ranges) {
    const value = rows[startRow]?.[startCol] ?? '';
    if (value === '' || headingRows.has(startRow)) continue;
    for (let row = startRow + 1; row <= Math.min(endRow, rows.length - 1); row += 1) {
      visited += 1;
      if (visited > most) return undefined;
      const cells = rows[row];
      if (cells === undefined || !isWritten(row) || (cells[startCol] ?? '') !== '') continue;
      while (cells.length < startCol) cells.push('');
      cells[startCol] = value;
      filled += 1;
    }
  }
  return filled;
}
