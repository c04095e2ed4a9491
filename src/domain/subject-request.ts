/**
 * A citizen asks to see, correct or erase what is written about them. It names its subject by id alone, and no person: it stays when its subject is
 * erased, as the proof that it was. Source: Law 91/2025/QH15 and Decree 356/2025; domain model 3.1, 3.4.
 */
import * as z from 'zod/mini';
import { daySchema, uuidSchema } from './identifiers.ts';

export const requestSubjectKinds = ['household', 'prestigious_person', 'feedback'] as const;
export type RequestSubjectKind = (typeof requestSubjectKinds)[number];

export const requestKinds = ['access', 'correct', 'erase'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestWays = ['at_door', 'office', 'letter'] as const;
export type RequestWay = (typeof requestWays)[number];

export const requestClosings = ['done', 'refused'] as const;

/** Why it was refused; codes alone, so that no story about a person can be told here. */
export const requestRefusals = ['kept_by_law', 'not_theirs', 'already_gone'] as const;
export type RequestRefusal = (typeof requestRefusals)[number];

/** `receivedOn`, `closedOn`: local days. Open as long as it has no `closedAs`. */
export const subjectRequestSchema = z
  .strictObject({
    subjectId: uuidSchema,
    subjectKind: z.enum(requestSubjectKinds),
    kind: z.enum(requestKinds),
    receivedOn: daySchema,
    way: z.enum(requestWays),
    closedAs: z.optional(z.enum(requestClosings)),
    closedOn: z.optional(daySchema),
    refusal: z.optional(z.enum(requestRefusals)),
  })
  .check(
    z.refine((r) => r.closedAs === undefined || r.closedOn !== undefined, { path: ['closedOn'], error: 'required' }),
    z.refine((r) => r.closedOn === undefined || r.closedAs !== undefined, { path: ['closedAs'], error: 'required' }),
    z.refine((r) => r.closedAs !== 'refused' || r.refusal !== undefined, { path: ['refusal'], error: 'required' }),
    z.refine((r) => r.refusal === undefined || r.closedAs === 'refused', { path: ['refusal'], error: 'not_in_list' }),
  );
export type SubjectRequest = z.infer<typeof subjectRequestSchema>;

/** The fields that close it. */
export const closingNames = ['closedAs', 'closedOn', 'refusal'] as const;

/** That an erasure was done is said by whoever does it, the endpoint; a person can only refuse one (permissions.ts). */
export function isSaidByEndpointAlone(kind: unknown, set: Readonly<Record<string, unknown>>): boolean {
  return kind === 'erase' && set['closedAs'] === 'done';
}
