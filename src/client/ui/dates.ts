/**
 * Dates as people here say them. All in Vietnam's time, whatever the device is set to: a visit's day must read the same on every screen.
 * The language is the page's (`<html lang>`), which `use-messages.ts` sets.
 */
const timeZone = 'Asia/Ho_Chi_Minh';
const dayMs = 86_400_000;

/** `2026-11-21` or an instant (ISO, or milliseconds since 1970) → `21/11/2026`. */
export function formatDay(day: string | number): string {
  return format(day, { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** The same without the year: `21/11`. */
export function formatShortDay(day: string | number): string {
  // Asked for day and month alone, the Vietnamese locale puts a dash between them.
  return formatDay(day).slice(0, 5);
}

/** `14:10`. */
export function formatTime(when: string | number): string {
  return format(when, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `14:10` today, `14:10 thứ Ba` within the last six days, `14:10 21/11/2026` otherwise. `now`: milliseconds since 1970. */
export function formatWhen(when: string | number, now: number = Date.now()): string {
  const days = daysBefore(when, now);
  if (days === 0) return formatTime(when);
  if (days > 0 && days < 7) return `${formatTime(when)} ${formatWeekday(when)}`;
  return `${formatTime(when)} ${formatDay(when)}`;
}

/** An instant as `formatWhen`; what is dated to the day alone (its time must not tell) as that day. */
export function formatMoment(instant: string, now: number = Date.now()): string {
  return instant.slice(10) === 'T00:00:00+07:00' ? formatDay(instant) : formatWhen(instant, now);
}

/** `thứ Ba`, `Chủ Nhật`, `Tuesday`. */
export function formatWeekday(day: string | number): string {
  return format(day, { weekday: 'long' }).replace(/^Thứ/u, 'thứ');
}

/** `hôm nay`, `hôm qua`, `3 ngày trước`, `2 tháng trước`: how long ago a day or an instant was. */
export function formatAgo(when: string | number, now: number = Date.now()): string {
  const days = daysBefore(when, now);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  if (Math.abs(days) < 31) return words.format(-days, 'day').toLocaleLowerCase(language());
  if (Math.abs(days) < 365) return words.format(-Math.round(days / 30.4), 'month');
  return words.format(-Math.round(days / 365.25), 'year');
}

function daysBefore(when: string | number, now: number): number {
  return Math.round((Date.parse(localDay(now)) - Date.parse(localDay(toMs(when)))) / dayMs);
}

function localDay(ms: number): string {
  // The Swedish order of a date is the ISO one.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(ms);
}

function format(when: string | number, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'vi-VN', { timeZone, ...parts }).format(toMs(when));
}

/** A day alone means that day in Vietnam: its noon, so that no zone moves it. */
function toMs(when: string | number): number {
  if (typeof when === 'number') return when;
  return Date.parse(when.length === 10 ? `${when}T12:00:00+07:00` : when);
}

function language(): 'vi' | 'en' {
  return typeof document !== 'undefined' && document.documentElement.lang === 'en' ? 'en' : 'vi';
}
