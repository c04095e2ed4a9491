/** The roles of the field (domain model, section 2) and what a member holds. */
import * as z from 'zod/mini';
import { hamletIdSchema, uuidSchema } from './identifiers.ts';

export const roles = [
  'team_member', 'team_lead', 'bloc_officer', 'bloc_lead', 'responder', 'commune_admin', 'province_viewer', 'dpo',
] as const;
export type Role = (typeof roles)[number];

/** A role held in a place: a team's in its hamlet, a responder's in its unit, all others in the commune (or the province's own code). */
export const assignmentSchema = z
  .strictObject({
    role: z.enum(roles),
    hamletId: z.optional(hamletIdSchema),
    unitId: z.optional(uuidSchema),
  })
  .check(
    z.refine((a) => isTeamRole(a.role) === (a.hamletId !== undefined), { path: ['hamletId'], error: 'required' }),
    z.refine((a) => (a.role === 'responder') === (a.unitId !== undefined), { path: ['unitId'], error: 'required' }),
  );
export type Assignment = z.infer<typeof assignmentSchema>;

/** The same for the same role in the same place, and for no other. */
export function assignmentKey({ role, hamletId, unitId }: Assignment): string {
  return JSON.stringify([role, hamletId, unitId]);
}

export function isSameAssignment(a: Assignment, b: Assignment): boolean {
  return assignmentKey(a) === assignmentKey(b);
}

/** Those of a hamlet's team, and those of the commune's bloc. */
export const teamRoles: readonly Role[] = ['team_member', 'team_lead'];
export const blocRoles: readonly Role[] = ['bloc_officer', 'bloc_lead'];

export function isTeamRole(role: Role): boolean {
  return teamRoles.includes(role);
}

export function isBlocRole(role: Role): boolean {
  return blocRoles.includes(role);
}

/** Who may judge the entries of others that wait: a team's lead in its hamlet, the bloc in the commune. */
export function isSupervisorRole(role: Role): boolean {
  return role === 'team_lead' || isBlocRole(role);
}

/** Where the record of whoever holds this lies: in the hamlet of a team's role, else in the commune. */
export function areaOfHolder({ role, hamletId }: Assignment, communeCode: string): string {
  return isTeamRole(role) ? (hamletId ?? communeCode) : communeCode;
}

/** A member as rules see one: who, in which commune, holding what now. */
export interface MemberScope {
  readonly memberId: string;
  readonly communeCode: string;
  readonly assignments: readonly Assignment[];
  /** The area id of the province that the commune belongs to: its handbook is for them too. Undefined: none is known, or this is the province's own code. */
  readonly provinceId?: string | undefined;
}

type Holder = Pick<MemberScope, 'assignments'>;

/** Of the commune's bloc, by any of their roles. */
export function isOfBloc({ assignments }: Holder): boolean {
  return assignments.some(({ role }) => isBlocRole(role));
}

/** Of a hamlet's team, by any of their roles: whoever stands at the door and logs visits. */
export function isOfTeam({ assignments }: Holder): boolean {
  return assignments.some(({ role }) => isTeamRole(role));
}
