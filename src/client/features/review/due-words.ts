/** How much time is left to answer, in words. */
import type { Messages } from '#client/languages/vi.ts';
import { formatShortDay } from '#client/ui/dates.ts';
import type { Clock } from '#domain/feedback-clocks.ts';
import { daysBetween } from '#domain/identifiers.ts';
import { shippedHolidays, workingDaysUntil } from '#domain/working-days.ts';

/** Days are `YYYY-MM-DD`. "còn 2 ngày làm việc để xem", "hạn trả lời: hôm nay", "quá hạn giao 3 ngày" (these are calendar days: so long did people wait). */
export function dueWords(m: Messages, { owed, dueOn }: Clock, today: string): string {
  const what = m.review.owed[owed];
  if (dueOn < today) return m.review.daysOver(what, daysBetween(dueOn, today));
  if (dueOn === today) return m.review.dueToday(what);
  const left = workingDaysUntil(today, dueOn, shippedHolidays);
  return left === 0 ? m.review.dueOn(what, formatShortDay(dueOn)) : m.review.daysLeft(what, left);
}
