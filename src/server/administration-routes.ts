/** The routes of #sync/administration.ts: members and their phones, one's own sessions, the audit log. */
import type { Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  auditRequestSchema, deviceRevokeRequestSchema, invitationCancelRequestSchema, invitationRequestSchema, memberRequestSchema, sessionEndRequestSchema,
} from '#sync/administration.ts';
import type { Result } from '#domain/result.ts';
import type { Gate } from './gate.ts';
import type { Office, OfficeRefusal } from './office.ts';
import type { SessionAuth } from './sessions.ts';

/** Any other code names what is wrong in the request: 422. */
const refusalStatus: Partial<Record<string, 403 | 404 | 409>> = {
  not_your_role: 403,
  not_found: 404,
  last_administrator: 409,
  too_many_devices: 409,
  has_left: 409,
};

export function addAdministrationRoutes(
  app: Hono,
  { office, gate, log }: { readonly office: Office; readonly gate: Gate; readonly log: (line: string) => void },
): void {
  const nothing = z.strictObject({});

  route('/administration/members', nothing, (auth) => office.members(auth));
  route('/administration/member', memberRequestSchema, (auth, member) => office.saveMember(auth, member));
  route('/administration/invitation', invitationRequestSchema, (auth, { memberId }) => office.invite(auth, memberId));
  route('/administration/invitation/cancel', invitationCancelRequestSchema, (auth, { invitationId }) => office.cancelInvitation(auth, invitationId));
  route('/administration/device/revoke', deviceRevokeRequestSchema, (auth, { deviceId }) => office.revokeDevice(auth, deviceId));
  route('/session/list', nothing, async (auth) => ({ ok: true, value: { sessions: await office.sessions(auth) } }));
  route('/session/end', sessionEndRequestSchema, (auth, { sessionId }) => office.endSession(auth, sessionId));
  route('/audit', auditRequestSchema, (auth, { before }) => office.audit(auth, before));

  function route<S extends z.ZodMiniType>(
    path: string,
    schema: S,
    answer: (auth: SessionAuth, body: z.output<S>) => Promise<Result<object | undefined, OfficeRefusal>>,
  ): void {
    app.post(path, async (c: Context) => {
      const asked = await gate.readAsMember(c, schema);
      if (!asked.ok) return asked.error;
      const { auth, body } = asked.value;
      const answered = await answer(auth, body);
      log(`office ${path} device=${auth.deviceId} ${answered.ok ? 'done' : answered.error.code}`);
      if (answered.ok) return c.json(answered.value ?? { done: true });
      const { code, field } = answered.error;
      return c.json({ error: code, ...(field === undefined ? {} : { field }) }, refusalStatus[code] ?? 422);
    });
  }
}
