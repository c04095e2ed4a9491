/** When something arrived, as far as it may be told. */
import { dayOf, instantOf, startOfDay } from '#domain/identifiers.ts';

/** The endpoint's time as a record may tell it: to the day where the entry is dated to the day (unnamed feedback). */
export function receivedAtOf(occurredAt: string, now: number): string {
  return occurredAt.slice(11, 19) === '00:00:00' ? startOfDay(dayOf(now)) : instantOf(now);
}
