/** The form of a member's name and roles: what stands in its fields, and the roles it means or what is wrong with it. */
import { memberNameLength } from '#domain/member.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { isSameAssignment, isTeamRole, roles } from '#domain/role.ts';
import type { Assignment, Role } from '#domain/role.ts';
import { endInPast } from '#domain/role-days.ts';
import type { HeldRole } from '#domain/role-days.ts';
import { tidyText } from '#domain/vietnamese-text.ts';

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
    const read = fieldsToRole(each, held, today);
    if (!read.ok) {
      problems[`${at}.${read.error.field}`] = read.error.code;
      continue;
    }
    const role = read.value;
    if (wanted.some((other) => isSameAssignment(other.assignment, role.assignment) && overlaps(other, role))) problems[`${at}.role`] = 'twice';
    wanted.push(role);
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

function fieldsToRole(
  fields: RoleFields,
  held: readonly HeldRole[],
  today: string,
): Result<HeldRole, { readonly field: keyof RoleFields; readonly code: RoleProblem }> {
  const { role, hamletId, fromDay, toDay } = fields;
  if (role === '') return err({ field: 'role', code: 'role' });
  const assignment = assignmentOf(fields);
  if (assignment === undefined) return err(isTeamRole(role) && hamletId === '' ? { field: 'hamletId', code: 'hamlet' } : { field: 'unitId', code: 'unit' });
  if (fromDay === '') return err({ field: 'fromDay', code: 'from_day' });
  if (toDay !== '' && toDay < fromDay) return err({ field: 'toDay', code: 'to_before' });
  const asked: HeldRole = { assignment, fromDay, ...(toDay === '' ? {} : { toDay }) };
  const past = endInPast(held, asked, today);
  return past === undefined ? ok(asked) : err({ field: past, code: past === 'fromDay' ? 'from_past' : 'to_past' });
}

function overlaps(a: HeldRole, b: HeldRole): boolean {
  return (b.toDay === undefined || a.fromDay <= b.toDay) && (a.toDay === undefined || b.fromDay <= a.toDay);
}
