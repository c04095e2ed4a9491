/** A table as it was read from a file, whatever its format. */

export interface TableRow {
  /** Where the row stands in its sheet or file, the first line being 1. */
  readonly line: number;
  /** Trimmed, otherwise as they stand in the file. */
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly TableRow[];
}
