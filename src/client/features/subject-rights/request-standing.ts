/** Where a citizen's request stands: how much time is left, which come first, which phones have erased. */
import type { ErasureConfirmation } from '#client/remote/subject-rights.ts';
import { daysBetween } from '#domain/identifiers.ts';
import { dueOnOf } from '#domain/legal-deadlines.ts';
import type { RecordState } from '#domain/record.ts';

type Request = RecordState<'subject_request'>;

/** Days of the calendar until its day is over; negative: so many days too late. `today`: `YYYY-MM-DD`. */
export function daysLeft({ fields }: Pick<Request, 'fields'>, today: string): number {
  return daysBetween(today, dueOnOf(fields));
}

/** Open ones by what is due first, closed ones the latest first. */
export function sortedRequests(requests: readonly Request[]): { readonly open: readonly Request[]; readonly closed: readonly Request[] } {
  const byId = (a: Request, b: Request) => a.recordId.localeCompare(b.recordId);
  return {
    open: requests.filter(({ fields }) => fields.closedAs === undefined).sort((a, b) => dueOnOf(a.fields).localeCompare(dueOnOf(b.fields)) || byId(a, b)),
    closed: requests
      .filter(({ fields }) => fields.closedAs !== undefined)
      .sort((a, b) => (b.fields.closedOn ?? '').localeCompare(a.fields.closedOn ?? '') || byId(a, b)),
  };
}

/** What tells two requests of one hamlet apart where no name may stand: the end of the id of whom it is about. */
export function subjectMark({ fields }: Pick<Request, 'fields'>): string {
  return fields.subjectId.slice(-6).toUpperCase();
}

export interface ErasedOn {
  readonly done: number;
  readonly all: number;
  /** Not confirmed and still expected to say so: the longest silent first. */
  readonly waited: readonly ErasureConfirmation[];
  /** Revoked before it said so: it may hold what it held, sealed, and never say. */
  readonly lost: readonly ErasureConfirmation[];
  /** Nothing is left to be asked. */
  readonly isEverywhere: boolean;
}

/** A retired device went on as another, which is told of by itself. */
export function erasedOn(devices: readonly ErasureConfirmation[]): ErasedOn {
  const asked = devices.filter(({ state, confirmedAt }) => state !== 'retired' || confirmedAt !== undefined);
  const open = asked.filter(({ confirmedAt }) => confirmedAt === undefined).sort((a, b) => a.lastContactAt.localeCompare(b.lastContactAt));
  return {
    done: asked.length - open.length,
    all: asked.length,
    waited: open.filter(({ state }) => state !== 'revoked'),
    lost: open.filter(({ state }) => state === 'revoked'),
    isEverywhere: open.length === 0,
  };
}
