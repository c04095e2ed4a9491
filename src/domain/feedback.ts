/**
 * Feedback (phản ánh, kiến nghị): what a citizen said, its way to an answer, and the answer told at the door.
 * What was said is one record; all that happens to it are append-only events, folded in `feedback-fold.ts`.
 * Source: domain model 3.2.
 */
import * as z from 'zod/mini';
import { daySchema, phoneSchema, uuidSchema } from './identifiers.ts';
import { blocRoles as bloc, teamRoles as team } from './role.ts';
import type { Role } from './role.ts';
import { isAboutStaff, topicSchema } from './topic.ts';

export const feedbackChannels = ['visit', 'meeting', 'phone', 'letter', 'box', 'office'] as const;
export type FeedbackChannel = (typeof feedbackChannels)[number];

export const feedbackKinds = [
  'phan_anh', 'kien_nghi', 'de_nghi_ho_tro', 'hoi_chinh_sach', 'cam_on', 'khieu_nai', 'to_cao',
] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** Complaints and denunciations are referred: kind, day and hamlet are kept, never content or a name. */
const referredKinds = ['khieu_nai', 'to_cao'] as const satisfies readonly FeedbackKind[];
export function isReferredKind(kind: FeedbackKind): boolean {
  return (referredKinds as readonly FeedbackKind[]).includes(kind);
}

export const anonymities = ['named', 'name_withheld', 'anonymous'] as const;
export type Anonymity = (typeof anonymities)[number];

export const urgencies = ['normal', 'urgent_safety'] as const;
export type Urgency = (typeof urgencies)[number];

const personal = ['citizenName', 'citizenPhone', 'householdId', 'nameToResponder'] as const;
const content = ['receiptCode', 'channel', 'topic', 'text', 'place', 'anonymity', 'urgency', ...personal] as const;

/**
 * `text`: 10 to 1,000 characters (what, where, what is wished). `citizenName`, `citizenPhone`, `householdId` only when named.
 * `nameToResponder`: the citizen agreed that the unit that answers learns the name.
 */
export const feedbackSchema = z
  .strictObject({
    kind: z.enum(feedbackKinds),
    receivedOn: daySchema,
    receiptCode: z.optional(z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/))),
    channel: z.optional(z.enum(feedbackChannels)),
    topic: z.optional(topicSchema),
    text: z.optional(z.string().check(z.minLength(10), z.maxLength(1000))),
    place: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
    anonymity: z.optional(z.enum(anonymities)),
    nameToResponder: z.optional(z.boolean()),
    citizenName: z.optional(z.string().check(z.minLength(2), z.maxLength(80))),
    citizenPhone: z.optional(phoneSchema),
    householdId: z.optional(uuidSchema),
    urgency: z.optional(z.enum(urgencies)),
  })
  .check((context) => {
    const feedback = context.value;
    const refuse = (field: string, error: string) =>
      context.issues.push({ code: 'custom', path: [field], message: error, input: feedback });
    if (isReferredKind(feedback.kind)) {
      for (const field of content) if (feedback[field] !== undefined) refuse(field, 'referred_kind');
      return;
    }
    for (const field of ['receiptCode', 'channel', 'topic', 'text', 'anonymity'] as const) {
      if (feedback[field] === undefined) refuse(field, 'required');
    }
    if (feedback.anonymity === 'named') {
      if (feedback.citizenName === undefined) refuse('citizenName', 'required');
    } else {
      for (const field of personal) if (feedback[field] !== undefined) refuse(field, 'not_named');
    }
  });
export type Feedback = z.infer<typeof feedbackSchema>;

/** Fields that only a reader who may know the citizen gets; a responder without the citizen's consent does not. */
export const citizenFields: readonly (keyof Feedback)[] = ['citizenName', 'citizenPhone', 'householdId'];

/** Is the feedback to be kept apart from household, visit and time of day? Everything but named feedback is. */
export function isKeptApart(feedback: Pick<Feedback, 'kind' | 'anonymity'>): boolean {
  return isReferredKind(feedback.kind) || feedback.anonymity !== 'named';
}

/** May no list that a hamlet reads (a visit's) name it? What is kept apart, and what is said about staff. */
export function isKeptOffLists(feedback: Pick<Feedback, 'kind' | 'anonymity' | 'topic'>): boolean {
  return isKeptApart(feedback) || isAboutStaff(feedback.topic);
}

/**
 * The states in the row order of the domain model's table, which also settles which of two concurrent events goes first.
 * `draft` is the phone's own and never travels; `extended` is `in_progress` with a new due day.
 */
export const feedbackStates = [
  'draft', 'received', 'triaged', 'assigned', 'in_progress', 'answered', 'delivered', 'confirmed', 'closed_unreachable', 'reopened',
  'returned', 'transferred_up', 'merged', 'withdrawn', 'referred',
] as const;
export type FeedbackState = (typeof feedbackStates)[number];

export const confirmations = ['satisfied', 'partly', 'not'] as const;
export type Confirmation = (typeof confirmations)[number];

export const answerChannels = ['visit', 'phone', 'office', 'paper'] as const;
export type AnswerChannel = (typeof answerChannels)[number];

/** The fields of what a citizen said that the bloc can send back for detail. */
export const returnableFields = ['text', 'place', 'topic', 'citizenPhone'] as const;
export type ReturnableField = (typeof returnableFields)[number];

