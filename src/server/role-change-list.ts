/** Changes of roles as a list outside the database: a restored backup must not give back a role that was ended, nor forget its days. */
import * as z from 'zod/mini';
import { communeCodeSchema, uuidSchema } from '#domain/identifiers.ts';
import { assignmentSchema } from '#domain/role.ts';
import { heldRoleSchema } from '#domain/role-days.ts';
import { createListFile } from './append-only-list.ts';
import type { AppendOnlyList } from './append-only-list.ts';

const whoAndWhen = { communeCode: communeCodeSchema, memberId: uuidSchema, changedAt: z.int() };
const roleChangeSchema = z.union([
  z.strictObject({ ...whoAndWhen, roles: z.array(heldRoleSchema) }),
  /** As it was written before roles had days of their own: from that day on, until the next line. */
  z.strictObject({ ...whoAndWhen, assignments: z.array(assignmentSchema) }),
]);
/**
 * What a member holds from `changedAt` (milliseconds since 1970) on; what else ran had ended the day before. Every change is written, so that a member's lines,
 * done again in their order, make what they hold of what any backup knows.
 */
export type RoleChange = z.infer<typeof roleChangeSchema>;
export type RoleChangeList = AppendOnlyList<RoleChange>;

/** `formerPath`: where earlier versions wrote it. What stands there comes first; nothing is added to it. */
export function createRoleChangeFile(path: string, formerPath: string): RoleChangeList {
  const list = createListFile(path, roleChangeSchema);
  const former = createListFile(formerPath, roleChangeSchema);
  return { ...list, all: () => [...former.all(), ...list.all()] };
}
