/** The days between which a member holds their roles. Days are local, `YYYY-MM-DD`, and inclusive. */
import * as z from 'zod/mini';
import { daySchema } from './identifiers.ts';
import { assignmentSchema, isSameAssignment } from './role.ts';
import type { Assignment } from './role.ts';

/** A role with its days; without `toDay` until it is ended. */
export const heldRoleSchema = z
  .strictObject({ assignment: assignmentSchema, fromDay: daySchema, toDay: z.optional(daySchema) })
  .check(z.refine(({ fromDay, toDay }) => toDay === undefined || toDay >= fromDay, { path: ['toDay'], error: 'out_of_range' }));
export type HeldRole = z.infer<typeof heldRoleSchema>;

/** A role in the hamlet of today: a merged one is followed into the one that stands for it. */
export type PresentOf = (assignment: Assignment) => Assignment;
const asTheyAre: PresentOf = (assignment) => assignment;

export function isHeldOn({ fromDay, toDay }: HeldRole, day: string): boolean {
  return fromDay <= day && (toDay === undefined || toDay >= day);
}

/** It ended before this day. */
export function isOver({ toDay }: HeldRole, day: string): boolean {
  return toDay !== undefined && toDay < day;
}

/** Held on this day, or to come. */
export function rolesAhead(roles: readonly HeldRole[], day: string): readonly HeldRole[] {
  return roles.filter((role) => !isOver(role, day));
}

/** They hold nothing on this day and nothing is to come. */
export function hasLeft(roles: readonly HeldRole[], day: string): boolean {
  return rolesAhead(roles, day).length === 0;
}

/** The same role in the same place from the same day on, whenever it ends. */
export function isSameRun(a: HeldRole, b: HeldRole, presentOf: PresentOf = asTheyAre): boolean {
  return a.fromDay === b.fromDay && isSameAssignment(presentOf(a.assignment), presentOf(b.assignment));
}

/** Which end of this role cannot be said any more on `day`: it would lie in the past, and does not so far (`known`: all they held, hold and will hold). */
export function endInPast(known: readonly HeldRole[], role: HeldRole, day: string, presentOf: PresentOf = asTheyAre): 'fromDay' | 'toDay' | undefined {
  const runs = known.filter((one) => isSameRun(one, role, presentOf));
  if (isOver(role, day)) {
    if (runs.some(({ toDay }) => toDay === role.toDay)) return undefined;
    return runs.length === 0 ? 'fromDay' : 'toDay';
  }
  return role.fromDay < day && !runs.some((one) => !isOver(one, day)) ? 'fromDay' : undefined;
}
