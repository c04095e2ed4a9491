/** Rows that may be somebody who is there already: by name, telephone or house. Looked up, never compared one by one. */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { LikenessReason } from './import-plan.ts';

/** What is compared. `label` undefined: the house is named by its number alone, which says nothing. */
export interface Likeness {
  readonly areaId: string;
  readonly name: string | undefined;
  readonly phone?: string | undefined;
  readonly label?: string | undefined;
}

export interface NearIndex<T> {
  add(likeness: Likeness, value: T): void;
  /** The first that is like it, by the strongest reason. */
  find(likeness: Likeness): { readonly reason: LikenessReason; readonly value: T } | undefined;
}

export function createNearIndex<T>(): NearIndex<T> {
  const found = new Map<string, T>();
  return {
    add(likeness, value) {
      for (const { key } of keysOf(likeness)) if (!found.has(key)) found.set(key, value);
    },
    find(likeness) {
      for (const { key, reason } of keysOf(likeness)) {
        const value = found.get(key);
        if (value !== undefined) return { reason, value };
      }
      return undefined;
    },
  };
}

function keysOf({ areaId, name, phone, label }: Likeness): readonly { readonly key: string; readonly reason: LikenessReason }[] {
  const plain = name === undefined ? '' : withoutDiacritics(name);
  const keys: { key: string; reason: LikenessReason }[] = [];
  if (plain !== '') keys.push({ key: `name ${areaId} ${plain}`, reason: 'same_name' });
  if (phone !== undefined) keys.push({ key: `phone ${areaId} ${phone}`, reason: 'same_phone' });
  if (label !== undefined && plain !== '') {
    // In one house, with the same given name, or the same family and middle names: a slip of the pen, or a new head.
    const words = plain.split(' ');
    const house = `${areaId} ${withoutDiacritics(label)}`;
    keys.push({ key: `given ${house} ${words.at(-1) ?? ''}`, reason: 'same_house' });
    if (words.length > 2) keys.push({ key: `family ${house} ${words.slice(0, -1).join(' ')}`, reason: 'same_house' });
  }
  return keys;
}

/** `số 12`, `nhà số 12`: no landmark. */
export function landmarkOf(label: string): string | undefined {
  return /^(?:nha )?so \d+$|^\d+$/u.test(withoutDiacritics(label)) ? undefined : label;
}
