/** The routes of #sync/administration.ts: members and their phones, one's own sessions, the audit log. */
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import {
  auditRequestSchema, deviceRevokeRequestSchema, invitationCancelRequestSchema, invitationRequestSchema, memberRequestSchema, printRequestSchema, sessionEndRequestSchema,
} from '#sync/administration.ts';
import type { OfficeErrorCode } from '#sync/administration.ts';
import { memberRoutes } from './member-routes.ts';
import type { MemberRoutesDeps, RefusalStatus } from './member-routes.ts';
import type { OfficeRefusal } from './office-refusal.ts';
import type { Office } from './office.ts';

const statuses: Record<OfficeErrorCode, RefusalStatus> = {
  not_your_role: 403,
  not_found: 404,
  last_administrator: 409,
  too_many_devices: 409,
  has_left: 409,
  unknown_place: 422,
  in_the_past: 422,
};

export function addAdministrationRoutes(app: Hono, { office, ...deps }: MemberRoutesDeps & { readonly office: Office }): void {
  // Any other code is of a field that breaks its rule.
  const route = memberRoutes<OfficeRefusal>(app, deps, (code) => (Object.hasOwn(statuses, code) ? statuses[code as OfficeErrorCode] : 422));
  const nothing = z.strictObject({});

  route('/administration/members', nothing, (auth) => office.members(auth));
  route('/administration/member', memberRequestSchema, (auth, member) => office.saveMember(auth, member));
  route('/administration/invitation', invitationRequestSchema, (auth, { memberId }) => office.invite(auth, memberId));
  route('/administration/invitation/cancel', invitationCancelRequestSchema, (auth, { invitationId }) => office.cancelInvitation(auth, invitationId));
  route('/administration/device/revoke', deviceRevokeRequestSchema, (auth, { deviceId }) => office.revokeDevice(auth, deviceId));
  route('/session/list', nothing, async (auth) => ({ ok: true, value: { sessions: await office.sessions(auth) } }));
  route('/session/end', sessionEndRequestSchema, (auth, { sessionId }) => office.endSession(auth, sessionId));
  route('/audit/print', printRequestSchema, (auth, print) => office.notePrint(auth, print));
  route('/audit', auditRequestSchema, (auth, { before }) => office.audit(auth, before));
}
