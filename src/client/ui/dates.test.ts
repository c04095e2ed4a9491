import { expect, test } from 'vitest';
import { formatAgo, formatDay, formatMoment, formatShortDay, formatTime, formatWeekday, formatWhen } from './dates.ts';

const tuesday = Date.parse('2026-11-24T14:10:00+07:00');

test('a day is written as it is in Vietnam, whatever zone the device is in', () => {
  expect(formatDay('2026-11-21')).toBe('21/11/2026');
  expect(formatShortDay('2026-11-21')).toBe('21/11');
  // Still the 20th in UTC, already the 21st at the door.
  expect(formatDay('2026-11-20T18:30:00Z')).toBe('21/11/2026');
  expect(formatDay(Date.parse('2026-11-20T18:30:00Z'))).toBe('21/11/2026');
  expect(formatTime('2026-11-20T18:30:00Z')).toBe('01:30');
  expect(formatTime('2026-11-21T00:05:00+07:00')).toBe('00:05');
});

test('when something happened is said as shortly as the distance allows', () => {
  const at = (day: number, hour: number) => tuesday + day * 86_400_000 + hour * 3_600_000;
  expect(formatWhen(tuesday, at(0, 5))).toBe('14:10');
  expect(formatWhen(tuesday, at(1, 0))).toBe('14:10 thứ Ba');
  expect(formatWhen(tuesday, at(6, 0))).toBe('14:10 thứ Ba');
  // On the same weekday of the next week the weekday alone would mislead.
  expect(formatWhen(tuesday, at(7, -2))).toBe('14:10 24/11/2026');
  expect(formatWhen(tuesday, at(-2, 0))).toBe('14:10 24/11/2026');
});

test('what is dated to the day alone is not given an hour', () => {
  expect(formatMoment('2026-11-24T00:00:00+07:00', tuesday)).toBe('24/11/2026');
  expect(formatMoment('2026-11-24T13:05:00+07:00', tuesday)).toBe('13:05');
});

test('weekdays and distances are words of the language', () => {
  expect(formatWeekday('2026-11-22')).toBe('Chủ Nhật');
  expect(formatWeekday('2026-11-23')).toBe('thứ Hai');
  expect(formatAgo('2026-11-24', tuesday)).toBe('hôm nay');
  expect(formatAgo('2026-11-23', tuesday)).toBe('hôm qua');
  expect(formatAgo('2026-11-21', tuesday)).toBe('3 ngày trước');
  expect(formatAgo('2026-08-24', tuesday)).toBe('3 tháng trước');
  expect(formatAgo('2024-11-24', tuesday)).toBe('2 năm trước');
});
