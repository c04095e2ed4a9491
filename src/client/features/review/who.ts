/** What people and units are called on the desk, where this device may know it. */
import type { FieldStore } from '#client/store/field-store.ts';
import { memberName as nameOf } from '#client/store/my-hamlets.ts';
import type { Messages } from '#client/languages/vi.ts';
import { isKind } from '#domain/record.ts';

type Known = Pick<FieldStore, 'find' | 'account'>;

/** undefined: the member's name is not readable here (a responder never learns who sits in a hamlet team). */
export function memberName(m: Messages, store: Known, memberId: string | undefined): string | undefined {
  if (memberId === undefined) return undefined;
  if (memberId === store.account().memberId) return m.review.you;
  return nameOf(store, memberId);
}

export function unitName(store: Pick<Known, 'find'>, unitId: string | undefined): string | undefined {
  const unit = unitId === undefined ? undefined : store.find(unitId);
  return isKind(unit, 'unit') ? unit.fields.name : undefined;
}
