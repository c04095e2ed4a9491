/** The fields of a visit as its forms hold them, and what they make of it. */
import type { FieldStore } from '#client/store/field-store.ts';
import type { CommandError } from '#domain/command.ts';
import type { VisitCorrection } from '#domain/correct-visit.ts';
import { daysBetween } from '#domain/identifiers.ts';
import type { RecordState } from '#domain/record.ts';
import type { SupportKind, VisitTopic } from '#domain/topic.ts';
import type { CompanionUnit, Visit, VisitMet, VisitPurpose } from '#domain/visit.ts';
import { isVoid } from '#domain/void-record.ts';

/** Named as the visit's own fields: what is held about a household tells a draft by them. */
export interface VisitFieldValues {
  /** `YYYY-MM-DD`; the day the form was opened unless changed, also when its draft is taken up days later. */
  readonly date: string;
  readonly purpose: VisitPurpose;
  readonly met: VisitMet;
  readonly companions: CompanionUnit[];
  readonly topics: VisitTopic[];
  readonly needsReported: SupportKind[];
  readonly outcome: string;
  /** Minutes, as typed. */
  readonly durationMin: string;
  /** `YYYY-MM-DD`; empty: no day was named. */
  readonly promisedOn: string;
}

/** What is usual, chosen already. */
export type UsualRound = Pick<VisitFieldValues, 'purpose' | 'companions'>;

export function newFieldValues(today: string, { purpose, companions }: UsualRound): VisitFieldValues {
  return { date: today, purpose, met: 'yes', companions, topics: [], needsReported: [], outcome: '', durationMin: '', promisedOn: '' };
}

/** A visit as it was logged. */
export function valuesOfVisit({ date, purpose, met, companions = [], topics = [], needsReported = [], outcome = '', durationMin, promisedOn = '' }: Visit): VisitFieldValues {
  return { date, purpose, met, companions: [...companions], topics: [...topics], needsReported: [...needsReported], outcome, durationMin: durationMin === undefined ? '' : String(durationMin), promisedOn };
}

/** Days the phone alone asks about (the endpoint takes them, for a clock may be wrong). `today`: `YYYY-MM-DD`. */
export function wrongDay({ date, promisedOn }: Pick<VisitFieldValues, 'date' | 'promisedOn'>, today: string): CommandError | undefined {
  if (date > today) return { kind: 'visit', code: 'out_of_range', field: 'date' };
  return promisedOn !== '' && promisedOn <= date ? { kind: 'visit', code: 'out_of_range', field: 'promisedOn' } : undefined;
}

/** As the commands take them; what is not there was not touched. */
export function fieldsOfValues(values: Partial<VisitFieldValues>): VisitCorrection {
  const { durationMin: typed, ...fields } = values;
  // What is no number is for the rules to refuse, by the field's name.
  return typed === undefined ? fields : { ...fields, durationMin: typed.trim() === '' ? undefined : Number(typed) };
}

/** Companions of a round are chosen once; whoever went along weeks ago is not said to be there again. */
const sameRoundDays = 7;

/**
 * Of the member's last visit, as the phone itself has it: nothing beside the records remembers it, so it goes where they go. `today`: `YYYY-MM-DD`.
 */
export function usualRound(store: Pick<FieldStore, 'all' | 'account'>, today: string): UsualRound {
  const { memberId } = store.account();
  const last = store.all('visit').reduce<RecordState<'visit'> | undefined>(
    (latest, visit) => (visit.memberId !== memberId || isVoid(visit) || (latest !== undefined && latest.occurredAt >= visit.occurredAt) ? latest : visit),
    undefined,
  );
  if (last === undefined) return { purpose: 'regular', companions: [] };
  const { purpose, companions = [], date } = last.fields;
  return { purpose, companions: daysBetween(date, today) <= sameRoundDays ? [...companions] : [] };
}
