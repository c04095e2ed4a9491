/** A member takes down what a citizen says. Unless named it becomes an entry of its own that tells neither household nor time of day. */
import { creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { isKeptApart, isKeptOffLists, isReferredKind } from './feedback.ts';
import type { Feedback } from './feedback.ts';
import { dayOf, startOfDay } from './identifiers.ts';
import { createReceiptCode } from './receipt-code.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';

/** What the form gives: the citizen's words and choices; code, day and ids are made here. */
export type FeedbackInput = Omit<Feedback, 'receiptCode' | 'receivedOn'>;

export interface RaisedFeedback {
  readonly feedbackId: string;
  /** Absent for a complaint or denunciation: nothing is received, the citizen is told where to go. */
  readonly receiptCode: string | undefined;
  readonly change: Change;
  /** Not named: an entry of its own, without a time. */
  readonly isApart: boolean;
  /** May stand in a visit's list, and travel in its entry. */
  readonly isListed: boolean;
}

/** `areaId`: the hamlet where it was said. */
export function createFeedback(input: FeedbackInput, areaId: string, context: CommandContext): Result<RaisedFeedback, CommandError> {
  const isApart = isKeptApart(input);
  const feedbackId = isApart ? context.newRandomId() : context.newId();
  const receivedOn = dayOf(context.now);
  const isReferred = isReferredKind(input.kind);
  const receiptCode = isReferred ? undefined : createReceiptCode(context.random);
  const fields = isReferred
    ? { kind: input.kind, receivedOn }
    : { ...input, text: tidyText(input.text ?? ''), receivedOn, receiptCode };
  const change = creation('feedback', areaId, feedbackId, fields);
  return change.ok ? ok({ feedbackId, receiptCode, change: change.value, isApart, isListed: !isKeptOffLists(input) }) : change;
}

/** The entry of feedback that stands alone (kept off a visit's list, or raised outside a visit). */
export function feedbackEntry(raised: RaisedFeedback, context: CommandContext): Result<EntryDraft, CommandError> {
  if (!raised.isApart) return entryOf([raised.change], context);
  return ok({
    entryId: context.newRandomId(),
    memberId: context.memberId,
    occurredAt: startOfDay(dayOf(context.now)),
    changes: [raised.change],
  });
}

/** Feedback taken down outside a visit. */
export function raiseFeedback(
  input: FeedbackInput,
  areaId: string,
  context: CommandContext,
): Result<{ readonly entries: readonly EntryDraft[]; readonly raised: RaisedFeedback }, CommandError> {
  const raised = createFeedback(input, areaId, context);
  if (!raised.ok) return raised;
  const entry = feedbackEntry(raised.value, context);
  return entry.ok ? ok({ entries: [entry.value], raised: raised.value }) : err(entry.error);
}
