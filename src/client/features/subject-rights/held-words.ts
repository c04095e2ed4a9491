/** What is held about a household as lines of words: complete by construction, so that a field that is added is shown too. */
import { fieldFacts, inFieldOrder, recordFacts, valueWords } from '#client/languages/record-words.ts';
import type { Fact, RecordWordsContext } from '#client/languages/record-words.ts';
import type { Messages } from '#client/languages/vi.ts';
import type { Draft } from '#client/store/field-store.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import type { HistoryStep } from '#domain/feedback-fold.ts';
import { householdSchema } from '#domain/household.ts';
import type { Household } from '#domain/household.ts';
import type { AnyRecord, RecordState } from '#domain/record.ts';
import { retentionRules } from '#domain/retention.ts';

/** What an id stands for is told in words of its own, never as the name of another record: that may be somebody else's. */
export type HeldWordsContext = Omit<RecordWordsContext, 'nameOf'> & {
  /** Undefined: not known on this phone. */
  readonly unitName: (unitId: string) => string | undefined;
};

export interface MeantFact extends Fact {
  /** What it is kept for. */
  readonly keptFor: string;
  readonly isKept: boolean;
}

const householdFields = Object.keys(householdSchema.shape) as (keyof Household)[];
/** That these are empty says nothing: most households are neither doubles nor closed. */
const ofSomeAlone: ReadonlySet<keyof Household> = new Set(['sourceListId', 'mergedInto', 'closedOn', 'closedReason', 'closedTo']);
const nobody = () => undefined;

/** Every field that a household can have, also those that stand empty; the list that needs come from, where there are any. */
export function householdFacts(m: Messages, { fields }: RecordState<'household'>, context: HeldWordsContext): MeantFact[] {
  const h = m.subjectRights.held;
  const shown = householdFields.filter((field) => !ofSomeAlone.has(field) || fields[field] !== undefined);
  return inFieldOrder(m, shown.map((field) => [field, fields[field]] as const)).map(([field, value]) => {
    const words =
      field === 'sourceListId'
        ? typeof value === 'string'
          ? h.list(value)
          : undefined
        : field === 'mergedInto' || field === 'closedTo'
          ? h[field]
          : valueWords(m, 'household', field, value, { ...context, nameOf: nobody });
    return { name: m.words.fields[field] ?? field, words: words ?? h.notKept, keptFor: h.keptFor[field as keyof Household], isKept: words !== undefined };
  });
}

export function visitFacts(m: Messages, { fields }: RecordState<'visit'>, context: HeldWordsContext): Fact[] {
  const h = m.subjectRights.held;
  const { feedbackIds = [], deliveryIds = [] } = fields;
  return [
    // The day and the reason stand above them.
    ...fieldFacts(m, 'visit', { ...fields, date: undefined, purpose: undefined }, { ...context, nameOf: nobody }),
    ...(feedbackIds.length === 0 ? [] : [{ name: h.withFeedback, words: h.withFeedbackBelow(feedbackIds.length) }]),
    ...(deliveryIds.length === 0 ? [] : [{ name: h.withDeliveries, words: String(deliveryIds.length) }]),
  ];
}

/** What the commune asked about a visit, in its words, and what became of it. */
export function returnFacts(m: Messages, { fields }: RecordState<'visit_return'>, context: HeldWordsContext): Fact[] {
  return fieldFacts(m, 'visit_return', { ...fields, visitId: undefined }, { ...context, nameOf: nobody });
}

/** A line a photo: when it was taken, whether a face shows and who agreed, or that it was taken away. */
export function photoFacts(m: Messages, photos: readonly RecordState<'attachment'>[], { day }: HeldWordsContext): Fact[] {
  return photos.map(({ fields }, index) => ({
    name: m.photos.one(index + 1),
    words: fields.removedOn === undefined ? `${day(fields.on)} · ${fields.hasFace ? m.photos.withFace : m.photos.withoutFace}` : m.photos.removed(day(fields.removedOn)),
  }));
}

export function feedbackFacts(m: Messages, said: RecordState<'feedback'>, context: HeldWordsContext): Fact[] {
  return recordFacts(m, said, { ...context, nameOf: nobody });
}

/** The day and the answer stand above them. */
export function consentFacts(m: Messages, { fields }: RecordState<'consent'>, context: HeldWordsContext): Fact[] {
  return fieldFacts(m, 'consent', { ...fields, on: undefined, decision: undefined }, { ...context, nameOf: nobody });
}

/** What happened with it, all that was written with each step. */
export function stepFacts(m: Messages, { event }: HistoryStep, context: HeldWordsContext): { readonly title: string; readonly lines: readonly string[] } {
  const { type, on, feedbackId: _feedback, step: _step, ...written } = event;
  const lines = Object.entries(written).flatMap(([field, value]): string[] => {
    // Where it was merged into is what somebody else said.
    if (field === 'intoId' || field === 'eventId') return [];
    if (field === 'dueOn') return [m.feedback.due(context.day(String(value)))];
    if (field === 'field') return [`${m.subjectRights.held.field}: ${m.words.returnableFields[value as keyof typeof m.words.returnableFields]}`];
    const words = valueWords(m, 'feedback_event', field, value, { ...context, nameOf: context.unitName });
    return words === undefined ? [] : [words];
  });
  return { title: `${m.words.feedbackEvents[type]} · ${context.day(on)}`, lines };
}

/** From the table that the endpoint goes by each day. */
export function howLongWords(m: Messages): readonly string[] {
  const h = m.subjectRights.held;
  const { visit, feedback, consent, subject_request: request } = retentionRules;
  return [h.howLong.register, h.howLong.visit(visit.months), h.howLong.feedback(feedback.months), h.howLong.consent(consent.months), h.howLong.request(request.months)];
}

/** Values that another person wrote for a field, while nobody has chosen. `who`: a member's name, undefined: not known. */
export function otherValues(m: Messages, record: AnyRecord, context: HeldWordsContext, who: (memberId: string) => string | undefined): Fact[] {
  const h = m.subjectRights.held;
  return record.conflicts.map(({ field, value, memberId }) => {
    const name = who(memberId) ?? h.someone;
    if (field === 'deleted') return { name: m.words.fields['deleted'] ?? field, words: h.otherGone(name) };
    const words = valueWords(m, record.kind, field, value, { ...context, nameOf: nobody }) ?? h.notKept;
    return { name: m.words.fields[field] ?? field, words: h.other(name, words) };
  });
}

function kindOfForm(form: string): AnyRecord['kind'] {
  if (form === 'household' || form === 'move_household') return 'household';
  if (form === 'visit_return') return form;
  return form === 'tell' || form === 'detail' ? 'feedback_event' : 'visit';
}

/** What stands in a form that was left: without feedback whose speaker wished to stay unnamed. */
export function draftFacts(m: Messages, { form, values }: Draft, context: HeldWordsContext): Fact[] {
  if (typeof values !== 'object' || values === null) return [];
  const { feedback, ...fields } = values as Readonly<Record<string, unknown>>;
  const said = Array.isArray(feedback) ? (feedback as readonly { readonly said?: Partial<FeedbackInput> }[]) : [];
  const named = said.flatMap((one) => (one.said?.anonymity === 'named' && typeof one.said.text === 'string' ? [one.said.text] : []));
  return [
    ...fieldFacts(m, kindOfForm(form), fields, { ...context, nameOf: nobody }).filter(({ words }) => words !== ''),
    ...named.map((text) => ({ name: m.words.fields['text'] ?? '', words: text })),
  ];
}
