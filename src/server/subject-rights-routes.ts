/** The routes of #sync/subject-rights.ts: a data-protection officer erases on request, and asks which phones have followed. */
import type { Hono } from 'hono';
import { erasureRequestSchema } from '#sync/subject-rights.ts';
import type { ErasureErrorCode } from '#sync/subject-rights.ts';
import type { Endpoint } from './endpoint.ts';
import { memberRoutes } from './member-routes.ts';
import type { MemberRoutesDeps, RefusalStatus } from './member-routes.ts';
import type { ErasureRefusal } from './subject-rights.ts';

const statuses: Record<ErasureErrorCode, RefusalStatus> = {
  not_your_role: 403,
  not_found: 404,
  not_an_erasure: 409,
  closed: 409,
  never_erased: 409,
  not_erased: 409,
};

export function addSubjectRightsRoutes(app: Hono, { endpoint, ...deps }: MemberRoutesDeps & { readonly endpoint: Endpoint }): void {
  const route = memberRoutes<ErasureRefusal>(app, deps, (code) => statuses[code]);
  route('/erasure', erasureRequestSchema, (auth, { requestId }) => endpoint.eraseForRequest(auth, requestId));
  route('/erasure/confirmations', erasureRequestSchema, (auth, { requestId }) => endpoint.erasureConfirmations(auth, requestId));
}
