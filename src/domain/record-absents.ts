/** A round at whose doors nobody was: one visit a household, each an entry of its own, saved together. */
import type { EntryDraft } from './change.ts';
import type { CommandContext, CommandError } from './command.ts';
import type { RecordState } from './record.ts';
import { recordVisit } from './record-visit.ts';
import { ok } from './result.ts';
import type { Result } from './result.ts';
import type { Visit } from './visit.ts';

export interface RecordedAbsents {
  /** One a household, in their order: each is settled, corrected and made void by itself. */
  readonly entries: readonly EntryDraft[];
  readonly visitIds: readonly string[];
}

export function recordAbsents(
  households: readonly RecordState<'household'>[],
  round: Pick<Visit, 'date' | 'purpose' | 'companions'>,
  context: CommandContext,
): Result<RecordedAbsents, CommandError> {
  const entries: EntryDraft[] = [];
  const visitIds: string[] = [];
  // One a household, also where a list names it twice.
  for (const household of new Map(households.map((each) => [each.recordId, each])).values()) {
    const visit = recordVisit(household, { ...round, met: 'absent' }, context);
    if (!visit.ok) return visit;
    entries.push(...visit.value.entries);
    visitIds.push(visit.value.visitId);
  }
  return ok({ entries, visitIds });
}
