/** Why what was asked of a commune's office is not done: a code of the wire, or the rule that a field of the request breaks. Whoever is told it has changed nothing. */
import type { Rejection } from '#domain/rejection.ts';
import type { OfficeErrorCode } from '#sync/administration.ts';

export type OfficeRefusal = Rejection | { readonly code: OfficeErrorCode; readonly field?: string | undefined };
