/** A person with an account, as colleagues see them: a name and what they are. What they may do is in `permissions.ts`. */
import * as z from 'zod/mini';
import { hamletIdSchema, uuidSchema } from './identifiers.ts';
import { roles } from './role.ts';

export const memberSchema = z.strictObject({
  name: z.string().check(z.minLength(2), z.maxLength(80)),
  role: z.enum(roles),
  hamletId: z.optional(hamletIdSchema),
  unitId: z.optional(uuidSchema),
});
export type Member = z.infer<typeof memberSchema>;
