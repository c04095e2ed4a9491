/** On which days of the year prestigious persons are called on, and from when to when what was brought or said is for that day. */
import type { BenefitOccasion } from './benefit.ts';
import { addDays } from './identifiers.ts';
import { tetAt } from './tet.ts';

/** `YYYY-MM-DD`, local; `from`, `to`: both inclusive. */
export interface OccasionDays {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** From then until `to` a team is reminded of its own person. */
  readonly remindsFrom: string;
}

/** Those that have a day in the calendar; the New Year of an ethnic group has another in every valley. */
export const datedOccasions = ['lunar_new_year', 'unity_day'] as const satisfies readonly BenefitOccasion[];
export type DatedOccasion = (typeof datedOccasions)[number];

const tetRemindsBefore = 21;

/**
 * The one of that year, or the Tết that is on or comes next. Ngày hội Đại đoàn kết is on 18 November, hamlets hold theirs between the first and that day (domain
 * model F39; the day is generally known, not checked). Undefined: the table of Tết does not reach there.
 */
export function occasionAt(occasion: DatedOccasion, today: string): OccasionDays | undefined {
  if (occasion === 'unity_day') {
    const november = `${today.slice(0, 4)}-11`;
    return { day: `${november}-18`, from: `${november}-01`, to: `${november}-18`, remindsFrom: `${november}-01` };
  }
  const tet = tetAt(today);
  return tet === undefined ? undefined : { day: tet.day, from: tet.from, to: tet.to, remindsFrom: addDays(tet.day, -tetRemindsBefore) };
}
