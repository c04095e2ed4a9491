import { expect, test } from 'vitest';
import { addWorkingDays, isWorkingDay, shippedHolidays, workingDaysUntil } from './working-days.ts';

const none = { holidays: [], workingSaturdays: [] };

test('Saturday and Sunday are no working days', () => {
  expect(isWorkingDay('2026-11-20', none)).toBe(true);
  expect(isWorkingDay('2026-11-21', none)).toBe(false);
  expect(isWorkingDay('2026-11-22', none)).toBe(false);
  expect(isWorkingDay('2026-11-23', none)).toBe(true);
});

test('counting leaves the first day out and steps over the weekend', () => {
  expect(addWorkingDays('2026-11-20', 1, none)).toBe('2026-11-23');
  expect(addWorkingDays('2026-11-21', 1, none)).toBe('2026-11-23');
  expect(addWorkingDays('2026-11-20', 10, none)).toBe('2026-12-04');
  expect(addWorkingDays('2026-11-20', 0, none)).toBe('2026-11-20');
});

test('ten working days from before Tết 2027 step over the whole holiday', () => {
  expect(addWorkingDays('2027-02-01', 10, shippedHolidays)).toBe('2027-02-22');
  expect(addWorkingDays('2027-02-01', 10, none)).toBe('2027-02-15');
});

test('the working days left are those one can count back', () => {
  for (let count = 1; count <= 15; count += 1) {
    expect(workingDaysUntil('2027-02-01', addWorkingDays('2027-02-01', count, shippedHolidays), shippedHolidays)).toBe(count);
  }
  expect(workingDaysUntil('2026-11-20', '2026-11-22', none)).toBe(0);
  expect(workingDaysUntil('2026-11-20', '2026-11-20', none)).toBe(0);
  expect(workingDaysUntil('2026-11-23', '2026-11-20', none)).toBe(0);
});

test('a Saturday made up for is worked, unless it is a holiday after all', () => {
  const madeUp = { holidays: ['2026-04-27'], workingSaturdays: ['2026-05-09'] };
  expect(isWorkingDay('2026-05-09', madeUp)).toBe(true);
  expect(addWorkingDays('2026-05-08', 1, madeUp)).toBe('2026-05-09');
  expect(isWorkingDay('2026-05-09', { ...madeUp, holidays: ['2026-05-09'] })).toBe(false);
});

test('the shipped holidays are days that exist, in order, and would have been worked without them', () => {
  const { holidays } = shippedHolidays;
  expect(holidays.toSorted()).toEqual([...new Set(holidays)]);
  for (const day of holidays) {
    expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
    expect(isWorkingDay(day, none), day).toBe(true);
  }
});
