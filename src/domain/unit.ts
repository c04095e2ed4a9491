/** A unit that acts: the commune bloc, a hamlet team, an office that answers feedback (People's Committee, Front, border post …). */
import * as z from 'zod/mini';
import { daySchema, hamletIdSchema } from './identifiers.ts';

const unitKinds = ['bloc', 'team', 'office', 'front_board', 'oversight', 'mediation'] as const;

export const unitSchema = z.strictObject({
  kind: z.enum(unitKinds),
  name: z.string().check(z.minLength(2), z.maxLength(120)),
  hamletId: z.optional(hamletIdSchema),
  decisionNo: z.optional(z.string().check(z.maxLength(40))),
  decidedOn: z.optional(daySchema),
  demo: z.optional(z.boolean()),
});
export type Unit = z.infer<typeof unitSchema>;
