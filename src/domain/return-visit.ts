/** The bloc asks about one field of a visit; the team answers by mending it (`correct-visit.ts`) or says that it stands; the bloc may ask no longer. */
import { creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { checkFields } from './change.ts';
import { dayOf, daysBetween } from './identifiers.ts';
import type { RecordState } from './record.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';
import type { ReturnableField, ReturnSettlement } from './visit-return.ts';
import { isVoid } from './void-record.ts';

export interface ReturnInput {
  /** Undefined: not chosen yet. */
  readonly field: ReturnableField | undefined;
  readonly comment: string;
}

export function returnVisit(visit: RecordState<'visit'>, { field, comment }: ReturnInput, context: CommandContext): Result<EntryDraft, CommandError> {
  const asked = creation('visit_return', visit.areaId, context.newId(), { visitId: visit.recordId, field, comment: tidyText(comment), on: dayOf(context.now) });
  return asked.ok ? entryOf([asked.value], context) : asked;
}

/** Neither answered nor taken back. */
export function isOpenReturn({ fields, deleted }: RecordState<'visit_return'>): boolean {
  return !deleted && fields.settledAs === undefined;
}

/** Does the team still owe an answer? Not while the visit does not count: the question stays as it is, and is asked again where it counts again. */
export function waitsForTeam(asked: RecordState<'visit_return'>, visit: RecordState<'visit'>): boolean {
  return isOpenReturn(asked) && asked.fields.visitId === visit.recordId && !isVoid(visit);
}

/** So many days an answer of a team is news to the bloc: that somebody has read it is written down nowhere. */
const answerIsNewFor = 7;

/** Answered by the team within the last days, not taken back. `today`: `YYYY-MM-DD`. */
export function isNewlyAnswered({ fields: { settledAs, settledOn }, deleted }: RecordState<'visit_return'>, today: string): boolean {
  return !deleted && settledAs !== undefined && settledAs !== 'withdrawn' && settledOn !== undefined && daysBetween(settledOn, today) < answerIsNewFor;
}

/** `stands`: what is written is right. `withdrawn`: the bloc asks no longer. */
export function settleReturn(asked: RecordState<'visit_return'>, as: ReturnSettlement, context: CommandContext): Result<EntryDraft, CommandError> {
  const settled = settling(asked, as, context);
  return settled.ok ? entryOf([settled.value], context) : settled;
}

/** The change that ends a question. */
export function settling({ recordId, kind, areaId, version, fields }: RecordState<'visit_return'>, settledAs: ReturnSettlement, context: CommandContext): Result<Change, CommandError> {
  const set = { settledAs, settledOn: dayOf(context.now) };
  const rejection = checkFields(kind, { ...fields, ...set });
  return rejection === undefined ? ok({ recordId, kind, areaId, base: version, set }) : err({ kind, ...rejection });
}
