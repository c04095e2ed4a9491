/** The one way a table goes out. */

/** A CSV file that Excel opens with its diacritics. A cell that a spreadsheet would run as a formula is kept as text by an apostrophe. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => {
    const plain = /^[=+\-@\t]/u.test(cell) ? `'${cell}` : cell;
    return /[",;\n\r\t]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\uFEFF${rows.map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}
