/** Where the member who uses this phone works, among which hamlets, and with whom. */
import { communeCodeOf } from '#domain/identifiers.ts';
import { standsForItself } from '#domain/merged-areas.ts';
import { presentArea } from '#domain/permissions.ts';
import { isKind } from '#domain/record.ts';
import { compareVietnamese } from '#domain/vietnamese-text.ts';
import type { FieldStore } from './field-store.ts';

/** The hamlets of a team member's or lead's roles; empty for the commune's people. */
export function myHamlets(store: Pick<FieldStore, 'account'>): string[] {
  return [...new Set(store.account().assignments.flatMap(({ hamletId }) => (hamletId === undefined ? [] : [hamletId])))];
}

/** Does what lies there belong to the member's own hamlet, also after hamlets were merged? */
export function isMyHamlet(store: Pick<FieldStore, 'account' | 'find'>, areaId: string): boolean {
  return myHamlets(store).includes(presentArea(areaId, store));
}

/** The hamlets of the commune that stand for themselves today, by name in Vietnamese order. */
export function standingHamlets(store: Pick<FieldStore, 'all' | 'account'>): readonly string[] {
  const { communeCode } = store.account();
  return store
    .all('area')
    .filter((area) => standsForItself(area) && communeCodeOf(area.recordId) === communeCode)
    .sort((a, b) => compareVietnamese(a.fields.name, b.fields.name))
    .map(({ recordId }) => recordId);
}

/** The area's own name, without the word for its kind (`Xóm`, `Xã`); the id where the area has not come down yet. */
export function areaName(store: Pick<FieldStore, 'find'>, areaId: string): string {
  const area = store.find(areaId);
  return isKind(area, 'area') ? area.fields.name : areaId;
}

/** undefined: who that is may not be known on this phone. */
export function memberName(store: Pick<FieldStore, 'find'>, memberId: string): string | undefined {
  const member = store.find(memberId);
  return isKind(member, 'member') ? member.fields.name : undefined;
}
