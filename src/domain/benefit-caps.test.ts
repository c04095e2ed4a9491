import { describe, expect, it } from 'vitest';
import { capRules, capWarnings } from './benefit-caps.ts';
import type { CapRule } from './benefit-caps.ts';

const gift = (date: string, more: object = {}) => ({ kind: 'tet_visit', date, ...more }) as const;

describe('what is over a cap', () => {
  it('lets a second Tết gift of the year pass and tells of the third, by the name of the rule', () => {
    const first = gift('2027-01-16');
    const second = gift('2027-01-20');
    expect(capWarnings(second, [first])).toEqual([]);
    expect(capWarnings(gift('2027-02-01'), [first, second])).toMatchObject([{ over: 'times', is: 3, limit: 2, rule: { name: 'Quyết định 12/2018/QĐ-TTg' } }]);
  });

  it('counts for one Tết what was given before and after New Year, and for the next what is nearer to that', () => {
    const before = gift('2026-12-20', { occasion: 'lunar_new_year' });
    const after = gift('2027-01-15');
    expect(capWarnings(gift('2027-02-05'), [before, after])).toMatchObject([{ over: 'times', is: 3, year: 2027, limit: 2 }]);
    expect(capWarnings(before, [after, gift('2027-02-05')])).toMatchObject([{ over: 'times', is: 3, year: 2027 }]);
    expect(capWarnings(gift('2027-12-20'), [after, gift('2027-02-05')])).toEqual([]);
    // After its visits end by the plan, and still the Tết that is over.
    expect(capWarnings(gift('2027-03-10'), [before, after])).toMatchObject([{ is: 3, year: 2027 }]);
  });

  it('counts by the calendar year a gift for another occasion, what is no gift, and beyond the table of Tết', () => {
    const newYearOfAPeople = gift('2026-12-20', { occasion: 'ethnic_new_year' });
    expect(capWarnings(gift('2027-02-05'), [newYearOfAPeople, gift('2027-01-15')])).toEqual([]);
    expect(capWarnings(gift('2026-12-21', { occasion: 'unity_day' }), [newYearOfAPeople, gift('2026-02-10')])).toMatchObject([{ is: 3, year: 2026 }]);
    const ill = (date: string) => ({ kind: 'ill_visit', date }) as const;
    expect(capWarnings(ill('2027-01-15'), [ill('2026-12-20')])).toEqual([]);
    expect(capWarnings(ill('2026-12-20'), [ill('2026-01-15')])).toMatchObject([{ is: 2, year: 2026 }]);
    expect(capWarnings(gift('2041-01-20'), [gift('2041-01-15'), gift('2040-12-20')])).toEqual([]);
  });

  it('counts no void gift, none of another year and nothing else that was given', () => {
    const others = [gift('2027-01-16', { voidReason: 'entered_twice' }), gift('2026-02-10'), { kind: 'newspaper', date: '2027-01-17' } as const, gift('2027-01-18')];
    expect(capWarnings(gift('2027-02-01'), others)).toEqual([]);
    expect(capWarnings(gift('2027-02-01', { voidReason: 'other' }), [gift('2027-01-16'), gift('2027-01-17')])).toEqual([]);
  });

  it('tells of an amount that is over, not of one that is just as high', () => {
    expect(capWarnings(gift('2027-01-16', { amount: 500_000 }), [])).toEqual([]);
    expect(capWarnings(gift('2027-01-16', { amount: 500_001 }), [])).toMatchObject([{ over: 'amount', is: 500_001, limit: 500_000, rule: { kind: 'tet_visit' } }]);
  });

  it('measures by the level that gives; without one by the level that may give most', () => {
    const ill = (level?: 'central' | 'province' | 'commune', amount = 1_000_000) => ({ kind: 'ill_visit', date: '2027-03-01', amount, ...(level === undefined ? {} : { level }) }) as const;
    expect(capWarnings(ill('commune'), [])).toMatchObject([{ over: 'amount', limit: 800_000 }]);
    expect(capWarnings(ill('province'), [])).toEqual([]);
    expect(capWarnings(ill(undefined, 3_000_000), [])).toEqual([]);
    expect(capWarnings(ill(undefined, 3_000_001), [])).toMatchObject([{ over: 'amount', limit: 3_000_000 }]);
    expect(capWarnings(ill('central'), [ill('commune')])).toMatchObject([{ over: 'times', is: 2, limit: 1 }]);
  });

  it('is judged by the rule in force on the day', () => {
    const rules: CapRule[] = [
      { kind: 'tet_visit', amount: 300_000, name: 'cũ', validFrom: '2018-01-01', validTo: '2026-12-31', needsLegalReview: true },
      { kind: 'tet_visit', amount: 700_000, name: 'mới', validFrom: '2027-01-01', needsLegalReview: true },
    ];
    expect(capWarnings(gift('2026-12-31', { amount: 400_000 }), [], rules)).toMatchObject([{ rule: { name: 'cũ' } }]);
    expect(capWarnings(gift('2027-01-01', { amount: 400_000 }), [], rules)).toEqual([]);
  });

  it('says of every rule of ours that it waits for a lawyer', () => {
    expect(capRules.every(({ needsLegalReview, name }) => needsLegalReview && name !== '')).toBe(true);
  });
});
