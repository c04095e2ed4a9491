/** A household that is there, where a new one may be written, and what this member may do with it. */
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import type { FieldStore } from './field-store.ts';
import { mayCorrect } from './may-correct.ts';
import { myHamlets, standingHamlets } from './my-hamlets.ts';

type Household = RecordState<'household'>;

export function householdOf(store: Pick<FieldStore, 'find'>, householdId: string): Household | undefined {
  const household = store.find(householdId);
  return isKind(household, 'household') && !household.deleted ? household : undefined;
}

/** The records that were merged into it, and into those. */
export function doublesOf(store: Pick<FieldStore, 'find' | 'householdsOf'>, householdId: string): readonly Household[] {
  return store.householdsOf(householdId).flatMap((id) => {
    const double = id === householdId ? undefined : householdOf(store, id);
    return double === undefined ? [] : [double];
  });
}

/** Those of them which this member may mend: what is taken back is taken out of them as well. */
export function doublesToMend(store: FieldStore, householdId: string): readonly Household[] {
  return doublesOf(store, householdId).filter((double) => mayChangeHousehold(store, double));
}

export function mayChangeHousehold(store: FieldStore, household: Household): boolean {
  return mayCorrect(store, household);
}

/** May they say that it is a double, that nobody lives there, or that both was wrong? */
export function mayKeepRegister(store: FieldStore, household: Household): boolean {
  return mayCorrect(store, household, { closedOn: household.fields.closedOn ?? null });
}

/** The hamlets in which they may write a household, as they stand today, in order: the team its own, the bloc all of the commune. */
export function hamletsToWriteIn(store: FieldStore): readonly string[] {
  const own = myHamlets(store).map((hamletId) => presentArea(hamletId, store));
  const all = isOfBloc(store.account()) ? standingHamlets(store) : [];
  return [...new Set([...own, ...all])];
}
