/** A person with an account, as colleagues see them: a name and what they are. What they may do is in `permissions.ts`. */
import * as z from 'zod/mini';
import { hamletIdSchema, uuidSchema } from './identifiers.ts';
import { roles } from './role.ts';

/** In characters. */
export const memberNameLength = { least: 2, most: 80 } as const;

/**
 * `role`, `hamletId`, `unitId`: what they hold today, the first of several. `withoutRole`: nothing today; it is what they held last, or what
 * they will hold first: their name stays with what they wrote.
 */
export const memberSchema = z.strictObject({
  name: z.string().check(z.minLength(memberNameLength.least), z.maxLength(memberNameLength.most)),
  role: z.enum(roles),
  hamletId: z.optional(hamletIdSchema),
  unitId: z.optional(uuidSchema),
  withoutRole: z.optional(z.literal(true)),
});
export type Member = z.infer<typeof memberSchema>;
