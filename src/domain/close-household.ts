/** A household is followed no longer, or again: lists, what is due and counts go by it; its record and all that hangs on it stay. */
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { ClosingReason } from './household.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';

/** Reasons that are chosen; `moved_hamlet` comes with the move itself (`move-household.ts`). */
export const chosenReasons = ['moved_away', 'joined_other', 'nobody_left', 'mistake'] as const satisfies readonly ClosingReason[];
export type ChosenReason = (typeof chosenReasons)[number];

/** `on`: the local day. Undefined: it was closed so already. */
export function closeHousehold(
  household: RecordState<'household'>,
  { reason, on }: { readonly reason: ChosenReason; readonly on: string },
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  return single(correction(household, 'household', { closedOn: on, closedReason: reason, closedTo: undefined }), context);
}

/** Undefined: it was not closed. */
export function reopenHousehold(household: RecordState<'household'>, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  return single(correction(household, 'household', { closedOn: undefined, closedReason: undefined, closedTo: undefined }), context);
}

function single(corrected: ReturnType<typeof correction>, context: CommandContext): Result<EntryDraft | undefined, CommandError> {
  if (!corrected.ok) return corrected;
  return corrected.value === undefined ? ok(undefined) : entryOf([corrected.value], context);
}
