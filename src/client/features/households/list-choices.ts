/** How somebody looks at the list: which order, for ever; what was searched and how far down, as long as the phone stays unlocked. */
import type { FieldStore, HouseholdOrder } from '#client/store/field-store.ts';

const orderKey = 'household-order';

export function keptOrder(): HouseholdOrder {
  try {
    return localStorage.getItem(orderKey) === 'name' ? 'name' : 'number';
  } catch {
    return 'number';
  }
}

export function keepOrder(order: HouseholdOrder): void {
  try {
    localStorage.setItem(orderKey, order);
  } catch {
    // No room for it: the list is in that order all the same, until it is left.
  }
}

export interface LastLook {
  /** A name as it was typed: in memory alone, and gone with the store when the phone locks. */
  readonly text: string;
  readonly hamletId: string | undefined;
  /** In CSS pixels. */
  readonly scrolled: number;
}

const looks = new WeakMap<object, LastLook>();

export function lastLook(store: FieldStore): LastLook {
  return looks.get(store) ?? { text: '', hamletId: undefined, scrolled: 0 };
}

/** Whoever opens the list from the menu begins anew: only the way back from a household leads to where it was left. */
export function forgetLook(store: FieldStore): void {
  looks.delete(store);
}

export function keepLook(store: FieldStore, look: LastLook): void {
  looks.set(store, look);
}
