/** The bloc gives a visit back to its team: one field, and what is asked about it. The team mends the visit, or says that it stands. */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';

/** The fields of a visit that can be asked about: those a person fills. */
export const returnableFields = ['date', 'purpose', 'met', 'companions', 'topics', 'needsReported', 'outcome', 'promisedOn', 'durationMin'] as const;
export type ReturnableField = (typeof returnableFields)[number];

/** `withdrawn`: by the bloc, which no longer asks. */
export const returnSettlements = ['corrected', 'stands', 'withdrawn'] as const;
export type ReturnSettlement = (typeof returnSettlements)[number];

export const returnCommentLimit = 200;

/** `comment`: about the visit, never about the household or whoever wrote it. Settled: both `settledAs` and `settledOn`. */
export const visitReturnSchema = z
  .strictObject({
    visitId: uuidSchema,
    field: z.enum(returnableFields),
    comment: z.string().check(z.minLength(2), z.maxLength(returnCommentLimit)),
    on: daySchema,
    settledAs: z.optional(z.enum(returnSettlements)),
    settledOn: z.optional(daySchema),
  })
  .check(
    z.refine((r) => r.settledAs === undefined || r.settledOn !== undefined, { path: ['settledOn'], error: 'required' }),
    z.refine((r) => r.settledOn === undefined || r.settledAs !== undefined, { path: ['settledAs'], error: 'required' }),
  );
export type VisitReturn = z.infer<typeof visitReturnSchema>;
