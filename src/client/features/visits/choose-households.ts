/** Which households stand first where one is to be chosen. */
import type { FieldStore } from '#client/store/field-store.ts';
import { householdOf } from '#client/store/household-in-hand.ts';
import { myHamlets } from '#client/store/my-hamlets.ts';
import { isStanding } from '#domain/household.ts';
import { presentHousehold } from '#domain/merged-households.ts';
import type { RecordState } from '#domain/record.ts';
import { isVoid } from '#domain/void-record.ts';

type Household = RecordState<'household'>;

/** So many rows and no more: beyond that one types a name sooner than one finds it. */
export const shownAtMost = 60;

/**
 * Those that go on, in the order they were found; in the middle of a round the door after the last one comes first. `found`: by number.
 * `lastVisitedId`: where this member was last today; undefined: nowhere yet.
 */
export function inRoundOrder(found: readonly Household[], lastVisitedId: string | undefined): readonly Household[] {
  const standing = found.filter(({ fields }) => isStanding(fields));
  const at = standing.findIndex(({ recordId }) => recordId === lastVisitedId);
  return at === -1 ? standing : [...standing.slice(at + 1), ...standing.slice(0, at + 1)];
}

/** In the member's own hamlets, as typed; with nothing typed in the order of the round. `today`: `YYYY-MM-DD`. */
export function householdsToChoose(store: FieldStore, text: string, today: string): readonly Household[] {
  const found = myHamlets(store).flatMap((hamletId) => store.searchHouseholds(text, hamletId));
  return inRoundOrder(found, text === '' ? lastVisitedOn(store, today) : undefined);
}

/** Of those that were ticked, the ones that may be visited still: others were closed, merged or erased since. */
export function stillToVisit(store: Pick<FieldStore, 'find'>, chosen: readonly string[]): readonly Household[] {
  return chosen.flatMap((id) => {
    const household = householdOf(store, id);
    return household === undefined || !isStanding(household.fields) ? [] : [household];
  });
}

/** Where a double is visited: the household that goes on in its place, if it is followed. Undefined: it is no double, or there is none. */
export function goesOnAt(store: Pick<FieldStore, 'find'>, householdId: string): Household | undefined {
  const goesOn = stillToVisit(store, [presentHousehold(householdId, store)])[0];
  return goesOn?.recordId === householdId ? undefined : goesOn;
}

/** Where this member was last that day: of a double, the household that goes on. */
export function lastVisitedOn(store: Pick<FieldStore, 'find' | 'account' | 'all'>, day: string): string | undefined {
  const { memberId } = store.account();
  const own = store.all('visit').filter((visit) => visit.memberId === memberId && visit.fields.date === day && !isVoid(visit));
  const last = own.reduce<RecordState<'visit'> | undefined>((latest, visit) => (latest === undefined || visit.occurredAt > latest.occurredAt ? visit : latest), undefined);
  return last === undefined ? undefined : presentHousehold(last.fields.householdId, store);
}
