/** Areas as people say them, with the word for their kind. */
import { areaWords } from '#client/languages/area-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { FieldStore } from '#client/store/field-store.ts';
import { isKind } from '#domain/record.ts';

/** `xóm Ngọc Sơn`; the id where the area has not come down yet. */
export function areaWordsOf(m: Messages, store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  return isKind(area, 'area') ? areaWords(m, area.fields) : areaId;
}

/** With what it lies in, up to the commune: `xóm Ngọc Sơn, xã Quang Hán`. */
export function placeWords(m: Messages, store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  const parent = isKind(area, 'area') && area.fields.level === 'hamlet' ? area.fields.parent : undefined;
  return parent === undefined ? areaWordsOf(m, store, areaId) : `${areaWordsOf(m, store, areaId)}, ${areaWordsOf(m, store, parent)}`;
}
