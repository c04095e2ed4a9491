/** What a cell of a workbook holds, as the text a list is read from. */

/** As the reader library gives a cell. */
export type CellValue = string | number | boolean | Date | null | undefined;

/** From which year a workbook counts its days: the serial number 0 is 31 December 1899, or 1 January 1904. */
export type DateSystem = '1900' | '1904';

/**
 * Whole numbers whole, however long; a date `2026-11-30` (its time of day is dropped), a time of day alone `08:30`; TRUE is the mark
 * `x` and FALSE nothing, as a box to tick means; errors as Excel writes them; the rest as it stands, trimmed.
 */
export function cellText(value: CellValue, system: DateSystem = '1900'): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'x' : '';
  return value instanceof Date ? dateText(value, system) : '';
}

/** Excel keeps and shows 15 digits: 0.1 + 0.2 is 0.3 there. Never with an exponent. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) return BigInt(value).toString();
  const shown = String(Number(value.toPrecision(15)));
  return shown.includes('e') ? value.toFixed(20).replace(/\.?0+$/u, '') : shown;
}

/** Dates come in UTC. A serial number below 1 is a time of day. */
function dateText(date: Date, system: DateSystem): string {
  // A number that is no day, a telephone's under a date's format: as Excel shows it, and never as if nothing stood there.
  if (Number.isNaN(date.getTime())) return '########';
  const text = date.toISOString();
  return text.startsWith(system === '1900' ? '1899-12-31' : '1904-01-01') ? text.slice(11, 16) : text.slice(0, text.indexOf('T'));
}
