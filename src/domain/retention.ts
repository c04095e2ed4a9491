/**
 * How long what is kept, as one dated table, and the one question asked of a record each day: is its time over? Source: domain model 3.2 and 3.4 (24 months);
 * rows with `needsLegalReview` are our proposal until a lawyer has read them. What is let go of is no deletion by a person: nobody chooses whose.
 */
import { daysBetween } from './identifiers.ts';
import { letGoText, withoutName, withoutWords } from './let-go.ts';
import type { FeedbackStanding } from './feedback-fold.ts';
import type { FeedbackEvent, FeedbackEventType, FeedbackState } from './feedback.ts';
import type { AnyRecord, RecordKind } from './record.ts';

export interface RetentionRule {
  readonly months: number;
  /** From which local day the months are counted. */
  readonly countedFrom: 'its day' | 'its end' | 'what took its place' | 'its closing' | 'its deletion';
  /** `words`: text and whoever it is about, the rest counts on. `record`: all of it. */
  readonly letsGoOf: 'words' | 'record';
  readonly source: string;
  readonly needsLegalReview?: true;
}

const noTimeline = 'domain model 3.4: no timeline of a person older than 24 months';
const deidentified = 'domain model 3.2: de-identified 24 months after its end';

/** By kind, in force since 2026-01-01. A kind that is not named is kept as long as it is in use: places, units, colleagues, the register itself. */
export const retentionRules = {
  visit: { months: 24, countedFrom: 'its day', letsGoOf: 'record', source: noTimeline },
  prestigious_contact: { months: 24, countedFrom: 'its day', letsGoOf: 'record', source: noTimeline },
  visit_return: { months: 24, countedFrom: 'its day', letsGoOf: 'record', source: noTimeline },
  attachment: { months: 24, countedFrom: 'its day', letsGoOf: 'record', source: noTimeline },
  benefit: { months: 60, countedFrom: 'its day', letsGoOf: 'record', source: 'the five-year cycle of Decision 12/2018', needsLegalReview: true },
  feedback: { months: 24, countedFrom: 'its end', letsGoOf: 'words', source: deidentified },
  feedback_event: { months: 24, countedFrom: 'its end', letsGoOf: 'words', source: deidentified },
  consent: { months: 24, countedFrom: 'what took its place', letsGoOf: 'record', source: 'Law 91/2025/QH15: proof of consent', needsLegalReview: true },
  subject_request: { months: 60, countedFrom: 'its closing', letsGoOf: 'record', source: 'Law 91/2025/QH15: proof that it was answered', needsLegalReview: true },
} as const satisfies Partial<Record<RecordKind, RetentionRule>>;
/**
 * Feedback that the bloc found to be a complaint or a denunciation: of one written down as such no words are kept at all. A month, so that whoever spoke
 * can still be told where it is received.
 */
export const referredRule: RetentionRule = {
  months: 1, countedFrom: 'its end', letsGoOf: 'words', source: 'domain model 3.2: of what is referred kind and day are kept, no content and no name', needsLegalReview: true,
};
/** What a person deleted, of any kind that tells of people. */
const deletedRule: RetentionRule = { months: 24, countedFrom: 'its deletion', letsGoOf: 'record', source: noTimeline };
/** Entries that wait for a person, since they came; a supervisor's words on why one was declined, since they were written. */
export const waitingMonths = 24;
export const noteMonths = 24;

/** Of these nothing is ever let go, also where a person deleted them. */
export const kindsNeverLetGo: readonly RecordKind[] = ['area', 'unit', 'member'];

/** What the record itself does not say; local days. */
export interface RetentionFacts {
  /** When the feedback that it is, or belongs to, came to its end. */
  readonly endedOn?: string | undefined;
  /** It ended by being referred. */
  readonly isReferred?: boolean | undefined;
  /** When a later consent for the same purpose was given. */
  readonly supersededOn?: string | undefined;
  readonly deletedOn?: string | undefined;
}

export type RetentionAct = { readonly letsGoOf: 'record' } | { readonly letsGoOf: 'words'; readonly set: Readonly<Record<string, string | null>> };

