import { describe, expect, test } from 'vitest';
import {
  addDays, communeCodeOf, dayOf, daySchema, daysBetween, instantOf, instantSchema, isHamletId, phoneSchema, provinceAreaId, recordIdSchema, startOfDay, uuidSchema,
} from './identifiers.ts';
import { idOf, randomIdOf } from './records.test-support.ts';

describe('the local day', () => {
  test('changes at midnight in Vietnam, not in Greenwich', () => {
    expect(dayOf(Date.parse('2026-11-20T16:59:59Z'))).toBe('2026-11-20');
    expect(dayOf(Date.parse('2026-11-20T17:00:00Z'))).toBe('2026-11-21');
  });

  test('an instant is written with the offset of Vietnam and reads back to the second', () => {
    const at = Date.parse('2026-11-20T17:00:05Z');
    expect(instantOf(at)).toBe('2026-11-21T00:00:05+07:00');
    expect(Date.parse(instantOf(at))).toBe(at);
    expect(instantSchema.safeParse(instantOf(at)).success).toBe(true);
  });

  test('a day written as an instant tells no hour and lies on that day', () => {
    expect(startOfDay('2026-11-21')).toBe('2026-11-21T00:00:00+07:00');
    expect(dayOf(Date.parse(startOfDay('2026-11-21')))).toBe('2026-11-21');
  });

  test('days are counted over the end of a month and of a leap February, backwards too', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
    expect(daysBetween('2026-11-21', '2026-11-21')).toBe(0);
    expect(daysBetween('2026-11-21', '2026-11-07')).toBe(-14);
  });

  test('so many days on, or back, is the day that lies so many days away', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    for (const count of [-400, -1, 0, 1, 59, 366]) expect(daysBetween('2026-11-21', addDays('2026-11-21', count))).toBe(count);
  });

  test('a day that no calendar has is refused', () => {
    expect(daySchema.safeParse('2026-02-29').success).toBe(false);
    expect(daySchema.safeParse('21/11/2026').success).toBe(false);
    expect(daySchema.safeParse('2028-02-29').success).toBe(true);
  });
});

describe('ids', () => {
  test('a record is named by a UUID or by its area', () => {
    for (const id of [idOf(1), randomIdOf(1), provinceAreaId('04'), '01789', '01789-003']) expect(recordIdSchema.safeParse(id).success, id).toBe(true);
    for (const id of ['', '1789', '01789-03', '01789-003-1', 'xóm Ngọc Sơn']) expect(recordIdSchema.safeParse(id).success, id).toBe(false);
    expect(uuidSchema.safeParse('01789').success).toBe(false);
  });

  test('a hamlet knows its commune', () => {
    expect(communeCodeOf('01789-003')).toBe('01789');
    expect(communeCodeOf('01789')).toBe('01789');
    expect(isHamletId('01789-003')).toBe(true);
    expect(isHamletId('01789')).toBe(false);
  });

  test('a phone number has ten digits and begins with 0', () => {
    expect(phoneSchema.safeParse('0912345678').success).toBe(true);
    for (const phone of ['091234567', '09123456789', '1912345678', '0912 345 678', '+84912345678']) {
      expect(phoneSchema.safeParse(phone).success, phone).toBe(false);
    }
  });
});
