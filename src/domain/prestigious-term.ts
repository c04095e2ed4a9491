/** A term of a prestigious person: proposed by the hamlet, recognized by the commune, ended with a reason (domain model 3.3). */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';

/**
 * `proposed`: the hamlet's meeting named them (form 01). `joint_meeting`: cell, hamlet head, Front and organizations agreed (form 02). `under_review`: the yearly
 * one. `replaced`: ended, and another person has taken over.
 */
export const termStates = ['proposed', 'joint_meeting', 'submitted', 'returned', 'recognized', 'active', 'under_review', 'ended', 'replaced'] as const;
export type TermState = (typeof termStates)[number];

/** What may follow. Asked on the phone: two people without a signal may both be right, and the endpoint merges what they wrote. */
export const termTransitions: Readonly<Record<TermState, readonly TermState[]>> = {
  proposed: ['joint_meeting', 'submitted', 'ended'],
  joint_meeting: ['submitted', 'ended'],
  submitted: ['recognized', 'returned'],
  returned: ['joint_meeting', 'submitted', 'ended'],
  recognized: ['active', 'ended'],
  active: ['under_review', 'ended'],
  under_review: ['active', 'ended'],
  ended: ['replaced'],
  replaced: [],
};

/** What the hamlet's lead may say by themselves: it proposes; the commune decides. */
export const proposingStates: readonly TermState[] = ['proposed', 'joint_meeting', 'submitted'];

/** The commune has decided: what the hamlet proposed is not its lead's to change any more. */
export const decidedTermStates: readonly TermState[] = ['recognized', 'active', 'under_review', 'ended', 'replaced'];

/** In these the person holds the term, and benefits are due. */
export const holdingStates: readonly TermState[] = ['recognized', 'active', 'under_review'];

export const termEndReasons = ['moved', 'health', 'died', 'own_request', 'replaced', 'term_end', 'no_longer_meets'] as const;
export type TermEndReason = (typeof termEndReasons)[number];

/** How many households must be at the meeting: two thirds of all that the hamlet has, not of those that came; 86 -> 58. */
export function quorumOf(households: number): number {
  // In whole numbers: 2 / 3 is none.
  return Math.ceil((households * 2) / 3);
}

/** `termFrom`, `termTo`: years, both inclusive (2023 to 2027). `households`, `present`: of the meeting that proposed; two thirds make it valid. `endReason`: a code, never a story. */
export const prestigiousTermSchema = z
  .strictObject({
    personId: uuidSchema,
    termFrom: z.int().check(z.gte(2000), z.lte(2100)),
    termTo: z.int().check(z.gte(2000), z.lte(2100)),
    state: z.enum(termStates),
    proposedOn: z.optional(daySchema),
    households: z.optional(z.int().check(z.gte(1), z.lte(5000))),
    present: z.optional(z.int().check(z.gte(0), z.lte(5000))),
    minutesOn: z.optional(daySchema),
    submittedOn: z.optional(daySchema),
    decisionNo: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
    decidedOn: z.optional(daySchema),
    reviewedOn: z.optional(daySchema),
    endedOn: z.optional(daySchema),
    endReason: z.optional(z.enum(termEndReasons)),
  })
  .check(
    z.refine((t) => t.termTo >= t.termFrom, { path: ['termTo'], error: 'out_of_range' }),
    z.refine((t) => t.present === undefined || t.households === undefined || (t.present >= quorumOf(t.households) && t.present <= t.households), { path: ['present'], error: 'out_of_range' }),
    z.refine((t) => (t.state !== 'ended' && t.state !== 'replaced') || t.endReason !== undefined, { path: ['endReason'], error: 'required' }),
  );
export type PrestigiousTerm = z.infer<typeof prestigiousTermSchema>;
