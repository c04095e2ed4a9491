/** What people and spreadsheets write into a cell, as numbers, days, telephones and ticks. */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';

/** `4`, `04`, `4.0`, `1.200`, `86 hộ`: a whole number in the ways it is written. Undefined: it is none. */
export function numberOf(text: string): number | undefined {
  const bare = text.replace(/\s*(?:hộ|nhân khẩu|khẩu|người)$/iu, '');
  const digits = /^(\d{1,9})(?:[.,]0{1,2})?$/u.exec(bare)?.[1] ?? (/^\d{1,3}(?:[.,]\d{3})+$/u.test(bare) ? bare.replace(/[.,]/gu, '') : undefined);
  return digits === undefined ? undefined : Number(digits);
}

const tickedMarks = ['x', '1', 'co', 'v', 'yes', 'true', '✓', '✔', '☑', '☒'];
const emptyMarks = ['', '0', 'khong', 'ko', 'k', 'no', 'false', '-', '☐'];

/** Is the box ticked? undefined: it says neither. */
export function markOf(text: string): boolean | undefined {
  if (text === '') return false;
  const plain = withoutDiacritics(text);
  return tickedMarks.includes(plain) ? true : emptyMarks.includes(plain) ? false : undefined;
}

function phoneDigits(text: string): string {
  return text.replace(/[.,]0$/u, '').replace(/[\s.\-()]/gu, '');
}

/** `912 345 678` (the zero lost in a spreadsheet) and `+84 912 345 678` as `0912345678`; anything else as it is, for the rules to judge. */
export function phoneOf(text: string): string {
  const digits = phoneDigits(text);
  if (/^[1-9]\d{8}$/u.test(digits)) return `0${digits}`;
  const abroad = /^(?:\+|00)?84(?:\(0\)|0)?(\d{9})$/u.exec(digits)?.[1];
  return abroad === undefined ? digits : `0${abroad}`;
}

/** What the register has room for: ten digits, as `phoneSchema` has it. */
const keptPhone = /^0\d{9}$/u;
/** Another one's code before it, and one digit more than the register has room for. */
const landline = /^02\d{9}$/u;

/**
 * Of a cell with several numbers the first that is kept, and those that are not; a landline alone is none that is kept. Undefined: the cell holds something else, for the
 * rules to judge.
 */
export function phonesOf(text: string): { readonly kept: string | undefined; readonly leftOut: readonly string[] } | undefined {
  const parts = text.split(/[,;/]|\s+-\s+|\s+(?:hoặc|và)\s+|\s{2,}/u).map((part) => part.trim()).filter((part) => part !== '');
  const phones = parts.map((part) => phoneOf(part));
  if (phones.length === 0 || !phones.every((phone) => keptPhone.test(phone) || landline.test(phone))) return undefined;
  const at = phones.findIndex((phone) => keptPhone.test(phone));
  return { kept: phones[at], leftOut: parts.filter((_, index) => index !== at) };
}

export function hasLostZero(text: string): boolean {
  return /^[1-9]\d{8}$/u.test(phoneDigits(text));
}

export type DayReading = { readonly day: string } | { readonly code: 'not_a_day' | 'no_year' };

const firstSerial = 10_000;
const lastSerial = 73_050;
const msOfDay = 86_400_000;

/** A spreadsheet's count of days, 1 being 1900-01-01 (Excel believes in a 29 February 1900; no list reaches back so far). */
export function dayOfSerial(serial: number): string {
  return new Date((serial - 25_569) * msOfDay).toISOString().slice(0, 10);
}

/**
 * `5/3/2024`, `5-3-24`, `05.03.2024`, `ngày 5 tháng 3 năm 2024`, `2024-03-05`, `45356`: always day before month. A year of two digits is the latest one that does
 * not lie after `thisYear`.
 */
export function dayOfText(text: string, thisYear: number): DayReading {
  const plain = withoutDiacritics(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?$/u.exec(plain);
  if (iso !== null) return dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const written =
    /^(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?$/u.exec(plain) ??
    /^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:,? nam (\d{4}))?$/u.exec(plain);
  if (written !== null) {
    const [, day, month, year] = written;
    if (year === undefined) return { code: 'no_year' };
    return dayFrom(year.length === 4 ? Number(year) : fullYear(Number(year), thisYear), Number(month), Number(day));
  }
  const serial = /^(\d{5})(?:[.,]\d+)?$/u.exec(plain)?.[1];
  if (serial !== undefined && Number(serial) >= firstSerial && Number(serial) <= lastSerial) return { day: dayOfSerial(Number(serial)) };
  return { code: 'not_a_day' };
}

function fullYear(year: number, thisYear: number): number {
  const century = Math.floor(thisYear / 100) * 100;
  return century + year > thisYear ? century - 100 + year : century + year;
}

function dayFrom(year: number, month: number, day: number): DayReading {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? { day: date.toISOString().slice(0, 10) } : { code: 'not_a_day' };
}

/** `1960`, `sinh năm 1960`, or the year of a day. Undefined: it says none. */
export function yearOfText(text: string, thisYear: number): number | undefined {
  const year = /^(?:sinh nam |nam )?((?:19|20)\d{2})(?:[.,]0)?$/u.exec(withoutDiacritics(text))?.[1];
  if (year !== undefined) return Number(year);
  const read = dayOfText(text, thisYear);
  return 'day' in read ? Number(read.day.slice(0, 4)) : undefined;
}