/** What is let go of today (a local day). Undefined: its time is not over, or nothing is left to let go. */
export function dueForRetention(record: AnyRecord, facts: RetentionFacts, today: string): RetentionAct | undefined {
  if (kindsNeverLetGo.includes(record.kind)) return undefined;
  if (record.deleted && isOver(facts.deletedOn, deletedRule.months, today)) return { letsGoOf: 'record' };
  switch (record.kind) {
    case 'visit':
    case 'prestigious_contact':
    case 'benefit':
      return wholeIf(isOver(record.fields.date, retentionRules[record.kind].months, today));
    case 'visit_return':
    case 'attachment':
      return wholeIf(isOver(record.fields.on, retentionRules[record.kind].months, today));
    case 'consent':
      return wholeIf(isOver(facts.supersededOn, retentionRules.consent.months, today));
    case 'subject_request':
      return wholeIf(isOver(record.fields.closedOn, retentionRules.subject_request.months, today));
    case 'feedback':
    case 'feedback_event': {
      const set = wordsOf(record);
      const { months } = facts.isReferred === true ? referredRule : retentionRules[record.kind];
      return isOver(facts.endedOn, months, today) && isAnyLeft(record, set) ? { letsGoOf: 'words', set } : undefined;
    }
    default:
      return undefined;
  }
}

function wholeIf(isDue: boolean): RetentionAct | undefined {
  return isDue ? { letsGoOf: 'record' } : undefined;
}

const wordsOfEvent: Partial<Record<FeedbackEventType, readonly string[]>> = {
  answer: ['answer'], return: ['comment'], add_detail: ['detail'], extend: ['reason'], transfer_up: ['reason'], reopen: ['reason'],
};

/** The public answer is written without names and stands on a board: it stays. */
function wordsOf(record: AnyRecord): Readonly<Record<string, string | null>> {
  if (record.kind === 'feedback_event') return Object.fromEntries((wordsOfEvent[record.fields.type] ?? []).map((field) => [field, letGoText]));
  if (record.kind !== 'feedback' || record.fields.text === undefined) return {};
  return record.fields.anonymity === 'named' ? { ...withoutWords, ...withoutName } : withoutWords;
}

function isAnyLeft({ fields, conflicts }: AnyRecord, set: Readonly<Record<string, string | null>>): boolean {
  const kept = fields as Readonly<Record<string, unknown>>;
  return Object.entries(set).some(([field, value]) => (kept[field] ?? null) !== value) || conflicts.some(({ field }) => Object.hasOwn(set, field));
}

export const endedFeedbackStates: readonly FeedbackState[] = ['confirmed', 'closed_unreachable', 'withdrawn', 'merged', 'referred'];

/** The local day on which a feedback came to its end. Undefined: it has not; however old, it is still to be answered. */
export function endOf({ state, closedOn, history }: Pick<FeedbackStanding, 'state' | 'closedOn' | 'history'>): string | undefined {
  if (!endedFeedbackStates.includes(state)) return undefined;
  const days = history.filter(({ applied }) => applied).map(({ event }: { readonly event: FeedbackEvent }) => event.on);
  return closedOn ?? days.reduce<string | undefined>((last, on) => (last === undefined || on > last ? on : last), undefined);
}

/** Have so many months passed since that day? Also on the day itself on which they have. */
export function isOver(from: string | undefined, months: number, today: string): boolean {
  return from !== undefined && addMonths(from, months) <= today;
}

/** The same day of a later month, or its last one where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** In days: how far the calendar may have gone on since the last daily run for the next one to believe it at once, and how many further days it is looked at if not. */
export const longestStep = 31;
export const doubtfulDays = 7;

/** The last daily run, and the days since then that were not believed. */
export interface DailyRun {
  readonly doneFor: string;
  /** The last day that was seen and not believed. */
  readonly seenOn?: string | undefined;
  /** How many days followed the first of them, each within `longestStep` of the one before. */
  readonly followed?: number | undefined;
}

/**
 * A clock that jumped ahead would let go of everything at once, and for ever. So a day that lies far beyond the last run is believed only when further days have
 * followed it, as they do after a machine was off for months. An earlier day lets go of less: it is believed.
 */
export function judgeDay({ doneFor, seenOn, followed = 0 }: DailyRun, today: string): 'done' | 'due' | 'seen' | { readonly seenOn: string; readonly followed: number } {
  if (today === doneFor) return 'done';
  if (daysBetween(doneFor, today) <= longestStep) return 'due';
  if (today === seenOn) return 'seen';
  const step = seenOn === undefined ? undefined : daysBetween(seenOn, today);
  const isNext = step !== undefined && step > 0 && step <= longestStep;
  const days = isNext ? followed + 1 : 0;
  return days >= doubtfulDays ? 'due' : { seenOn: today, followed: days };
}
