/** A household was asked: its answer and what follows from it (named, or counted only) are saved as one. */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { standingDecision } from './consent.ts';
import type { Consent } from './consent.ts';
import { declinedFields } from './declining.ts';
import type { Household } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export interface ConsentInput extends Omit<Consent, 'householdId'> {
  /** Who heads the household, where it gives again what it had taken back and so has no name here. */
  readonly headName?: string | undefined;
  /** Its doubles, and theirs: what it takes back is taken out of them as well. */
  readonly doubles?: readonly RecordState<'household'>[] | undefined;
}

/**
 * For `visits` the household's `contact` follows: given, it is detailed; refused or withdrawn, its details and those of its doubles are cleared
 * with the same entry. A photo changes nothing of the household. `required` on `headName`: it agrees and nobody wrote yet whom to ask for.
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
  const { headName, doubles = [], ...said } = input;
  const consent = creation('consent', household.areaId, context.newId(), { ...said, householdId: household.recordId });
  if (!consent.ok) return consent;
  const answer = said.purpose !== 'visits' ? {} : said.decision === 'given' ? agreed(headName) : declinedFields;
  const followed = correction(household, 'household', { ...corrected, ...answer });
  if (!followed.ok) return followed;
  const emptied = said.purpose === 'visits' && said.decision !== 'given' ? takeOutOf(doubles) : ok([]);
  if (!emptied.ok) return emptied;
  return ok([consent.value, ...(followed.value === undefined ? [] : [followed.value]), ...emptied.value]);
}

/** Of a household's doubles those that name it: what it takes back is lost there as well, also where one was merged by mistake. */
export function namedAmong(doubles: readonly RecordState<'household'>[]): readonly RecordState<'household'>[] {
  return doubles.filter(({ deleted, fields }) => !deleted && fields.contact !== 'no');
}

/** Doubles that name it, though it declined: somebody who had not heard of the merger wrote on the double that it agrees. Two answers, and a person asks. */
export function namedDoubles(household: Pick<RecordState<'household'>, 'fields'>, doubles: readonly RecordState<'household'>[]): readonly RecordState<'household'>[] {
  return household.fields.contact === 'no' ? namedAmong(doubles) : [];
}

/** Did it say no on a double, unknown to whoever merged it? Not where it agreed after that. `consents`: all that it and its doubles answered. */
export function saidNoOnDouble(
  household: Pick<RecordState<'household'>, 'fields'>,
  doubles: readonly RecordState<'household'>[],
  consents: readonly RecordState<'consent'>[],
): boolean {
  if (household.fields.contact === 'no' || !doubles.some(({ fields }) => fields.contact === 'no')) return false;
  return standingDecision('visits', consents) !== 'given';
}

/**
 * Was it emptied as the double of one that declined, and is a household of its own after all? It never said no itself: it is asked, and not passed by for good.
 * `consents`: all that it and its doubles answered.
 */
export function isToAnswerItself(household: Pick<RecordState<'household'>, 'fields'>, consents: readonly RecordState<'consent'>[]): boolean {
  const { contact, mergedInto } = household.fields;
  const standing = standingDecision('visits', consents);
  return contact === 'no' && mergedInto === undefined && standing !== 'refused' && standing !== 'withdrawn';
}

/** Takes out of them what the household took back. At least one of them names it still (`namedDoubles`). */
export function emptyDoubles(doubles: readonly RecordState<'household'>[], context: CommandContext): Result<EntryDraft, CommandError> {
  const emptied = takeOutOf(doubles);
  return emptied.ok ? entryOf(emptied.value, context) : emptied;
}

/** What a household took back, as its doubles are corrected; of those that are emptied already, nothing. */
export function takeOutOf(doubles: readonly RecordState<'household'>[]): Result<Change[], CommandError> {
  const changes: Change[] = [];
  for (const double of doubles) {
    if (double.deleted) continue;
    const emptied = correction(double, 'household', declinedFields);
    if (!emptied.ok) return emptied;
    if (emptied.value !== undefined) changes.push(emptied.value);
  }
  return ok(changes);
}

function agreed(headName: string | undefined): { contact: 'yes'; headName?: string } {
  const name = tidyText(headName ?? '');
  return name === '' ? { contact: 'yes' } : { contact: 'yes', headName: name };
}
