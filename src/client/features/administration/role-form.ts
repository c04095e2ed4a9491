/** The form of a member's name and roles: what stands in its fields, and the roles it means or what is wrong with it. */
import type { HeldRole } from '#client/remote/administration.ts';
import { memberNameLength } from '#domain/member.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { isTeamRole, roles } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { tidyText } from '#domain/vietnamese-text.ts';
import { isSameAssignment } from './member-roles.ts';

/** As typed: empty text where nothing is chosen. */
export interface RoleFields {
  readonly role: Role | '';
  readonly hamletId: string;
  readonly unitId: string;
  readonly fromDay: string;
  readonly toDay: string;
}

/** What is wrong, by field: `name`, `0.role`, `1.toDay`. */
export type RoleProblem = 'name_short' | 'role' | 'hamlet' | 'unit' | 'from_day' | 'from_past' | 'to_before' | 'to_past' | 'twice';
export type RoleProblems = Readonly<Record<string, RoleProblem>>;

/** A province's own role is not a commune's to give. */
export const rolesToGive: readonly Role[] = roles.filter((role) => role !== 'province_viewer');

export function emptyRole(today: string): RoleFields {
  return { role: '', hamletId: '', unitId: '', fromDay: today, toDay: '' };
}

export function roleToFields({ assignment: { role, hamletId = '', unitId = '' }, fromDay, toDay = '' }: HeldRole): RoleFields {
  return { role, hamletId, unitId, fromDay, toDay };
}

/** Another role or place is another role: it begins today at the earliest. */
export function withChange(fields: RoleFields, change: Partial<RoleFields>, today: string): RoleFields {
  const next = { ...fields, ...change };
  const isAnother = next.role !== fields.role || next.hamletId !== fields.hamletId || next.unitId !== fields.unitId;
  return isAnother && next.fromDay < today ? { ...next, fromDay: today } : next;
}

/** `held`: what they hold as the endpoint told it; its days may lie in the past. */
export function fieldsToRoles(
  name: string,
  fields: readonly RoleFields[],
  held: readonly HeldRole[],
  today: string,
): Result<{ readonly name: string; readonly roles: HeldRole[] }, RoleProblems> {
  const problems: Record<string, RoleProblem> = {};
  const tidy = tidyText(name).replace(/\s+/gu, ' ');
  if (tidy.length < memberNameLength.least) problems['name'] = 'name_short';
  const wanted: HeldRole[] = [];
  for (const [at, each] of fields.entries()) {
    const assignment = assignmentOf(each);
    const problem = problemOf(each, assignment, held, today);
    if (problem !== undefined) problems[`${at}.${problem.field}`] = problem.code;
    if (assignment === undefined || problem !== undefined) continue;
    if (wanted.some((role) => isSameAssignment(role.assignment, assignment) && overlaps(role, each))) problems[`${at}.role`] = 'twice';
    wanted.push({ assignment, fromDay: each.fromDay, ...(each.toDay === '' ? {} : { toDay: each.toDay }) });
  }
  return Object.keys(problems).length > 0 ? err(problems) : ok({ name: tidy, roles: wanted });
}

/** Undefined: something of it is not chosen yet. */
function assignmentOf({ role, hamletId, unitId }: RoleFields): Assignment | undefined {
  if (role === '') return undefined;
  if (isTeamRole(role)) return hamletId === '' ? undefined : { role, hamletId };
  if (role === 'responder') return unitId === '' ? undefined : { role, unitId };
  return { role };
}

function problemOf(
  { role, hamletId, fromDay, toDay }: RoleFields,
  assignment: Assignment | undefined,
  held: readonly HeldRole[],
  today: string,
): { readonly field: keyof RoleFields; readonly code: RoleProblem } | undefined {
  if (role === '') return { field: 'role', code: 'role' };
  if (assignment === undefined) return isTeamRole(role) && hamletId === '' ? { field: 'hamletId', code: 'hamlet' } : { field: 'unitId', code: 'unit' };
  const same = held.filter((one) => isSameAssignment(one.assignment, assignment));
  if (fromDay === '') return { field: 'fromDay', code: 'from_day' };
  if (fromDay < today && !same.some((one) => one.fromDay === fromDay)) return { field: 'fromDay', code: 'from_past' };
  if (toDay === '') return undefined;
  if (toDay < fromDay) return { field: 'toDay', code: 'to_before' };
  return toDay < today && !same.some((one) => one.toDay === toDay) ? { field: 'toDay', code: 'to_past' } : undefined;
}

function overlaps({ fromDay, toDay }: HeldRole, other: RoleFields): boolean {
  const begins = other.toDay === '' || fromDay <= other.toDay;
  return begins && (toDay === undefined || other.fromDay <= toDay);
}
