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
  /** The first that is like it, by the strongest reason; of several one that is not taken yet, if there is any. */
  find(likeness: Likeness, isTaken: (value: T) => boolean): { readonly reason: LikenessReason; readonly value: T } | undefined;
}

/** Of so many namesakes in a hamlet each is looked at; a list of twenty thousand must not compare each with each. */
const mostAlike = 8;

export function createNearIndex<T>(): NearIndex<T> {
  const found = new Map<string, T[]>();
  return {
    add(likeness, value) {
      for (const { key } of keysOf(likeness)) {
        const alike = found.get(key);
        if (alike === undefined) found.set(key, [value]);
        else if (alike.length < mostAlike) alike.push(value);
      }
    },
    find(likeness, isTaken) {
      const alike = keysOf(likeness).flatMap(({ key, reason }) => (found.get(key) ?? []).map((value) => ({ reason, value })));
      return alike.find(({ value }) => !isTaken(value)) ?? alike[0];
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
