/** The log form's values, and the visit they make. */
import { tidyPhone } from '#client/ui/tidy-phone.ts';
import type { PhotoBegun } from '#domain/attach-photo.ts';
import type { CommandContext, CommandError } from '#domain/command.ts';
import { consentWording } from '#domain/consent.ts';
import type { ConsentWay } from '#domain/consent.ts';
import { phoneSchema } from '#domain/identifiers.ts';
import { createFeedback } from '#domain/raise-feedback.ts';
import type { FeedbackInput } from '#domain/raise-feedback.ts';
import type { RecordState } from '#domain/record.ts';
import { recordVisit } from '#domain/record-visit.ts';
import type { RecordedVisit } from '#domain/record-visit.ts';
import { err } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { fieldsOfValues, newFieldValues, wrongDay } from './visit-field-values.ts';
import type { UsualRound, VisitFieldValues } from './visit-field-values.ts';

/** Feedback while its fields are filled. */
export type FeedbackSaid = Partial<FeedbackInput> & Pick<FeedbackInput, 'kind'>;

/** `later`: the question is put off, and nothing is saved about it. */
export type ConsentAnswer = 'given' | 'refused' | 'later';

export interface VisitValues extends VisitFieldValues {
  /** As typed; undefined: not touched, so that a draft taken up later never undoes what somebody else corrected meanwhile. */
  readonly phone?: string | undefined;
  /** What a household that was never asked answered. */
  readonly consent?: ConsentAnswer | undefined;
  readonly consentWay: ConsentWay;
  readonly feedback: readonly { readonly key: number; readonly said: FeedbackSaid }[];
  /** Their pictures are sealed on this phone already. */
  readonly photos: readonly PhotoBegun[];
}

export interface VisitFormError extends CommandError {
  /** Which feedback is meant, where `kind` is `feedback`. */
  readonly feedbackKey?: number | undefined;
}

export function newVisitValues(today: string, usual: UsualRound): VisitValues {
  return { ...newFieldValues(today, usual), consentWay: 'spoken', feedback: [], photos: [] };
}

/** Is the household to be asked for its consent? Once, when somebody is there to answer; what it said is asked by nobody again. */
export function asksConsent({ met }: Pick<VisitValues, 'met'>, household: RecordState<'household'>): boolean {
  return met === 'yes' && household.fields.contact === 'not_asked';
}

/** The answer as the form holds it. A household that does not agree gives no phone either: what was typed of it is in the draft no longer. */
export function answered(consent: ConsentAnswer | undefined, consentWay: ConsentWay): Partial<VisitValues> {
  return consent === 'refused' ? { consent, consentWay, phone: undefined } : { consent, consentWay };
}

/** May its name and phone be asked and written? Not of a household that declines, also on this very form. */
export function takesDetails(values: Pick<VisitValues, 'met' | 'consent'>, household: RecordState<'household'>): boolean {
  return household.fields.contact !== 'no' && !(asksConsent(values, household) && values.consent === 'refused');
}

/** `doubles`: the household's, which lose with it what it does not agree to. `toInput` makes of a feedback's fields what the command takes. `today`: `YYYY-MM-DD`. */
export function visitOf(
  values: VisitValues,
  household: RecordState<'household'>,
  doubles: readonly RecordState<'household'>[],
  today: string,
  toInput: (said: FeedbackSaid) => FeedbackInput,
  begin: () => CommandContext,
): Result<RecordedVisit, VisitFormError> {
  const wrong = wrongDay(values, today);
  if (wrong !== undefined) return err(wrong);
  // Typed before the household declined: the field is gone from the form, and what stood in it with it.
  const phone = values.phone === undefined || !takesDetails(values, household) ? undefined : tidyPhone(values.phone);
  if (phone !== undefined && phone !== '' && !phoneSchema.safeParse(phone).success) {
    return err({ kind: 'household', code: 'wrong_format', field: 'phone' });
  }
  const inputs = values.feedback.map(({ key, said }) => ({ key, input: { ...toInput(said), channel: 'visit' as const } }));
  for (const { key, input } of inputs) {
    const checked = createFeedback(input, household.areaId, begin());
    if (!checked.ok) return err({ ...checked.error, feedbackKey: key });
  }
  const { consent: decision } = values;
  const isAnswered = asksConsent(values, household) && decision !== undefined && decision !== 'later';
  return recordVisit(
    household,
    {
      ...fieldsOf(values),
      phone,
      consent: isAnswered ? { purpose: 'visits', decision, way: values.consentWay, wording: consentWording, on: values.date, doubles } : undefined,
      feedback: inputs.map(({ input }) => input),
    },
    begin(),
  );
}

function fieldsOf({ date, purpose, met, companions, topics, needsReported, outcome, durationMin, promisedOn }: VisitFieldValues) {
  return { ...fieldsOfValues({ companions, topics, needsReported, outcome, durationMin, promisedOn }), date, purpose, met };
}
