/** A visit that was sent is put right by its author or the team's lead: only what differs goes, and what the commune asked about it is answered by that. */
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { EntryDraft } from './change.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { isOpenReturn, settling } from './return-visit.ts';
import { tidyText } from './vietnamese-text.ts';
import type { Visit } from './visit.ts';
import type { ReturnableField } from './visit-return.ts';

/** A field that is not there was not touched; undefined or empty in it clears the field. What was said at the visit is not raised again here. */
export type VisitCorrection = { readonly [F in ReturnableField]?: Visit[F] | undefined };

/** `returns`: what the commune asked about this visit. Undefined: nothing differs, and nothing is to be saved. */
export function correctVisit(
  visit: RecordState<'visit'>,
  input: VisitCorrection,
  returns: readonly RecordState<'visit_return'>[],
  context: CommandContext,
): Result<EntryDraft | undefined, CommandError> {
  const fields = 'outcome' in input ? { ...input, outcome: tidyText(input.outcome ?? '') } : input;
  const corrected = correction(visit, 'visit', fields);
  if (!corrected.ok) return corrected;
  const change = corrected.value;
  if (change === undefined) return ok(undefined);
  const touched = 'set' in change ? change.set : {};
  const answered = returns.filter((asked) => asked.fields.visitId === visit.recordId && isOpenReturn(asked) && Object.hasOwn(touched, asked.fields.field));
  const changes = [change];
  for (const asked of answered) {
    const settled = settling(asked, 'corrected', context);
    if (!settled.ok) return settled;
    changes.push(settled.value);
  }
  return entryOf(changes, context);
}
