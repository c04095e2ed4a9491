/** What is wrong about a household is put right: by its team and the bloc; what it took back is not asked for, and its needs are the bloc's, copied from an official list. */
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import { isDetailField } from './household.ts';
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

/** In the order of the form. Who may set `needs` and `sourceListId`: `field-rules.ts`. */
const correctableFields = ['no', 'headName', 'houseLabel', 'phone', 'members', 'lang', 'needs', 'sourceListId'] as const satisfies readonly (keyof Household)[];
export type CorrectableField = (typeof correctableFields)[number];

/** A field that is not there was not touched; undefined or empty in it clears the field. Without needs no list is named either. */
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
  const isWithoutNeeds = 'needs' in input && (input.needs ?? []).length === 0;
  const asked: HouseholdCorrection = isWithoutNeeds ? { ...input, sourceListId: undefined } : input;
  const fields = Object.fromEntries(
    correctableOf(household.fields)
      .filter((field) => field in asked)
      .map((field) => {
        const value = asked[field];
        return [field, typeof value === 'string' ? tidyText(value) : value];
      }),
  );
  const corrected = correction(household, 'household', fields);
  if (!corrected.ok) return corrected;
  return corrected.value === undefined ? ok(undefined) : entryOf([corrected.value], context);
}
