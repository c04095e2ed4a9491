/** Why a change or an entry is refused, as one code and one field: the same words on the phone, on the wire and in a form. */
import type * as z from 'zod/mini';

export type RejectionCode =
  | 'unknown_field' | 'required' | 'too_short' | 'too_long' | 'out_of_range' | 'wrong_format' | 'not_in_list' | 'wrong_type'
  | 'fixed' | 'deleted' | 'declined' | 'referred_kind' | 'not_named' | 'kept_apart' | 'kind_of_level' | 'unknown_record' | 'unknown_area'
  | 'already_merged'
  /** By the phone alone (wording.ts); never on the wire. */
  | 'wording';

/** It broke a rule the phone could have known: shown with its reason, to be mended or knowingly discarded. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly field?: string | undefined;
}

type Issue = z.core.$ZodIssue;

/** zod's issues as the one rejection a person is told: the first, an unknown field before all others. */
export function toRejection(issues: readonly Issue[]): Rejection {
  const flat = issues.flatMap((issue) => (issue.code === 'invalid_union' && issue.errors.length > 0 ? nearestBranch(issue) : [issue]));
  const unknown = flat.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') return { code: 'unknown_field', field: unknown.keys[0] };
  const first = flat[0];
  if (first === undefined) return { code: 'wrong_type' };
  const field = first.path.length > 0 ? String(first.path[0]) : undefined;
  return { code: codeOf(first), field };
}

function nearestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue[] {
  const fewest = Math.min(...issue.errors.map((branch) => branch.length));
  const nearest = issue.errors.find((branch) => branch.length === fewest) ?? [];
  return nearest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function codeOf(issue: Issue): RejectionCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'wrong_type';
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_short' : 'out_of_range';
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_long' : 'out_of_range';
    case 'invalid_format':
      return 'wrong_format';
    case 'invalid_value':
      return issue.input === undefined ? 'required' : 'not_in_list';
    case 'invalid_union':
      return 'not_in_list';
    case 'custom':
      return issue.message as RejectionCode;
    default:
      return 'wrong_type';
  }
}
