/** A world as it will be played: an organization, and what its members and its office do, step by step. All of it from a seed; nothing in it depends on how it goes. */
import type { Change, SetChange } from '#domain/change.ts';
import type { Assignment, Role } from '#domain/role.ts';

/** By number: the ids come with their enrolment. */
export interface PlannedMember {
  readonly name: string;
  readonly deviceId: string;
  readonly assignments: readonly Assignment[];
}

export interface PlannedEntry {
  readonly entryId: string;
  readonly deviceSeq: number;
  /** Whom it names as its author: whoever seals it, or somebody else. */
  readonly author: number;
  readonly after: readonly string[];
  readonly changes: readonly Change[];
}

export type Step =
  | { readonly is: 'push'; readonly by: number; readonly entry: PlannedEntry }
  | { readonly is: 'pull'; readonly by: number }
  | { readonly is: 'history'; readonly by: number; readonly recordId: string }
  | { readonly is: 'waiting'; readonly by: number }
  | { readonly is: 'decide'; readonly by: number; readonly entryId: string; readonly hamletId?: string | undefined; readonly accepts: boolean }
  | { readonly is: 'roles'; readonly of: number; readonly assignments: readonly Assignment[] }
  | { readonly is: 'revoke'; readonly of: number }
  | { readonly is: 'office'; readonly entryId: string; readonly changes: readonly Change[] };

export interface Plan {
  readonly seed: number;
  readonly communeCode: string;
  readonly hamlets: readonly string[];
  readonly units: readonly string[];
  readonly members: readonly PlannedMember[];
  /** With its number: a step that is left out in a twin takes neither its time nor its chance from another. */
  readonly steps: readonly (Step & { readonly no: number })[];
}

export const supervisors: readonly Role[] = ['team_lead', 'bloc_officer', 'bloc_lead'];

const parentFields: Readonly<Record<string, string>> = {
  visit: 'householdId', prestigious_contact: 'personId', benefit: 'personId', feedback_event: 'feedbackId', consent: 'householdId', subject_request: 'subjectId',
  visit_return: 'visitId', prestigious_term: 'personId', attachment: 'parentId',
};

/** The record that this one belongs to. */
export function parentIn(kind: string, fields: Readonly<Record<string, unknown>>): string | undefined {
  const field = parentFields[kind];
  const id = field === undefined ? undefined : fields[field];
  return typeof id === 'string' ? id : undefined;
}

/** Every record that a change touches, belongs to or lists. */
export function namedIn(change: Change): string[] {
  const { set } = change as Partial<SetChange>;
  const parentId = parentIn(change.kind, set ?? {});
  const listed = set?.['feedbackIds'];
  const beside = referenceIn(change.kind, set ?? {});
  return [change.recordId, ...[parentId ?? [], beside ?? []].flat(), ...(Array.isArray(listed) ? listed.map(String) : [])];
}

/** What it names beside its parent: whose household spoke, which feedback takes it in, whose double a household is, what was read. */
export function referenceIn(kind: string, fields: Readonly<Record<string, unknown>>): string | undefined {
  const field = { feedback: 'householdId', feedback_event: 'intoId', household: 'mergedInto', reading_receipt: 'subjectId' }[kind];
  const id = field === undefined ? undefined : fields[field];
  return typeof id === 'string' ? id : undefined;
}
