/** When somebody was last at a household's door, as its row says it. */
import type { RecordState } from '#domain/record.ts';
import type { Messages } from './vi.ts';

/** `last`: the household's last visit that counts (`lastVisit` of the domain); undefined: none. `ago`: a local day as people say how long ago it was. */
export function lastVisitWords({ households }: Pick<Messages, 'households'>, last: RecordState<'visit'> | undefined, ago: (day: string) => string): string {
  if (last === undefined) return households.neverVisited;
  const { met, date } = last.fields;
  return met === 'absent' ? households.lastAbsent(ago(date)) : households.lastVisit(ago(date));
}
