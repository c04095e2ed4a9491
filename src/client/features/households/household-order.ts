/** In which order households stand, and which are due for a visit. */
import { isStanding } from '#domain/household.ts';
import { daysBetween } from '#domain/identifiers.ts';
import type { RecordState } from '#domain/record.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';

type Household = RecordState<'household'>;

/** By the hamlet's serial, then by name. */
export function compareHouseholds(a: Household, b: Household): number {
  return (
    compareVietnamese(a.areaId, b.areaId) ||
    a.fields.no - b.fields.no ||
    compareVietnamese(a.fields.headName ?? '', b.fields.headName ?? '')
  );
}

export interface DueHousehold {
  readonly household: Household;
  /** The day somebody was last met there; undefined: never. */
  readonly lastMetOn: string | undefined;
}

/** A household is due this many days after somebody was last met (three months). */
const dueAfterDays = 91;

/**
 * Households where nobody was met for three months, or ever. A household that declined, is closed or is another one's double is left alone. Those an official
 * list names come first, then those never met, then the longest ago. `today`: `YYYY-MM-DD`.
 */
export function dueHouseholds(households: readonly Household[], visitsOf: (householdId: string) => readonly RecordState<'visit'>[], today: string): DueHousehold[] {
  const standing = households
    .filter(({ fields }) => fields.contact !== 'no' && isStanding(fields))
    .map((household) => ({ household, lastMetOn: lastDayMet(visitsOf(household.recordId)) }));
  const isFirst = ({ household }: DueHousehold) => (household.fields.needs?.length ?? 0) > 0;
  return standing
    .filter(({ lastMetOn }) => lastMetOn === undefined || daysBetween(lastMetOn, today) > dueAfterDays)
    .sort(
      (a, b) =>
        Number(isFirst(b)) - Number(isFirst(a)) ||
        (a.lastMetOn ?? '').localeCompare(b.lastMetOn ?? '') ||
        compareHouseholds(a.household, b.household),
    );
}

/** A visit that is void counts nowhere. */
function lastDayMet(visits: readonly RecordState<'visit'>[]): string | undefined {
  return visits.reduce<string | undefined>(
    (last, { fields }) => (fields.met === 'yes' && fields.voidReason === undefined && (last === undefined || fields.date > last) ? fields.date : last),
    undefined,
  );
}
