/** An instant as an administrator in Vietnam reads it. */
const timeFormat = new Intl.DateTimeFormat('vi', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' });

export function localTime(epochMs: number): string {
  return timeFormat.format(epochMs);
}
