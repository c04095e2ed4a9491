/** Working days: Monday to Friday but for the year's holidays, and Saturdays made up for. The holiday table is configuration. */
import { addDays } from './identifiers.ts';

export interface HolidayTable {
  readonly holidays: readonly string[];
  readonly workingSaturdays: readonly string[];
}

export function isWorkingDay(day: string, table: HolidayTable): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (table.holidays.includes(day)) return false;
  return (weekday >= 1 && weekday <= 5) || table.workingSaturdays.includes(day);
}

/** The day `count` working days after `day` (`YYYY-MM-DD`), not counting `day` itself. */
export function addWorkingDays(day: string, count: number, table: HolidayTable): string {
  let current = day;
  for (let left = count; left > 0; ) {
    current = addDays(current, 1);
    if (isWorkingDay(current, table)) left -= 1;
  }
  return current;
}

/** How many working days are left until the end of `to`, not counting `from` itself; 0 where `to` does not lie after `from`. */
export function workingDaysUntil(from: string, to: string, table: HolidayTable): number {
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, table)) count += 1;
  }
  return count;
}

/**
 * The state holidays this version knows (Labor Code 2019, article 112: New Year, Tết, Hùng Kings, 30 April, 1 May, National Day).
 * The days around Tết and National Day are set by a yearly announcement: needs legal review before each year's use.
 */
export const shippedHolidays: HolidayTable = {
  holidays: [
    '2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-27', '2026-04-30', '2026-05-01',
    '2026-09-01', '2026-09-02',
    '2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-04-16', '2027-04-30', '2027-05-03',
    '2027-09-02', '2027-09-03',
  ],
  workingSaturdays: [],
};
