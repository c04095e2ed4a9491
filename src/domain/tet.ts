/**
 * When Tết (the first day of the lunar year) is. A table and no computing: the packages that reckon it differ by the machine's time zone (domain model 8). Source:
 * two independent lunar calendars for Vietnam (+07:00), which agree on all 17 years.
 */
import { addDays, daysBetween } from './identifiers.ts';

/** Local days, by the solar year in which they lie. */
const tetDays: readonly string[] = [
  '2024-02-10', '2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-02', '2031-01-23', '2032-02-11',
  '2033-01-31', '2034-02-19', '2035-02-08', '2036-01-28', '2037-02-15', '2038-02-04', '2039-01-24', '2040-02-12',
];

const stems = ['Giáp', 'Ất', 'Bính', 'Đinh', 'Mậu', 'Kỷ', 'Canh', 'Tân', 'Nhâm', 'Quý'];
const branches = ['Tý', 'Sửu', 'Dần', 'Mão', 'Thìn', 'Tỵ', 'Ngọ', 'Mùi', 'Thân', 'Dậu', 'Tuất', 'Hợi'];

export interface Tet {
  readonly year: number;
  /** The first day of the lunar year. */
  readonly day: string;
  /** `Đinh Mùi`: the lunar year that begins, as people call it. */
  readonly name: string;
  /** Both inclusive: what is brought between these days is brought for this Tết. */
  readonly from: string;
  readonly to: string;
}

/** So many days before Tết its plan opens by itself; so many days after it (rằm tháng Giêng) a visit still counts as one for it. */
export const tetPlanOpensBefore = 60;
export const tetVisitsEndAfter = 15;

/** Undefined: the table does not reach there. */
export function tetOf(year: number): Tet | undefined {
  const day = tetDays.find((known) => known.startsWith(`${year}-`));
  if (day === undefined) return undefined;
  const name = `${stems[(year + 6) % 10]} ${branches[(year + 8) % 12]}`;
  return { year, day, name, from: addDays(day, -tetPlanOpensBefore), to: addDays(day, tetVisitsEndAfter) };
}

/** The Tết that is on, or comes next: the last one until its visits end. Undefined: the table does not reach there. */
export function tetAt(day: string): Tet | undefined {
  const next = tetDays.find((known) => addDays(known, tetVisitsEndAfter) >= day);
  return next === undefined ? undefined : tetOf(Number(next.slice(0, 4)));
}

/** Half of the longest lunar year, in days: what lies further from a Tết of the table than that belongs to one that is not in it. */
const halfLunarYear = 192;

/** The Tết that this day lies nearest to, before or after it. Undefined: the table does not reach there. */
export function nearestTet(day: string): Tet | undefined {
  const [nearest] = [...tetDays].sort((a, b) => Math.abs(daysBetween(day, a)) - Math.abs(daysBetween(day, b)));
  return nearest === undefined || Math.abs(daysBetween(day, nearest)) > halfLunarYear ? undefined : tetOf(Number(nearest.slice(0, 4)));
}

/** Is its plan open by itself on that day? */
export function isTetNear(day: string): boolean {
  const tet = tetAt(day);
  return tet !== undefined && tet.from <= day;
}
