/** The bloc writes down what a prestigious person was given, or puts it right; that it does not count is said by `voidRecord`. What is over a cap is told (`benefit-caps.ts`), never refused. */
import type { Benefit } from './benefit.ts';
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import { dayOf } from './identifiers.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

/** Undefined or empty clears the field. */
export type BenefitInput = { readonly [F in Exclude<keyof Benefit, 'personId' | 'voidReason'>]?: unknown };

/** Everyone gets an entry of their own: one that cannot be kept does not take the others with it. */
export function recordBenefit(person: RecordState<'prestigious_person'>, input: BenefitInput, context: CommandContext): Result<EntryDraft, CommandError> {
  const benefit = creation('benefit', person.areaId, context.newId(), { ...tidied(input), personId: person.recordId });
  if (!benefit.ok) return benefit;
  if (isGiftWithoutOccasion(input)) return whichOccasion;
  return hasToCome(input, context) ? toCome : entryOf([benefit.value], context);
}

/** Undefined: nothing differs, and nothing is to be saved. */
export function correctBenefit(benefit: RecordState<'benefit'>, input: BenefitInput, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  const corrected = correction(benefit, 'benefit', tidied(input));
  if (!corrected.ok) return corrected;
  // An older gift that does not say it is still put right in its other fields.
  if (benefit.fields.kind !== 'tet_visit' && isGiftWithoutOccasion(input)) return whichOccasion;
  if (hasToCome(input, context)) return toCome;
  return corrected.value === undefined ? ok(undefined) : entryOf([corrected.value], context);
}

const toCome = err({ kind: 'benefit', code: 'out_of_range', field: 'date' } as const);

const whichOccasion = err({ kind: 'benefit', code: 'required', field: 'occasion' } as const);

/** One without would count for Tết (`tet-plan.ts`), which nobody said. */
function isGiftWithoutOccasion({ kind, occasion }: BenefitInput): boolean {
  return kind === 'tet_visit' && (occasion === undefined || occasion === '');
}

function hasToCome({ date }: BenefitInput, context: CommandContext): boolean {
  return typeof date === 'string' && date > dayOf(context.now);
}

function tidied(input: BenefitInput): Record<string, unknown> {
  // Which occasion a gift was brought for is asked of gifts alone.
  const kept = input.kind !== undefined && input.kind !== 'tet_visit' && 'occasion' in input ? { ...input, occasion: undefined } : input;
  return Object.fromEntries(Object.entries(kept).map(([field, value]) => [field, typeof value === 'string' ? tidyText(value) : value]));
}
