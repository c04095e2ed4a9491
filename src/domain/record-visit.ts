/** A member logs a visit: the visit, what the household answered or corrected, and the feedback it lists are one entry; other feedback has its own. */
import { correction, creation, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { Change, EntryDraft } from './change.ts';
import { consentChanges } from './record-consent.ts';
import type { ConsentInput } from './record-consent.ts';
import { createFeedback, feedbackEntry } from './raise-feedback.ts';
import type { FeedbackInput, RaisedFeedback } from './raise-feedback.ts';
import type { RecordState } from './record.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import { tidyText } from './vietnamese-text.ts';
import type { Visit } from './visit.ts';

export interface VisitInput extends Omit<Visit, 'householdId' | 'feedbackIds' | 'outcome'> {
  readonly outcome?: string | undefined;
  /** The household's phone as it should be; undefined: not touched. */
  readonly phone?: string | undefined;
  /** What the household said when it was asked for its consent; undefined: it was not asked, or shall be asked another time. */
  readonly consent?: ConsentInput | undefined;
  readonly feedback?: readonly FeedbackInput[] | undefined;
}

export interface RecordedVisit {
  /** Saved together or not at all. The first holds the visit. */
  readonly entries: readonly EntryDraft[];
  readonly visitId: string;
  readonly raised: readonly RaisedFeedback[];
}

export function recordVisit(
  household: RecordState<'household'>,
  input: VisitInput,
  context: CommandContext,
): Result<RecordedVisit, CommandError> {
  const raised: RaisedFeedback[] = [];
  for (const said of input.feedback ?? []) {
    const feedback = createFeedback(
      said.anonymity === 'named' ? { ...said, householdId: household.recordId } : said,
      household.areaId,
      context,
    );
    if (!feedback.ok) return feedback;
    raised.push(feedback.value);
  }
  const together = raised.filter((feedback) => feedback.isListed);
  const { phone, consent, feedback: _said, outcome, ...fields } = input;
  const visitId = context.newId();
  const visit = creation('visit', household.areaId, visitId, {
    ...fields,
    outcome: tidyText(outcome ?? ''),
    householdId: household.recordId,
    feedbackIds: together.map((feedback) => feedback.feedbackId),
  });
  if (!visit.ok) return visit;
  const changes: Change[] = [visit.value, ...together.map((feedback) => feedback.change)];
  const corrected = changesOfHousehold(household, { phone, consent }, context);
  if (!corrected.ok) return corrected;
  changes.push(...corrected.value);
  const entry = entryOf(changes, context);
  if (!entry.ok) return entry;
  const entries = [entry.value];
  for (const unlisted of raised.filter((feedback) => !feedback.isListed)) {
    const own = feedbackEntry(unlisted, context);
    if (!own.ok) return own;
    entries.push(own.value);
  }
  return ok({ entries, visitId, raised });
}

function changesOfHousehold(household: RecordState<'household'>, { phone, consent }: Pick<VisitInput, 'phone' | 'consent'>, context: CommandContext): Result<Change[], CommandError> {
  const fields = phone === undefined ? {} : { phone };
  if (consent !== undefined) return consentChanges(household, consent, context, fields);
  const corrected = correction(household, 'household', fields);
  if (!corrected.ok) return corrected;
  return ok(corrected.value === undefined ? [] : [corrected.value]);
}
