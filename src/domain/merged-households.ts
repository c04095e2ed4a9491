/** A household that was entered twice: the double names the one that goes on, and what hangs on the double is shown there. */
import { isKind } from './record.ts';
import type { Records } from './record.ts';

/** This household, then the one it was merged into, and so on to the one that goes on. A ring (two people without a signal) ends where it began. */
export function householdsFrom(householdId: string, records: Pick<Records, 'find'>): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = householdId; at !== undefined && !way.includes(at); ) {
    way.push(at);
    const household = records.find(at);
    at = isKind(household, 'household') ? household.fields.mergedInto : undefined;
  }
  return way;
}

/** The household that goes on in this one's place; itself where it was not merged. */
export function presentHousehold(householdId: string, records: Pick<Records, 'find'>): string {
  return householdsFrom(householdId, records).at(-1) ?? householdId;
}

/** Did this household decline, or one that it was merged into? */
export function isDeclinedOnItsWay(householdId: string, records: Pick<Records, 'find'>): boolean {
  return householdsFrom(householdId, records).some((id) => {
    const household = records.find(id);
    return isKind(household, 'household') && household.fields.contact === 'no';
  });
}
