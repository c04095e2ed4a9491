/** All that is stored of a record, line by line, in words: what may be shown at the door, and what is given up when it is discarded. */
import type { AnyRecord } from '#domain/record.ts';
import type { Messages } from './vi.ts';

export interface RecordWordsContext {
  /** `2026-11-21` as people write a day. */
  readonly day: (day: string) => string;
  /** A whole number with its separators. */
  readonly amount: (n: number) => string;
  /** What another record is called; undefined: it stays out (an id tells nobody anything). */
  readonly nameOf: (recordId: string) => string | undefined;
}

/** A line's name and its words. */
export interface Fact {
  readonly name: string;
  readonly words: string;
}

/** Fields with a code for a value, by kind: in which list their word stands. */
const vocabulary: { readonly [field: string]: (m: Messages, kind: AnyRecord['kind']) => Readonly<Record<string, string>> | undefined } = {
  purpose: (m, kind) => (kind === 'visit' ? m.words.visitPurposes : kind === 'consent' ? m.words.consentPurposes : m.words.contactPurposes),
  met: (m) => m.words.met,
  companions: (m) => m.words.companionUnits,
  topics: (m) => m.words.topics,
  topic: (m) => m.words.topics,
  needsReported: (m) => m.words.supportKinds,
  needs: (m) => m.words.needs,
  contact: (m) => m.words.householdContacts,
  lang: (m) => m.words.languages,
  languages: (m) => m.words.languages,
  sex: (m) => m.words.sexes,
  kind: (m, kind) =>
    kind === 'benefit' ? m.words.benefitKinds : kind === 'feedback' ? m.words.feedbackKinds : kind === 'subject_request' ? m.words.requestKinds : kind === 'document' ? m.words.documentKinds : undefined,
  level: (m, kind) => (kind === 'benefit' ? m.words.benefitLevels : undefined),
  channel: (m, kind) => (kind === 'feedback_event' ? m.words.answerChannels : m.words.feedbackChannels),
  anonymity: (m) => m.words.anonymities,
  urgency: (m) => m.words.urgencies,
  type: (m) => m.words.feedbackEvents,
  confirmation: (m) => m.words.confirmations,
  role: (m) => m.words.roles,
  decision: (m) => m.words.consentDecisions,
  way: (m, kind) => (kind === 'consent' ? m.words.consentWays : m.words.requestWays),
  subjectKind: (m) => m.words.requestSubjects,
  closedAs: (m) => m.words.requestClosings,
  refusal: (m) => m.words.requestRefusals,
  closedReason: (m) => m.words.closingReasons,
  voidReason: (m) => m.words.voidReasons,
  settledAs: (m) => m.words.returnSettlements,
  state: (m, kind) => (kind === 'prestigious_term' ? m.words.termStates : kind === 'mobilization_model' ? m.words.modelStates : undefined),
  endReason: (m) => m.words.termEndReasons,
  field: (m, kind) => (kind === 'mobilization_model' ? m.words.modelFields : m.words.fields),
  ownerKind: (m) => m.words.modelOwnerKinds,
  occasion: (m) => m.words.benefitOccasions,
  // Of a picture its type is for programs alone.
};

const dayFields = new Set(['date', 'receivedOn', 'on', 'dueOn', 'decidedOn', 'validFrom', 'validTo', 'closedOn', 'promisedOn', 'settledOn', 'proposedOn', 'minutesOn', 'submittedOn', 'reviewedOn', 'endedOn', 'registeredOn', 'recognizedOn', 'removedOn', 'archivedOn', 'editedOn']);
const recordFields = new Set(['householdId', 'personId', 'feedbackId', 'unitId', 'hamletId', 'intoId', 'subjectId', 'mergedInto', 'visitId', 'closedTo', 'parentId']);
/** Ids that name nothing a person knows. */
const hiddenFields = new Set(['sourceListId', 'feedbackIds', 'deliveryIds', 'step', 'eventId', 'sha256', 'thumbnail', 'readVersion', 'readText', 'bytes', 'width', 'height', 'slug']);

export function recordFacts(m: Messages, record: Pick<AnyRecord, 'kind' | 'fields'>, context: RecordWordsContext): Fact[] {
  return fieldFacts(m, record.kind, record.fields, context);
}

/** The same of fields that are no whole record: what one change set. */
export function fieldFacts(m: Messages, kind: AnyRecord['kind'], fields: Readonly<Record<string, unknown>>, context: RecordWordsContext): Fact[] {
  // In the catalog's order: what comes from the endpoint stands in any.
  return Object.entries(m.words.fields).flatMap(([field, name]): Fact[] => {
    if (hiddenFields.has(field)) return [];
    const words = valueWords(m, kind, field, fields[field], context);
    return words === undefined ? [] : [{ name, words }];
  });
}

/** Fields with what stands in them, in the catalog's order. */
export function inFieldOrder<V>(m: Messages, entries: readonly (readonly [field: string, value: V])[]): (readonly [field: string, value: V])[] {
  const order = Object.keys(m.words.fields);
  return [...entries].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** What a field is called; undefined: it names nothing a person knows. */
export function fieldName(m: Messages, field: string): string | undefined {
  return hiddenFields.has(field) ? undefined : m.words.fields[field];
}

/** It names another record: its value is an id, which nobody can mend by typing. */
export function isRecordField(field: string): boolean {
  return recordFields.has(field);
}

/** The words of a field's codes; undefined: it takes no code. */
export function codeWords(m: Messages, kind: AnyRecord['kind'], field: string): Readonly<Record<string, string>> | undefined {
  return vocabulary[field]?.(m, kind);
}

/** One value of a field; undefined: nothing stands there, or nothing a person could read. */
export function valueWords(m: Messages, kind: AnyRecord['kind'], field: string, value: unknown, context: RecordWordsContext): string | undefined {
  if (Array.isArray(value)) {
    const each = value.map((one) => valueWords(m, kind, field, one, context)).filter((one) => one !== undefined);
    return each.length === 0 ? undefined : each.join(' · ');
  }
  if (typeof value === 'boolean') return value ? m.words.yes : m.words.no;
  if (typeof value === 'number') return field === 'amount' ? m.words.dong(context.amount(value)) : String(value);
  // Empty: a field of a form that nobody filled.
  if (typeof value !== 'string' || value === '') return undefined;
  if (recordFields.has(field)) return context.nameOf(value);
  if (dayFields.has(field)) return context.day(value);
  return vocabulary[field]?.(m, kind)?.[value] ?? value;
}
