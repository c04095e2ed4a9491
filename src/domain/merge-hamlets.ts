/** Hamlet mergers go on: the commune's administrator lets one hamlet be taken in by another. */
import type { EntryDraft } from './change.ts';
import { correction, entryOf } from './command.ts';
import type { CommandContext, CommandError } from './command.ts';
import { communeCodeOf } from './identifiers.ts';
import { standsForItself } from './merged-areas.ts';
import type { RecordState } from './record.ts';
import { err } from './result.ts';
import type { Result } from './result.ts';

type Hamlet = RecordState<'area'>;

/** The hamlets that could take this one in: of its commune, standing for themselves. None for one that was merged already. */
export function hamletsToMergeInto(from: Hamlet, areas: readonly Hamlet[]): Hamlet[] {
  if (!standsForItself(from)) return [];
  const communeCode = communeCodeOf(from.recordId);
  return areas.filter((area) => standsForItself(area) && area.recordId !== from.recordId && communeCodeOf(area.recordId) === communeCode);
}

/** One entry of one change. `unknown_area`: not one of `hamletsToMergeInto`. */
export function mergeHamlets(from: Hamlet, intoId: string, areas: readonly Hamlet[], context: CommandContext): Result<EntryDraft, CommandError> {
  const unknown = err({ kind: 'area', code: 'unknown_area', field: 'mergedInto' } as const);
  if (!hamletsToMergeInto(from, areas).some(({ recordId }) => recordId === intoId)) return unknown;
  const change = correction(from, 'area', { mergedInto: intoId });
  if (!change.ok) return change;
  return change.value === undefined ? unknown : entryOf([change.value], context);
}
