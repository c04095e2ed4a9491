/** When a household is to be visited again because it was promised: the last word counts. */
import { daysBetween } from './identifiers.ts';
import { isLater } from './last-visit.ts';
import type { RecordState } from './record.ts';
import { isVoid } from './void-record.ts';

export interface PromisedVisit {
  /** The visit at which it was said. */
  readonly visit: RecordState<'visit'>;
  /** The day that was named; undefined: the household asked for another time and named none. */
  readonly on: string | undefined;
}

/**
 * What a household's last visit left open: a day on which somebody comes again, or that they asked for another time. Who came by and met nobody took back no promise,
 * unless they made one. `visits`: in any order.
 */
export function promiseOf(visits: readonly RecordState<'visit'>[]): PromisedVisit | undefined {
  const said = visits.filter((visit) => !visit.deleted && !isVoid(visit) && (visit.fields.met !== 'absent' || visit.fields.promisedOn !== undefined));
  const last = said.reduce<RecordState<'visit'> | undefined>((latest, visit) => (latest === undefined || isLater(visit, latest) ? visit : latest), undefined);
  if (last === undefined) return undefined;
  const { promisedOn, met } = last.fields;
  return promisedOn !== undefined || met === 'asked_later' ? { visit: last, on: promisedOn } : undefined;
}

/** A day that was named is due so many days ahead: there is time to arrange who goes. Our own choice; no text of the field names a number. */
const dueAheadDays = 2;

/** Is it time to go: is the named day near, come, or over, or was none named? `today`: a local day. */
export function isPromiseDue({ on }: PromisedVisit, today: string): boolean {
  return on === undefined || daysBetween(today, on) <= dueAheadDays;
}
