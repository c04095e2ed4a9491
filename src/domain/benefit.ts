/** A benefit due to a prestigious person (Decision 12/2018 and its successors; caps are configuration). */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';
import { voidReasonSchema } from './visit.ts';

export const benefitKinds = [
  'tet_visit', 'ill_visit', 'bereavement', 'hardship', 'newspaper', 'info_meeting', 'training', 'study_trip', 'commendation',
] as const;
export type BenefitKind = (typeof benefitKinds)[number];

/** For which a gift was brought. */
export const benefitOccasions = ['lunar_new_year', 'ethnic_new_year', 'unity_day', 'other'] as const;
export type BenefitOccasion = (typeof benefitOccasions)[number];

/** `amount`: whole VND. `ill_visit` records the fact only, no diagnosis. */
export const benefitSchema = z.strictObject({
  personId: uuidSchema,
  kind: z.enum(benefitKinds),
  date: daySchema,
  occasion: z.optional(z.enum(benefitOccasions)),
  level: z.optional(z.enum(['central', 'province', 'commune'])),
  amount: z.optional(z.int().check(z.gte(0), z.lte(1_000_000_000))),
  inKind: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
  deliveredBy: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
  /** There is one: it is void, and counts nowhere. */
  voidReason: z.optional(voidReasonSchema),
});
export type Benefit = z.infer<typeof benefitSchema>;
