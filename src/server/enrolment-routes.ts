/** The routes by which a phone gets in: enrolment, the challenge and the session that its answer opens, renewal. */
import type { Context, Hono } from 'hono';
import { challengeRequestSchema, enrolmentCheckRequestSchema, enrolmentRequestSchema, renewalRequestSchema, sessionRequestSchema } from '#sync/protocol.ts';
import type { EnrolmentErrorCode } from '#sync/protocol.ts';
import type { Endpoint } from './endpoint.ts';
import type { Gate } from './gate.ts';
import type { RenewalRefusal } from './renewal.ts';
import { readBody } from './request-body.ts';
import { hashToken } from './tokens.ts';

const enrolmentStatus: Record<EnrolmentErrorCode, 404 | 409 | 410 | 422> = {
  unknown_invitation: 404,
  used_invitation: 409,
  too_many_devices: 409,
  expired_invitation: 410,
  cancelled_invitation: 410,
  probe_not_opened: 422,
};

const renewalStatus: Record<RenewalRefusal['code'], 401 | 409 | 422> = {
  no_session: 401,
  revoked_device: 401,
  used_device: 409,
  too_many_devices: 409,
  probe_not_opened: 422,
};

export function addEnrolmentRoutes(app: Hono, { endpoint, gate }: { readonly endpoint: Endpoint; readonly gate: Gate }): void {
  app.post('/enrolment/check', async (c) => {
    const body = await readBody(c, enrolmentCheckRequestSchema);
    if (!body.ok) return body.error;
    const limited = limitEnrolment(c, body.value.invitation);
    if (limited !== undefined) return limited;
    const answer = await endpoint.checkInvitation(body.value.invitation);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, enrolmentStatus[answer.error.code]);
  });

  app.post('/enrolment', async (c) => {
    const body = await readBody(c, enrolmentRequestSchema);
    if (!body.ok) return body.error;
    const limited = limitEnrolment(c, body.value.invitation);
    if (limited !== undefined) return limited;
    const answer = await endpoint.enrol(body.value);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, enrolmentStatus[answer.error.code]);
  });

  app.post('/session/challenge', async (c) => {
    const body = await readBody(c, challengeRequestSchema);
    if (!body.ok) return body.error;
    const { communeCode, deviceId } = body.value;
    // Anyone may ask for any device, and a bundle shows its id: strangers must not use up what the device itself needs.
    return gate.limited(c, 'challenge', `${gate.addressOf(c)} ${deviceId}`) ?? c.json(await endpoint.challenge(communeCode, deviceId));
  });

  app.post('/session', async (c) => {
    const body = await readBody(c, sessionRequestSchema);
    if (!body.ok) return body.error;
    const answer = await endpoint.openSession(body.value.challenge, body.value.signature);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, 401);
  });

  app.post('/device/renewal', async (c) => {
    const body = await readBody(c, renewalRequestSchema);
    if (!body.ok) return body.error;
    // Which device asks is known by its signature alone, and its challenge was limited.
    const limited = gate.limited(c, 'renewal', gate.addressOf(c));
    if (limited !== undefined) return limited;
    const answer = await endpoint.renew(body.value);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, renewalStatus[answer.error.code]);
  });

  function limitEnrolment(c: Context, invitation: string): Response | undefined {
    return gate.limited(c, 'enrolment', gate.addressOf(c)) ?? gate.limited(c, 'invitation', hashToken(invitation));
  }
}
