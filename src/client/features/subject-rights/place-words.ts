/** Areas as people say them, with the word for their kind. */
import type { Messages } from '#client/languages/vi.ts';
import { areaName } from '#client/store/my-hamlets.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { isKind } from '#domain/record.ts';

/** `xóm Ngọc Sơn`; a name that says its kind already stays as it is, and the id stands where the area has not come down yet. */
export function areaWords(m: Messages, store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  if (!isKind(area, 'area')) return areaName(store, areaId);
  const { kind, name } = area.fields;
  const word = m.subjectRights.held.areaKinds[kind];
  return name.toLowerCase().startsWith(`${word} `) ? name : `${word} ${name}`;
}

/** With what it lies in, up to the commune: `xóm Ngọc Sơn, xã Quang Hán`. */
export function placeWords(m: Messages, store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  const parent = isKind(area, 'area') && area.fields.level === 'hamlet' ? area.fields.parent : undefined;
  return parent === undefined ? areaWords(m, store, areaId) : `${areaWords(m, store, areaId)}, ${areaWords(m, store, parent)}`;
}
