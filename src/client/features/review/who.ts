/** What people are called on the desk, where this device may know it. */
import type { FieldStore } from '#client/store/field-store.ts';
import { memberName as nameOf } from '#client/store/my-hamlets.ts';
import type { Messages } from '#client/languages/vi.ts';

type Known = Pick<FieldStore, 'find' | 'account'>;

/** undefined: the member's name is not readable here (a responder never learns who sits in a hamlet team). */
export function memberName(m: Messages, store: Known, memberId: string | undefined): string | undefined {
  if (memberId === undefined) return undefined;
  if (memberId === store.account().memberId) return m.review.you;
  return nameOf(store, memberId);
}
