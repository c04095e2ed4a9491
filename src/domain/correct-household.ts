/** What a household says is wrong about it is put right; what it took back, and its needs (an official list's), are not asked for here. */
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import { isDetailField } from './household.ts';
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

const correctableFields = ['headName', 'houseLabel', 'phone', 'members', 'lang'] as const satisfies readonly (keyof Household)[];
export type CorrectableField = (typeof correctableFields)[number];

/** A field that is not there was not touched; undefined or empty in it clears the field. */
export type HouseholdCorrection = { readonly [F in CorrectableField]?: Household[F] | undefined };

/** Those that this household lets be written. */
export function correctableOf({ contact }: Pick<Household, 'contact'>): readonly CorrectableField[] {
  return correctableFields.filter((field) => contact !== 'no' || !isDetailField(field));
}

/** Undefined: nothing differs, and nothing is to be saved. */
export function correctHousehold(
  household: RecordState<'household'>,
  input: HouseholdCorrection,
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const fields = Object.fromEntries(
    correctableOf(household.fields)
      .filter((field) => field in input)
      .map((field) => {
        const value = input[field];
        return [field, typeof value === 'string' ? tidyText(value) : value];
      }),
  );
  const corrected = correction(household, 'household', fields);
  if (!corrected.ok) return corrected;
  return corrected.value === undefined ? ok(undefined) : entryOf([corrected.value], context);
}
