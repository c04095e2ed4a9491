/** A household was asked: its answer and what follows from it (named, or counted only) are saved as one. */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import type { Consent } from './consent.ts';
import { detailFields } from './household.ts';
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export interface ConsentInput extends Omit<Consent, 'householdId'> {
  /** Who heads the household, where it gives again what it had taken back and so has no name here. */
  readonly headName?: string | undefined;
}

/**
 * For `visits` the household's `contact` follows: given, it is detailed; refused or withdrawn, its details are cleared with the same entry. A photo changes
 * nothing of the household. `required` on `headName`: it agrees and nobody wrote yet whom to ask for.
 */
export function recordConsent(household: RecordState<'household'>, input: ConsentInput, context: CommandContext): Result<EntryDraft, CommandError> {
  const changes = consentChanges(household, input, context);
  return changes.ok ? entryOf(changes.value, context) : changes;
}

/**
 * The same for an entry that holds more (a visit). `corrected`: what the household corrects in the same breath, one change with what follows from its
 * answer; a household that declines corrects no detail.
 */
export function consentChanges(
  household: RecordState<'household'>,
  input: ConsentInput,
  context: CommandContext,
  corrected: { readonly [F in keyof Household]?: unknown } = {},
): Result<Change[], CommandError> {
  const { headName, ...said } = input;
  const consent = creation('consent', household.areaId, context.newId(), { ...said, householdId: household.recordId });
  if (!consent.ok) return consent;
  const answer = said.purpose !== 'visits' ? {} : said.decision === 'given' ? agreed(headName) : declined;
  const followed = correction(household, 'household', { ...corrected, ...answer });
  if (!followed.ok) return followed;
  return ok(followed.value === undefined ? [consent.value] : [consent.value, followed.value]);
}

function agreed(headName: string | undefined): { contact: 'yes'; headName?: string } {
  const name = tidyText(headName ?? '');
  return name === '' ? { contact: 'yes' } : { contact: 'yes', headName: name };
}

const declined = { contact: 'no', ...Object.fromEntries(detailFields.map((field) => [field, undefined])) } as const;
