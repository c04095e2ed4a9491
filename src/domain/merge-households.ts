/** One household that was entered twice: one record goes on, the other names it; undone, each stands for itself again (decision 0028). */
import { isSameValue } from './change.ts';
import type { Change, EntryDraft } from './change.ts';
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import { declinedFields } from './declining.ts';
import { isDetailField } from './household.ts';
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

/** What may be picked from either; with `needs` goes the list that they come from. */
export const mergeableFields = ['no', 'headName', 'houseLabel', 'phone', 'members', 'lang', 'needs'] as const satisfies readonly (keyof Household)[];
export type MergeableField = (typeof mergeableFields)[number];

type State = RecordState<'household'>;

/** A household that declined goes on itself, or the other declined as well: its details come back by no merger. */
export function mayGoOn(kept: Pick<State, 'fields'>, double: Pick<State, 'fields'>): boolean {
  return kept.fields.contact === 'no' || double.fields.contact !== 'no';
}

/** Does the merger take from the double the details that the household took back? They are lost, also to an undo. */
export function takesBack(kept: Pick<State, 'fields'>, double: Pick<State, 'fields'>): boolean {
  return kept.fields.contact === 'no' && double.fields.contact !== 'no';
}

/** Where a person has to say which of the two holds. */
export function differingFields(kept: Pick<State, 'fields'>, double: Pick<State, 'fields'>): readonly MergeableField[] {
  return mergeableFields.filter((field) => !isSameValue(kept.fields[field], double.fields[field]) && !(kept.fields.contact === 'no' && isDetailField(field)));
}

/** What stands in only one of them is taken from there, until a person says otherwise. */
export function usuallyTaken(kept: Pick<State, 'fields'>, double: Pick<State, 'fields'>): readonly MergeableField[] {
  return differingFields(kept, double).filter((field) => kept.fields[field] === undefined);
}

/** `fromDouble`: the fields that the one which goes on takes from its double. Where nobody had asked it, the double's yes holds: that consent is its own. */
export function mergeHouseholds(kept: State, double: State, fromDouble: readonly MergeableField[], context: CommandContext): Result<EntryDraft, CommandError> {
  if (!mayGoOn(kept, double)) return err({ kind: 'household', code: 'declined', field: 'mergedInto' });
  const taken = differingFields(kept, double).filter((field) => fromDouble.includes(field));
  const fields: Record<string, unknown> = Object.fromEntries(taken.map((field) => [field, double.fields[field]]));
  if (taken.includes('needs')) fields['sourceListId'] = double.fields.sourceListId;
  if (kept.fields.contact === 'not_asked' && double.fields.contact === 'yes') fields['contact'] = 'yes';
  const corrected = correction(kept, 'household', fields);
  if (!corrected.ok) return corrected;
  const declined = takesBack(kept, double) ? declinedFields : {};
  const merged = correction(double, 'household', { ...declined, mergedInto: kept.recordId });
  if (!merged.ok) return merged;
  return entryOf([corrected.value, merged.value].filter((change) => change !== undefined), context);
}

export interface TakenInMerger {
  /** The one that went on, as it is now. */
  readonly now: State;
  /** As it was before the merger, and right after it. */
  readonly before: Household;
  readonly after: Household;
}

/** `taken`: known only right after the merger: what it took from its double is set back where nobody has changed it since. Undefined: it was no double. */
export function unmergeHousehold(double: State, context: CommandContext, taken?: TakenInMerger): Result<EntryDraft | undefined, CommandError> {
  const changes: Change[] = [];
  const parted = correction(double, 'household', { mergedInto: undefined });
  if (!parted.ok) return parted;
  if (parted.value !== undefined) changes.push(parted.value);
  if (taken !== undefined) {
    const { now, before, after } = taken;
    const fields = [...mergeableFields, 'sourceListId', 'contact'] as const;
    const unchanged = fields.filter((field) => !isSameValue(before[field], after[field]) && isSameValue(now.fields[field], after[field]));
    const setBack = correction(now, 'household', Object.fromEntries(unchanged.map((field) => [field, before[field]])));
    if (!setBack.ok) return setBack;
    if (setBack.value !== undefined) changes.push(setBack.value);
  }
  return changes.length === 0 ? ok(undefined) : entryOf(changes, context);
}
