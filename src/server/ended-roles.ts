/** Changes of roles as a list outside the database: a restored backup must not give back a role that was ended. */
import * as z from 'zod/mini';
import { communeCodeSchema, uuidSchema } from '#domain/identifiers.ts';
import { assignmentSchema } from '#domain/role.ts';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

const roleChangeSchema = z.strictObject({
  communeCode: communeCodeSchema,
  memberId: uuidSchema,
  changedAt: z.int(),
  assignments: z.array(assignmentSchema),
});
/** What a member held from `changedAt` (milliseconds since 1970) on: all other roles had ended. Every change is written, so that a member's last line is what they hold today. */
export type RoleChange = z.infer<typeof roleChangeSchema>;
export type EndedRoles = AppendOnlyList<RoleChange>;

export function createEndedRolesFile(path: string): EndedRoles {
  return createListFile(path, roleChangeSchema);
}
