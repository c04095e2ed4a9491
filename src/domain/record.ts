/** A record as phone and endpoint both hold it, and the registry of kinds with their strict schemas. */
import type * as z from 'zod/mini';
import { areaSchema } from './area.ts';
import { attachmentSchema } from './attachment.ts';
import type { Attachment } from './attachment.ts';
import { benefitSchema } from './benefit.ts';
import { consentSchema } from './consent.ts';
import type { Consent } from './consent.ts';
import { feedbackEventSchema, feedbackSchema } from './feedback.ts';
import type { Feedback, FeedbackEvent } from './feedback.ts';
import type { Area } from './area.ts';
import type { Benefit } from './benefit.ts';
import { documentSchema, handbookPageSchema, readingReceiptSchema } from './handbook.ts';
import type { DirectiveDocument, HandbookPage, ReadingReceipt } from './handbook.ts';
import { householdSchema } from './household.ts';
import type { Household } from './household.ts';
import { memberSchema } from './member.ts';
import type { Member } from './member.ts';
import { mobilizationModelSchema, modelStates } from './mobilization-model.ts';
import type { MobilizationModel } from './mobilization-model.ts';
import { prestigiousContactSchema, prestigiousPersonSchema } from './prestigious-person.ts';
import type { PrestigiousContact, PrestigiousPerson } from './prestigious-person.ts';
import { prestigiousTermSchema, termStates } from './prestigious-term.ts';
import type { PrestigiousTerm } from './prestigious-term.ts';
import { subjectRequestSchema } from './subject-request.ts';
import type { SubjectRequest } from './subject-request.ts';
import { unitSchema } from './unit.ts';
import type { Unit } from './unit.ts';
import { visitReturnSchema } from './visit-return.ts';
import type { VisitReturn } from './visit-return.ts';
import { visitSchema } from './visit.ts';
import type { Visit } from './visit.ts';

export interface FieldsOf {
  area: Area;
  unit: Unit;
  member: Member;
  household: Household;
  visit: Visit;
  prestigious_person: PrestigiousPerson;
  prestigious_contact: PrestigiousContact;
  benefit: Benefit;
  feedback: Feedback;
  feedback_event: FeedbackEvent;
  consent: Consent;
  subject_request: SubjectRequest;
  visit_return: VisitReturn;
  prestigious_term: PrestigiousTerm;
  mobilization_model: MobilizationModel;
  attachment: Attachment;
  handbook_page: HandbookPage;
  document: DirectiveDocument;
  reading_receipt: ReadingReceipt;
}
export type RecordKind = keyof FieldsOf;

interface KindRules {
  /** The schema of entries that brought this kind; an endpoint that reads only older ones holds them. */
  readonly since: number;
  /** Fields that came with a later schema than the kind. */
  readonly fieldsSince?: Readonly<Record<string, number>>;
  readonly schema: z.ZodMiniType;
  /** Fields that never change once set. `'all'`: the record is append-only. */
  readonly fixed: readonly string[] | 'all';
  /** The field that names the record this one belongs to: it lies where that one lies, and needs it to be readable. */
  readonly parent?: { readonly field: string; readonly kinds: readonly RecordKind[] };
  /** What `state` goes through, in order: of two steps that were taken unaware of each other, the one further along stands. */
  readonly way?: readonly string[];
}

