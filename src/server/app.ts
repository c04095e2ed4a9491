/** The endpoint over HTTP: reads what comes in, asks the endpoint, says what it said. No cookie is ever set. */
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import {
  batchLimits,
  challengeRequestSchema,
  enrolmentCheckRequestSchema,
  enrolmentRequestSchema,
  sessionRequestSchema,
  syncRequestSchema,
} from '#sync/protocol.ts';
import type { EnrolmentErrorCode } from '#sync/protocol.ts';
import type { Endpoint } from './endpoint.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import { limitBody, readBody } from './request-body.ts';
import { securityHeaders } from './security-headers.ts';
import type { SyncAuth } from './sessions.ts';
import { serveApp } from './static-files.ts';
import { hashToken } from './tokens.ts';

export interface AppDeps {
  readonly endpoint: Endpoint;
  readonly clock: { now(): number };
  /** The folder of the built app; undefined: the routes alone. */
  readonly appFolder?: string | undefined;
  /** Is the public address https? */
  readonly isHttps?: boolean | undefined;
  /** Who asks, for the rate limits alone: written nowhere. */
  readonly addressOf?: ((c: Context) => string) | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

const apiPaths = ['/endpoint', '/health', '/sync', '/enrolment', '/enrolment/*', '/session', '/session/*'];

const enrolmentStatus: Record<EnrolmentErrorCode, 404 | 409 | 410 | 422> = {
  unknown_invitation: 404,
  used_invitation: 409,
  too_many_devices: 409,
  expired_invitation: 410,
  cancelled_invitation: 410,
  probe_not_opened: 422,
};

export function createApp(deps: AppDeps): Hono {
  const { endpoint, clock, isHttps = false, addressOf = () => 'unknown', log = () => undefined } = deps;
  const limits = {
    // A team shares one address behind its village's router.
    address: createRateLimit({ clock, burst: 600, perMinute: 600 }),
    device: createRateLimit({ clock, burst: 240, perMinute: 120 }),
    challenge: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    bundle: createRateLimit({ clock, burst: 30, perMinute: 30 }),
    enrolment: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    invitation: createRateLimit({ clock, burst: 20, perMinute: 10 }),
  };
  const app = new Hono();
  app.use(securityHeaders(isHttps));
  app.use(compress());

  const isLimited = (c: Context, limit: RateLimit, key: string): Response | undefined => {
    const seconds = limit.take(key);
    if (seconds === undefined) return undefined;
    c.header('retry-after', String(seconds));
    return c.json({ error: 'too_many_requests' }, 429);
  };
  const api: MiddlewareHandler = async (c, next) => {
    c.header('cache-control', 'no-store');
    const limited = isLimited(c, limits.address, addressOf(c));
    if (limited !== undefined) return limited;
    await next();
    return undefined;
  };
  for (const path of apiPaths) app.use(path, api, limitBody);

  app.get('/health', (c) => c.json({ ok: true }));
  app.get('/endpoint', (c) => c.json(endpoint.identity()));

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
    return isLimited(c, limits.challenge, `${addressOf(c)} ${deviceId}`) ?? c.json(await endpoint.challenge(communeCode, deviceId));
  });

  app.post('/session', async (c) => {
    const body = await readBody(c, sessionRequestSchema);
    if (!body.ok) return body.error;
    const answer = await endpoint.openSession(body.value.challenge, body.value.signature);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, 401);
  });

  app.post('/sync', async (c) => {
    const started = clock.now();
    const auth = await endpoint.authenticate(c.req.header('authorization'));
    if (!auth.ok) return c.json({ error: auth.error.code }, 401);
    const limited = limitSync(c, auth.value);
    if (limited !== undefined) return limited;
    const body = await readBody(c, syncRequestSchema);
    if (!body.ok) return body.error;
    const { entries } = body.value;
    if (entries.reduce((bytes, entry) => bytes + entry.bytes.length * 0.75, 0) > batchLimits.bytes) return c.json({ error: 'too_large' }, 413);
    const answer = await endpoint.sync(auth.value, body.value);
    const kept = answer.entries.filter(({ outcome }) => outcome === 'kept').length;
    log(`sync ${auth.value.kind} device=${'deviceId' in auth.value ? auth.value.deviceId : '-'} entries=${entries.length} kept=${kept} ms=${clock.now() - started}`);
    return c.json(answer);
  });

  // Whatever else is asked of these is no page of the app.
  for (const path of apiPaths) app.all(path, (c) => c.notFound());
  if (deps.appFolder !== undefined) serveApp(app, deps.appFolder);
  app.notFound((c) => c.json({ error: 'not_found' }, 404));
  app.onError((fault, c) => {
    log(`error ${c.req.method} ${routeOf(c)} ${outlineOf(fault)}`);
    c.header('cache-control', 'no-store');
    return c.json({ error: 'endpoint_error' }, 500);
  });
  return app;

  function limitEnrolment(c: Context, invitation: string): Response | undefined {
    return isLimited(c, limits.enrolment, addressOf(c)) ?? isLimited(c, limits.invitation, hashToken(invitation));
  }

  function limitSync(c: Context, auth: SyncAuth): Response | undefined {
    return auth.kind === 'bundle' ? isLimited(c, limits.bundle, addressOf(c)) : isLimited(c, limits.device, auth.deviceId);
  }
}

/** A path that is none of ours may hold anything: it is not logged. */
function routeOf(c: Context): string {
  return /^\/(endpoint|health|sync|enrolment|enrolment\/check|session|session\/challenge)$/.test(c.req.path) ? c.req.path : '(app)';
}

/** Where it happened; the message may quote what was sent, so it is left out. */
function outlineOf(fault: Error): string {
  const frames = (fault.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in fault && typeof fault.code === 'string' ? ` code=${fault.code}` : '';
  return `${fault.name}${code} ${frames.slice(0, 3).map((frame) => frame.trim()).join(' | ')}`;
}
