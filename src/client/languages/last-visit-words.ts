/** When somebody was last at a household's door, as its row says it. */
import { lastVisit } from '#domain/last-visit.ts';
import type { RecordState } from '#domain/record.ts';
import type { Messages } from './vi.ts';

/** `visits`: all of the household, in any order. `ago`: a local day as people say how long ago it was. */
export function lastVisitWords({ households }: Pick<Messages, 'households'>, visits: readonly RecordState<'visit'>[], ago: (day: string) => string): string {
  const last = lastVisit(visits)?.fields;
  if (last === undefined) return households.neverVisited;
  return last.met === 'absent' ? households.lastAbsent(ago(last.date)) : households.lastVisit(ago(last.date));
}
