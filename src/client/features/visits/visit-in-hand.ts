/** A visit that is on this phone, and what this member may do with it. */
import type { FieldStore } from '#client/store/field-store.ts';
import { isKind } from '#domain/record.ts';
import type { RecordState } from '#domain/record.ts';
import { isOfBloc } from '#domain/role.ts';
import { isVoidable } from '#domain/void-record.ts';
import type { VoidableRecord } from '#domain/void-record.ts';

export function visitOf(store: Pick<FieldStore, 'find'>, visitId: string): RecordState<'visit'> | undefined {
  const visit = store.find(visitId);
  return isKind(visit, 'visit') && !visit.deleted ? visit : undefined;
}

/** A visit, a talk or a benefit that is there: what can be made void. */
export function voidableIn(store: Pick<FieldStore, 'find'>, recordId: string): VoidableRecord | undefined {
  const record = store.find(recordId);
  return record === undefined || record.deleted || !isVoidable(record) ? undefined : record;
}

/** The commune's bloc. */
export function mayAskBack(store: Pick<FieldStore, 'account'>): boolean {
  return isOfBloc(store.account());
}