export const kindRules: Record<RecordKind, KindRules> = {
  area: { since: 1, schema: areaSchema, fixed: ['code', 'level'] },
  unit: { since: 1, schema: unitSchema, fixed: ['kind'] },
  member: { since: 1, schema: memberSchema, fixed: [] },
  household: { since: 1, fieldsSince: { mergedInto: 3, closedOn: 3, closedReason: 3, closedTo: 3 }, schema: householdSchema, fixed: [] },
  visit: { since: 1, fieldsSince: { promisedOn: 3, voidReason: 3 }, schema: visitSchema, fixed: ['householdId'], parent: { field: 'householdId', kinds: ['household'] } },
  prestigious_person: { since: 1, schema: prestigiousPersonSchema, fixed: [] },
  prestigious_contact: { since: 1, fieldsSince: { voidReason: 3 }, schema: prestigiousContactSchema, fixed: ['personId'], parent: { field: 'personId', kinds: ['prestigious_person'] } },
  benefit: { since: 1, fieldsSince: { occasion: 3, voidReason: 3 }, schema: benefitSchema, fixed: ['personId'], parent: { field: 'personId', kinds: ['prestigious_person'] } },
  feedback: { since: 1, schema: feedbackSchema, fixed: ['kind', 'receivedOn', 'receiptCode', 'anonymity'] },
  feedback_event: { since: 1, schema: feedbackEventSchema, fixed: 'all', parent: { field: 'feedbackId', kinds: ['feedback'] } },
  consent: { since: 2, schema: consentSchema, fixed: 'all', parent: { field: 'householdId', kinds: ['household'] } },
  subject_request: { since: 2, schema: subjectRequestSchema, fixed: ['subjectId', 'subjectKind', 'kind', 'receivedOn', 'way'] },
  visit_return: { since: 3, schema: visitReturnSchema, fixed: ['visitId', 'field', 'comment', 'on'], parent: { field: 'visitId', kinds: ['visit'] } },
  prestigious_term: { since: 3, schema: prestigiousTermSchema, fixed: ['personId'], parent: { field: 'personId', kinds: ['prestigious_person'] }, way: termStates },
  mobilization_model: { since: 3, schema: mobilizationModelSchema, fixed: [], way: modelStates },
  attachment: {
    since: 3, schema: attachmentSchema, fixed: ['parentId', 'sha256', 'type', 'bytes', 'width', 'height', 'on'],
    parent: { field: 'parentId', kinds: ['visit', 'prestigious_contact', 'prestigious_person'] },
  },
  handbook_page: { since: 3, schema: handbookPageSchema, fixed: [] },
  document: { since: 3, schema: documentSchema, fixed: [] },
  reading_receipt: { since: 3, schema: readingReceiptSchema, fixed: 'all' },
};

export const recordKinds = Object.keys(kindRules) as [RecordKind, ...RecordKind[]];

/** A value another device gave to a field, kept until a person settles which one stays. `field` is `deleted` for deletion against edit. */
export interface Conflict {
  readonly field: string;
  readonly value: unknown;
  readonly memberId: string;
  readonly occurredAt: string;
  readonly version: number;
  /** Whose value the record shows instead, and when they say so (`deleted`: who wrote on the record that stays). */
  readonly shown?: { readonly memberId: string; readonly occurredAt: string } | undefined;
}

export interface RecordState<K extends RecordKind = RecordKind> {
  readonly recordId: string;
  readonly kind: K;
  /** The commune or the hamlet it lies in. */
  readonly areaId: string;
  /** The record's own count of applied changes; 0: the endpoint has not applied any yet. Only the endpoint raises it. */
  readonly version: number;
  readonly deleted: boolean;
  readonly fields: FieldsOf[K];
  readonly conflicts: readonly Conflict[];
  /** Who made it and when the device says so; to the day where the time must not tell who was visited. */
  readonly memberId: string;
  readonly occurredAt: string;
  /** The endpoint's time of its first arrival; absent while it exists only on this phone. Dated to the day like `occurredAt`. */
  readonly receivedAt?: string | undefined;
}

/** A record of a known kind: `record.kind === 'visit'` narrows the fields. */
export type AnyRecord = { [K in RecordKind]: RecordState<K> }[RecordKind];

/** How rules look at other records, on the phone in memory, at the endpoint among those loaded for the entry. */
export interface Records {
  find(recordId: string): AnyRecord | undefined;
  /** The events of a feedback, in any order. */
  eventsOf(feedbackId: string): readonly RecordState<'feedback_event'>[];
}

export function isKind<K extends RecordKind>(record: AnyRecord | undefined, kind: K): record is Extract<AnyRecord, { kind: K }> {
  return record?.kind === kind;
}

/** The id of the record this one belongs to (a visit's household), if its kind has one. */
export function parentIdOf(kind: RecordKind, fields: Readonly<Record<string, unknown>>): string | undefined {
  const { parent } = kindRules[kind];
  const value = parent === undefined ? undefined : fields[parent.field];
  return typeof value === 'string' ? value : undefined;
}
