/** A mobilization model (mô hình dân vận khéo): a named local initiative, registered and recognized (domain model 3.3). */
import * as z from 'zod/mini';
import { daySchema } from './identifiers.ts';

/** The five fields that Cao Bằng reports by. */
export const modelFields = ['economy', 'culture_society', 'defense_security', 'political_system', 'new_rural'] as const;
export type ModelField = (typeof modelFields)[number];

export const modelOwnerKinds = ['collective', 'individual'] as const;

export const modelStates = [
  'registered', 'accepted', 'returned', 'in_progress', 'self_reported', 'checked', 'recognized', 'not_yet', 'maintained', 'ended',
] as const;
export type ModelState = (typeof modelStates)[number];

/** What a hamlet's lead may say by themselves; the rest is the commune's. */
export const registeringStates: readonly ModelState[] = ['registered', 'in_progress', 'self_reported', 'ended'];

/** The commune has looked at what came of it: that is not the lead's to change any more. */
export const judgedModelStates: readonly ModelState[] = ['checked', 'recognized', 'maintained'];

/** `owner`: a collective's name, or of an individual the name they registered under. `results`: numbers with their unit, never about a person. */
export const mobilizationModelSchema = z.strictObject({
  title: z.string().check(z.minLength(2), z.maxLength(120)),
  field: z.enum(modelFields),
  ownerKind: z.enum(modelOwnerKinds),
  owner: z.optional(z.string().check(z.minLength(2), z.maxLength(80))),
  year: z.optional(z.int().check(z.gte(2000), z.lte(2100))),
  registeredOn: z.optional(daySchema),
  plan: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  households: z.optional(z.int().check(z.gte(0), z.lte(10_000))),
  results: z.optional(
    z
      .array(
        z.strictObject({
          metric: z.string().check(z.minLength(1), z.maxLength(80)),
          unit: z.optional(z.string().check(z.minLength(1), z.maxLength(20))),
          value: z.optional(z.number()),
        }),
      )
      .check(z.maxLength(10)),
  ),
  state: z.enum(modelStates),
  decisionNo: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  recognizedOn: z.optional(daySchema),
});
export type MobilizationModel = z.infer<typeof mobilizationModelSchema>;
