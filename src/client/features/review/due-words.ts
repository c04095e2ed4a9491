/** How much time is left to answer, in words. */
import type { Messages } from '#client/languages/vi.ts';
import { formatShortDay } from '#client/ui/dates.ts';
import { daysBetween } from '#domain/identifiers.ts';
import { shippedHolidays, workingDaysUntil } from '#domain/working-days.ts';

/** Days are `YYYY-MM-DD`. "còn 2 ngày làm việc", "hạn hôm nay", "quá hạn 3 ngày" (these are calendar days: so long did people wait). */
export function dueWords(m: Messages, dueOn: string, today: string): string {
  if (dueOn < today) return m.review.daysOver(daysBetween(dueOn, today));
  if (dueOn === today) return m.review.dueToday;
  const left = workingDaysUntil(today, dueOn, shippedHolidays);
  return left === 0 ? m.review.dueOn(formatShortDay(dueOn)) : m.review.daysLeft(left);
}
