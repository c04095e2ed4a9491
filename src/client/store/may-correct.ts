/** May whoever uses this phone correct a record that is there? */
import type { SetChange } from '#domain/change.ts';
import { mayWrite } from '#domain/permissions.ts';
import type { AnyRecord } from '#domain/record.ts';
import type { FieldStore } from './field-store.ts';

/** `set`: what they would write, where who may depends on the field or its value. The same rule as the endpoint's (`mayWrite`). */
export function mayCorrect(store: FieldStore, record: AnyRecord, set: SetChange['set'] = {}): boolean {
  const { recordId, kind, areaId, version } = record;
  return mayWrite(store.account(), { recordId, kind, areaId, base: version, set }, record, store).allowed;
}