const reason = z.string().check(z.minLength(3), z.maxLength(300));
/** Far beyond any real history; at the limit events go on, ordered by the table alone. */
export const maxStep = 1000;
/** `step`: how many events the author had seen applied; it orders the events of a feedback without trusting any clock. */
const everyEvent = { feedbackId: uuidSchema, step: z.int().check(z.gte(0), z.lte(maxStep)), on: daySchema };

export const feedbackEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('triage'), ...everyEvent, topic: z.optional(topicSchema), urgency: z.optional(z.enum(urgencies)) }),
  z.strictObject({ type: z.literal('assign'), ...everyEvent, unitId: uuidSchema, dueOn: daySchema }),
  z.strictObject({ type: z.literal('start'), ...everyEvent }),
  z.strictObject({
    type: z.literal('answer'),
    ...everyEvent,
    answer: z.string().check(z.minLength(10), z.maxLength(2000)),
    publicAnswer: z.optional(z.string().check(z.minLength(10), z.maxLength(500))),
  }),
  z.strictObject({ type: z.literal('choose_answer'), ...everyEvent, eventId: uuidSchema }),
  z.strictObject({ type: z.literal('extend'), ...everyEvent, dueOn: daySchema, reason }),
  z.strictObject({ type: z.literal('transfer_up'), ...everyEvent, reason }),
  z.strictObject({ type: z.literal('return'), ...everyEvent, field: z.enum(returnableFields), comment: reason }),
  z.strictObject({ type: z.literal('add_detail'), ...everyEvent, detail: z.string().check(z.minLength(3), z.maxLength(1000)) }),
  z.strictObject({ type: z.literal('deliver'), ...everyEvent, channel: z.enum(answerChannels) }),
  z.strictObject({ type: z.literal('not_found'), ...everyEvent }),
  z.strictObject({ type: z.literal('confirm'), ...everyEvent, confirmation: z.enum(confirmations) }),
  z.strictObject({ type: z.literal('close_unreachable'), ...everyEvent }),
  z.strictObject({ type: z.literal('reopen'), ...everyEvent, reason }),
  z.strictObject({ type: z.literal('merge'), ...everyEvent, intoId: uuidSchema }),
  z.strictObject({ type: z.literal('withdraw'), ...everyEvent }),
  z.strictObject({ type: z.literal('refer'), ...everyEvent }),
]);
type WrittenEvent = z.infer<typeof feedbackEventSchema>;
/** As it is read: a unit may not see what was added (`hiddenDetail` in `permissions.ts`). Whoever writes one gives it; the schema sees to that. */
export type FeedbackEvent = WrittenEvent extends infer E ? (E extends { type: 'add_detail' } ? Omit<E, 'detail'> & { detail?: string | undefined } : E) : never;
export type FeedbackEventType = FeedbackEvent['type'];

interface Transition {
  readonly from: readonly FeedbackState[];
  /** Where it leads; `confirm` with `not` and a `reopen` count are settled in the fold. */
  readonly to: FeedbackState | 'same';
  readonly by: readonly Role[];
}

/** The whole graph of domain model 3.2 as data: who may make which event, from where it applies, where it leads. */
export const feedbackTransitions: Record<FeedbackEventType, Transition> = {
  triage: { from: ['received', 'reopened'], to: 'triaged', by: bloc },
  assign: { from: ['triaged'], to: 'assigned', by: bloc },
  start: { from: ['assigned'], to: 'in_progress', by: [...bloc, 'responder'] },
  answer: { from: ['triaged', 'in_progress', 'transferred_up'], to: 'answered', by: [...bloc, 'responder'] },
  choose_answer: { from: ['answered'], to: 'same', by: bloc },
  extend: { from: ['in_progress'], to: 'same', by: ['bloc_lead'] },
  transfer_up: { from: ['assigned', 'reopened'], to: 'transferred_up', by: bloc },
  return: { from: ['triaged', 'assigned'], to: 'returned', by: [...bloc, 'responder'] },
  add_detail: { from: ['returned'], to: 'received', by: [...team, ...bloc] },
  deliver: { from: ['answered'], to: 'delivered', by: [...team, ...bloc] },
  not_found: { from: ['answered', 'delivered'], to: 'same', by: team },
  confirm: { from: ['delivered'], to: 'confirmed', by: [...team, ...bloc] },
  close_unreachable: { from: ['delivered'], to: 'closed_unreachable', by: [...team, ...bloc] },
  reopen: { from: ['delivered', 'confirmed', 'closed_unreachable'], to: 'reopened', by: ['bloc_lead', ...team] },
  merge: { from: ['received'], to: 'merged', by: bloc },
  withdraw: { from: ['received', 'returned'], to: 'withdrawn', by: [...team, ...bloc] },
  refer: { from: ['received', 'triaged'], to: 'referred', by: bloc },
};

/** At most two reopenings (domain model 3.2); the next "not" goes up instead. */
export const maxReopenings = 2;
/** A closed feedback may be reopened within this many days of its closing. */
export const reopenWithinDays = 30;
/** Nobody at the door: after this many tries … */
export const unreachableTries = 2;
/** … and this many days since the answer, it may be closed as unreachable. */
export const unreachableAfterDays = 14;
