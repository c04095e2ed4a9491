/** Where the member who uses this phone works. */
import { isKind } from '#domain/record.ts';
import type { FieldStore } from './field-store.ts';

/** The hamlets of a team member's or lead's roles; empty for the commune's people. */
export function myHamlets(store: Pick<FieldStore, 'account'>): string[] {
  return [...new Set(store.account().assignments.flatMap(({ hamletId }) => (hamletId === undefined ? [] : [hamletId])))];
}

/** `Xóm` is part of the name as the commune wrote it; the id where the area has not come down yet. */
export function areaName(store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  return isKind(area, 'area') ? area.fields.name : areaId;
}
