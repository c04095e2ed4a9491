/** A record as phone and endpoint both hold it, and the registry of kinds with their strict schemas. */
import type * as z from 'zod/mini';
import { areaSchema } from './area.ts';
import { benefitSchema } from './benefit.ts';
import { feedbackEventSchema, feedbackSchema } from './feedback.ts';
import type { Feedback, FeedbackEvent } from './feedback.ts';
import type { Area } from './area.ts';
import type { Benefit } from './benefit.ts';
import { householdSchema } from './household.ts';
import type { Household } from './household.ts';
import { memberSchema } from './member.ts';
import type { Member } from './member.ts';
import { prestigiousContactSchema, prestigiousPersonSchema } from './prestigious-person.ts';
import type { PrestigiousContact, PrestigiousPerson } from './prestigious-person.ts';
import { unitSchema } from './unit.ts';
import type { Unit } from './unit.ts';
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
}
export type RecordKind = keyof FieldsOf;

interface KindRules {
  readonly schema: z.ZodMiniType;
  /** Fields that never change once set. `'all'`: the record is append-only. */
  readonly fixed: readonly string[] | 'all';
  /** The field that names the record this one belongs to: it lies where that one lies, and needs it to be readable. */
  readonly parent?: { readonly field: string; readonly kind: RecordKind };
}

export const kindRules: Record<RecordKind, KindRules> = {
  area: { schema: areaSchema, fixed: ['code', 'level'] },
  unit: { schema: unitSchema, fixed: ['kind'] },
  member: { schema: memberSchema, fixed: [] },
  household: { schema: householdSchema, fixed: [] },
  visit: { schema: visitSchema, fixed: ['householdId'], parent: { field: 'householdId', kind: 'household' } },
  prestigious_person: { schema: prestigiousPersonSchema, fixed: [] },
  prestigious_contact: { schema: prestigiousContactSchema, fixed: ['personId'], parent: { field: 'personId', kind: 'prestigious_person' } },
  benefit: { schema: benefitSchema, fixed: ['personId'], parent: { field: 'personId', kind: 'prestigious_person' } },
  feedback: { schema: feedbackSchema, fixed: ['kind', 'receivedOn', 'receiptCode', 'anonymity'] },
  feedback_event: { schema: feedbackEventSchema, fixed: 'all', parent: { field: 'feedbackId', kind: 'feedback' } },
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
