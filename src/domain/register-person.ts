/** A prestigious person is entered into the register, or put right in it. */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { dayOf } from './identifiers.ts';
import type { PrestigiousPerson } from './prestigious-person.ts';
import type { PrestigiousTerm } from './prestigious-term.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export const personFields = ['fullName', 'birthYear', 'sex', 'phone', 'occupationOrRole', 'languages'] as const satisfies readonly (keyof PrestigiousPerson)[];
/** A field that is not there was not touched; undefined or empty in it clears the field. */
export type PersonInput = { readonly [F in (typeof personFields)[number]]?: unknown };

/** Of somebody whom the commune had recognized before they stood in this register. */
export type HeldTerm = Pick<PrestigiousTerm, 'termFrom' | 'termTo'> & { readonly [F in 'decisionNo' | 'decidedOn']: string | undefined };

/** One entry: the person, and where it is given the term that they hold. */
export function registerPerson(input: PersonInput, hamletId: string, context: CommandContext, heldTerm?: HeldTerm): Result<EntryDraft, CommandError> {
  const recordId = context.newId();
  const person = creation('prestigious_person', hamletId, recordId, tidied(input));
  if (!person.ok) return person;
  const young = tooYoung(input, context);
  if (young !== undefined) return err(young);
  if (heldTerm === undefined) return entryOf([person.value], context);
  const term = heldTermChange({ recordId, areaId: hamletId }, heldTerm, context);
  return term.ok ? entryOf([person.value, term.value], context) : term;
}

/** The same for somebody who stands in the register already. */
export function enterHeldTerm(person: RecordState<'prestigious_person'>, heldTerm: HeldTerm, context: CommandContext): Result<EntryDraft, CommandError> {
  const term = heldTermChange(person, heldTerm, context);
  return term.ok ? entryOf([term.value], context) : term;
}

function heldTermChange(
  { recordId, areaId }: Pick<RecordState<'prestigious_person'>, 'recordId' | 'areaId'>,
  { decisionNo, ...heldTerm }: HeldTerm,
  context: CommandContext,
): Result<Change, CommandError> {
  const fields = { ...heldTerm, decisionNo: tidyText(decisionNo ?? '') };
  const missing = (['decisionNo', 'decidedOn'] as const).find((field) => (fields[field] ?? '') === '');
  if (missing !== undefined) return err({ kind: 'prestigious_term', code: 'required', field: missing });
  if ((fields.decidedOn ?? '') > dayOf(context.now)) return err({ kind: 'prestigious_term', code: 'out_of_range', field: 'decidedOn' });
  return creation('prestigious_term', areaId, context.newId(), { ...fields, personId: recordId, state: 'active' });
}

/** Undefined: nothing differs, and nothing is to be saved. */
export function correctPerson(
  person: RecordState<'prestigious_person'>,
  input: PersonInput,
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const corrected = correction(person, 'prestigious_person', tidied(input));
  if (!corrected.ok) return corrected;
  const young = tooYoung(input, context);
  if (young !== undefined) return err(young);
  return corrected.value === undefined ? ok(undefined) : entryOf([corrected.value], context);
}

/** The endpoint refuses it by the entry's own year (`change.ts`): the form says so before. */
function tooYoung({ birthYear }: PersonInput, context: CommandContext): CommandError | undefined {
  const isYoung = typeof birthYear === 'number' && birthYear > Number(dayOf(context.now).slice(0, 4)) - 18;
  return isYoung ? { kind: 'prestigious_person', code: 'out_of_range', field: 'birthYear' } : undefined;
}

function tidied(input: PersonInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).map(([field, value]) => [field, typeof value === 'string' ? tidyText(value) : value]));
}
