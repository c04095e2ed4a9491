/** One dated visit to a household. */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';
import { supportKindSchema, visitTopicSchema } from './topic.ts';

export const visitPurposes = [
  'regular', 'tet', 'illness', 'bereavement', 'newborn', 'support_delivery', 'policy_info', 'feedback_followup', 'disaster',
  'housing_check',
] as const;
export type VisitPurpose = (typeof visitPurposes)[number];

export const visitMet = ['yes', 'absent', 'asked_later'] as const;
export type VisitMet = (typeof visitMet)[number];

/** Why what was sent does not count. The record and its history stay. */
export const voidReasons = ['wrong_household', 'entered_twice', 'did_not_happen', 'other'] as const;
export type VoidReason = (typeof voidReasons)[number];
export const voidReasonSchema = z.enum(voidReasons);

/** Codes of the units that went along (border guard, women's union …): units, never persons. */
export const companionUnits = [
  'front', 'women', 'farmers', 'veterans', 'youth', 'elderly', 'border_guard', 'police', 'military', 'commune', 'health', 'school',
] as const;
export type CompanionUnit = (typeof companionUnits)[number];

/** Of one visit, and of one talk with a prestigious person: how many, and of the outcome how many characters. */
export const visitLimits = { topics: 5, outcome: 300, feedback: 10, minutes: 240 } as const;

/** `outcome`: what was done or promised, never what people think. `feedbackIds`: named feedback only (domain model 3.1), none about staff. */
export const visitSchema = z.strictObject({
  householdId: uuidSchema,
  date: daySchema,
  purpose: z.enum(visitPurposes),
  met: z.enum(visitMet),
  companions: z.optional(z.array(z.enum(companionUnits)).check(z.maxLength(12))),
  topics: z.optional(z.array(visitTopicSchema).check(z.maxLength(visitLimits.topics))),
  needsReported: z.optional(z.array(supportKindSchema).check(z.maxLength(9))),
  outcome: z.optional(z.string().check(z.minLength(1), z.maxLength(visitLimits.outcome))),
  feedbackIds: z.optional(z.array(uuidSchema).check(z.maxLength(visitLimits.feedback))),
  deliveryIds: z.optional(z.array(uuidSchema).check(z.maxLength(10))),
  durationMin: z.optional(z.int().check(z.gte(1), z.lte(visitLimits.minutes))),
  /** The day on which the team promised to come again. */
  promisedOn: z.optional(daySchema),
  /** There is one: the visit is void, and counts nowhere. */
  voidReason: z.optional(voidReasonSchema),
});
export type Visit = z.infer<typeof visitSchema>;
