/** A household that is there and that this member may change. */
import type { FieldStore } from '#client/store/field-store.ts';
import { mayWrite } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { isTeamRole } from '#domain/role.ts';

export function householdOf(store: Pick<FieldStore, 'find'>, householdId: string): RecordState<'household'> | undefined {
  const household = store.find(householdId);
  return isKind(household, 'household') && !household.deleted ? household : undefined;
}

export function mayChangeHousehold(store: FieldStore, household: RecordState<'household'>): boolean {
  const { recordId, kind, areaId, version } = household;
  return mayWrite(store.account(), { recordId, kind, areaId, base: version, set: {} }, household, store).allowed;
}

/** Is whoever uses this phone one who stands at the door? */
export function logsVisitsHere(store: Pick<FieldStore, 'account'>): boolean {
  return store.account().assignments.some(({ role }) => isTeamRole(role));
}
