/** A prestigious person (người có uy tín) and the dated talks with them. Never what they think or whom they influence. */
import * as z from 'zod/mini';
import { daySchema, phoneSchema, uuidSchema } from './identifiers.ts';
import { spokenLanguages } from './household.ts';
import { visitTopicSchema } from './topic.ts';
import { visitLimits, voidReasonSchema } from './visit.ts';

/** `occupationOrRole` is civil (hamlet head, retired teacher …). `birthYear` has an upper bound at the entry's own year: change.ts. */
export const prestigiousPersonSchema = z.strictObject({
  fullName: z.string().check(z.minLength(2), z.maxLength(80)),
  birthYear: z.int().check(z.gte(1920), z.lte(2100)),
  sex: z.optional(z.enum(['m', 'f'])),
  phone: z.optional(phoneSchema),
  occupationOrRole: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  languages: z.optional(z.array(z.enum(spokenLanguages)).check(z.maxLength(7))),
});
export type PrestigiousPerson = z.infer<typeof prestigiousPersonSchema>;

export const contactPurposes = [
  'regular', 'tet', 'illness', 'bereavement', 'policy_info', 'feedback_followup', 'disaster',
] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

export const contactMet = ['yes', 'absent'] as const;

export const prestigiousContactSchema = z.strictObject({
  personId: uuidSchema,
  date: daySchema,
  purpose: z.enum(contactPurposes),
  met: z.enum(contactMet),
  topics: z.optional(z.array(visitTopicSchema).check(z.maxLength(visitLimits.topics))),
  outcome: z.optional(z.string().check(z.minLength(1), z.maxLength(visitLimits.outcome))),
  feedbackIds: z.optional(z.array(uuidSchema).check(z.maxLength(visitLimits.feedback))),
  /** There is one: the talk is void, and counts nowhere. */
  voidReason: z.optional(voidReasonSchema),
});
export type PrestigiousContact = z.infer<typeof prestigiousContactSchema>;
