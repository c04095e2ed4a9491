/** Pictures whose form was given up: nothing names them, and nothing will. */
import type { Draft } from '#client/store/field-store.ts';
import { picturesIn } from '#client/store/gone-pictures.ts';
import type { PictureRow } from '#client/store/pictures.ts';

/** A draft that was dropped may be brought back for a moment; a form is kept as a draft half a second after each change. */
const patienceMs = 2 * 60_000;

/** Pictures of the forms that stand on this page: they may not be in any draft yet. */
const inHand = new Set<string>();

/** Returns what lets go of it. */
export function holdInHand(pictureId: string): () => void {
  inHand.add(pictureId);
  return () => inHand.delete(pictureId);
}

interface Around {
  /** Does a record, or an entry on its way, have this id? */
  readonly named: (pictureId: string) => boolean;
  readonly drafts: readonly Pick<Draft, 'values'>[];
  /** Since when, by the phone's clock, nothing names it; kept between two looks. */
  readonly unnamedSince: Map<string, number>;
  readonly now: number;
}

/** `isAnyUndecided`: some are to be looked at again. */
export function findLeftovers(rows: readonly PictureRow[], { named, drafts, unnamedSince, now }: Around): { readonly leftovers: string[]; readonly isAnyUndecided: boolean } {
  const drafted = new Set(drafts.flatMap(({ values }) => picturesIn(values)));
  const leftovers: string[] = [];
  let isAnyUndecided = false;
  for (const { pictureId, recorded } of rows) {
    if (named(pictureId) || drafted.has(pictureId) || inHand.has(pictureId)) {
      unnamedSince.delete(pictureId);
      continue;
    }
    const since = unnamedSince.get(pictureId) ?? now;
    unnamedSince.set(pictureId, since);
    // What was saved with a record waits for the word of the commune.
    if (recorded === true) continue;
    if (now - since >= patienceMs) leftovers.push(pictureId);
    else isAnyUndecided = true;
  }
  return { leftovers, isAnyUndecided };
}
