import { describe, expect, it } from 'vitest';
import { isTetNear, nearestTet, tetAt, tetOf } from './tet.ts';

describe('Tết', () => {
  it('stands in the table by year, with the name of the lunar year', () => {
    expect(tetOf(2027)).toMatchObject({ day: '2027-02-06', name: 'Đinh Mùi' });
    expect(tetOf(2024)).toMatchObject({ day: '2024-02-10', name: 'Giáp Thìn' });
    expect(tetOf(2034)).toMatchObject({ day: '2034-02-19', name: 'Giáp Dần' });
    expect(tetOf(2040)).toMatchObject({ day: '2040-02-12', name: 'Canh Thân' });
  });

  it('is not guessed outside of the table', () => {
    expect(tetOf(2023)).toBeUndefined();
    expect(tetOf(2041)).toBeUndefined();
    expect(tetAt('2040-03-01')).toBeUndefined();
  });

  it('is still on until its visits end, then the next one comes', () => {
    expect(tetAt('2027-02-21')?.year).toBe(2027);
    expect(tetAt('2027-02-22')?.year).toBe(2028);
  });

  it('lies nearest to a day half a year before it and after it, within the table', () => {
    expect(nearestTet('2026-12-20')?.year).toBe(2027);
    expect(nearestTet('2026-08-13')?.year).toBe(2026);
    expect(nearestTet('2026-08-14')?.year).toBe(2027);
    expect(nearestTet('2023-08-01')).toBeUndefined();
    expect(nearestTet('2040-12-20')).toBeUndefined();
  });

  it('opens its plan sixty days before and closes it with its visits', () => {
    expect(isTetNear('2026-12-07')).toBe(false);
    expect(isTetNear('2026-12-08')).toBe(true);
    expect(isTetNear('2027-02-21')).toBe(true);
    expect(isTetNear('2027-02-22')).toBe(false);
  });
});
