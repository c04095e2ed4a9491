/**
 * A household moves to another hamlet of its commune: one entry closes it where it was and writes it anew where it is. What hangs on the old record stays there,
 * for the team that wrote it; what it answered when it was asked goes along, so that the proof lies beside the new record too (decision 0028).
 */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { replacedOn } from './consent.ts';
import { dayOf } from './identifiers.ts';
import { likelyDoubles } from './likely-doubles.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

export interface HouseholdMove {
  /** The hamlet it moves to. */
  readonly hamletId: string;
  /** Its number and landmark there. */
  readonly no: number;
  readonly houseLabel: string;
  /** The local day of the move. */
  readonly on: string;
  /** All that it was asked and said. */
  readonly consents: readonly RecordState<'consent'>[];
}

export interface MovedHousehold {
  readonly entry: EntryDraft;
  /** Its record in the new hamlet. */
  readonly householdId: string;
}

export function moveHousehold(household: RecordState<'household'>, move: HouseholdMove, context: CommandContext): Result<MovedHousehold, CommandError> {
  const { hamletId, no, houseLabel, on } = move;
  const closed = correction(household, 'household', { closedOn: on, closedReason: 'moved_hamlet', closedTo: hamletId });
  if (!closed.ok) return closed;
  const { mergedInto: _mergedInto, closedOn: _closedOn, closedReason: _closedReason, closedTo: _closedTo, ...details } = household.fields;
  const householdId = context.newId();
  const moved = creation('household', hamletId, householdId, { ...details, no, houseLabel: tidyText(houseLabel) });
  if (!moved.ok) return moved;
  const changes: Change[] = [...(closed.value === undefined ? [] : [closed.value]), moved.value];
  const standing = move.consents.find((consent) => consent.fields.purpose === 'visits' && !consent.deleted && replacedOn(consent, move.consents) === undefined);
  // What it says of the household must hold of the new one: of an answer that another list overruled there is no proof to take along.
  if (standing !== undefined && details.contact === (standing.fields.decision === 'given' ? 'yes' : 'no')) {
    const proof = creation('consent', hamletId, context.newId(), { ...standing.fields, householdId });
    if (!proof.ok) return proof;
    changes.push(proof.value);
  }
  const entry = entryOf(changes, context);
  return entry.ok ? ok({ entry: entry.value, householdId }) : entry;
}

/**
 * A guess, of a household that declined: records of households that moved to its hamlet, name somebody still, and of whom nobody there has the name or phone any
 * more. One of them may be its own: no record says which, for the new team may not read the old one. What was written before they moved is nobody who moved:
 * a move writes the new record on its day or later. `moved`: of the commune, moved to this hamlet; `there`: all of it.
 */
export function namedWhereTheyLeft(
  household: Pick<RecordState<'household'>, 'fields' | 'occurredAt'>,
  moved: readonly RecordState<'household'>[],
  there: readonly RecordState<'household'>[],
): readonly RecordState<'household'>[] {
  if (household.fields.contact !== 'no') return [];
  const writtenOn = dayOf(Date.parse(household.occurredAt));
  return moved.filter(({ deleted, fields: { contact, closedOn = '', closedReason, headName, phone } }) =>
    !deleted && closedReason === 'moved_hamlet' && contact !== 'no' && closedOn <= writtenOn && likelyDoubles({ headName, phone }, there).length === 0);
}

/** The old record goes on; the new one is closed as written by mistake, for nobody deletes anything. `today`: a local day. */
export function undoMove(
  old: RecordState<'household'>,
  moved: RecordState<'household'>,
  today: string,
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const changes: Change[] = [];
  for (const corrected of [
    correction(old, 'household', { closedOn: undefined, closedReason: undefined, closedTo: undefined }),
    correction(moved, 'household', { closedOn: today, closedReason: 'mistake' }),
  ]) {
    if (!corrected.ok) return corrected;
    if (corrected.value !== undefined) changes.push(corrected.value);
  }
  return changes.length === 0 ? ok(undefined) : entryOf(changes, context);
}
