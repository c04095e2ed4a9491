/** Is this household there already? Asked while it is typed, answered by a person alone: it never keeps anybody from saving. */
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { withoutDiacritics } from './vietnamese-text.ts';

/** In what they are alike, the most telling first. */
export const doubleSigns = ['phone', 'headName', 'no', 'houseLabel'] as const;
export type DoubleSign = (typeof doubleSigns)[number];

export interface LikelyDouble {
  readonly household: RecordState<'household'>;
  readonly signs: readonly DoubleSign[];
}

/** A landmark that so many others share as well ("đầu xóm") tells nothing. */
const fewestThatSayNothing = 4;

/**
 * Those of the hamlet (`among`) with the same phone or number, the same name without diacritics, or the same landmark; the likeliest first. What is typed may
 * still be anything.
 */
export function likelyDoubles(typed: { readonly [S in DoubleSign]?: Household[S] | undefined }, among: readonly RecordState<'household'>[]): readonly LikelyDouble[] {
  const found = among.flatMap((household): LikelyDouble[] => {
    const signs = doubleSigns.filter((sign) => isAlike(sign, typed[sign], household.fields[sign]));
    return signs.length === 0 ? [] : [{ household, signs }];
  });
  const isShared = found.filter(({ signs }) => signs.includes('houseLabel')).length >= fewestThatSayNothing;
  const telling = isShared ? found.filter(({ signs }) => signs.some((sign) => sign !== 'houseLabel')) : found;
  return [...telling].sort((a, b) => weightOf(b) - weightOf(a) || a.household.fields.no - b.household.fields.no);
}

function isAlike(sign: DoubleSign, typed: unknown, kept: unknown): boolean {
  if (typed === undefined || kept === undefined) return false;
  if (typeof typed !== 'string' || typeof kept !== 'string') return typed === kept;
  if (sign !== 'houseLabel') return wordsOf(typed).length > 0 && withoutDiacritics(typed) === withoutDiacritics(kept);
  // One landmark in other words: "cạnh nhà văn hóa" and "nhà văn hóa xóm" are told apart by nobody at the door.
  const [few, many] = [wordsOf(typed), wordsOf(kept)].sort((a, b) => a.length - b.length) as [string[], string[]];
  const shared = few.filter((word) => many.includes(word)).length;
  return few.length >= 2 && shared / few.length >= 0.75 && shared / many.length >= 0.5;
}

function wordsOf(text: string): string[] {
  return withoutDiacritics(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function weightOf({ signs }: LikelyDouble): number {
  return signs.reduce((sum, sign) => sum + 2 ** (doubleSigns.length - doubleSigns.indexOf(sign)), 0);
}
