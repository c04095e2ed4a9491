/** A visit that is on this phone, and what this member may do with it. */
import type { FieldStore } from '#client/store/field-store.ts';
import { mayWrite } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
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

/** Its author, or the team's lead. */
export function mayCorrect(store: FieldStore, record: AnyRecord): boolean {
  const { recordId, kind, areaId, version } = record;
  return mayWrite(store.account(), { recordId, kind, areaId, base: version, set: {} }, record, store).allowed;
}

/** The commune's bloc. */
export function mayAskBack(store: Pick<FieldStore, 'account'>): boolean {
  return isOfBloc(store.account());
}
