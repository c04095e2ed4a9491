/** The endpoint over HTTP: reads what comes in, asks the endpoint, says what it said. No cookie is ever set. */
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import * as z from 'zod/mini';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { endpointRoutes } from '#sync/endpoint-routes.ts';
import {
  batchLimits,
  challengeRequestSchema,
  enrolmentCheckRequestSchema,
  decisionRequestSchema,
  enrolmentRequestSchema,
  historyRequestSchema,
  renewalRequestSchema,
  sessionRequestSchema,
  syncRequestSchema,
} from '#sync/protocol.ts';
import type { EnrolmentErrorCode, SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { wholePartOf } from './cut-sync.ts';
import type { Endpoint } from './endpoint.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RenewalRefusal } from './renewal.ts';
import type { RateLimit } from './rate-limit.ts';
import { limitBody, readBody, readBodyOrBeginning, refuseCut } from './request-body.ts';
import { securityHeaders } from './security-headers.ts';
import type { SessionAuth, SyncAuth } from './sessions.ts';
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

/** Such a pattern takes its own beginning as well: with both of them written out, a request would be counted twice. */
const apiPaths = endpointRoutes.map((route) => `/${route}/*`);

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

/** What is not named here says why the entry cannot be accepted so. */
const decisionStatus: Partial<Record<string, 404 | 409>> = { not_waiting: 404, already_decided: 409, own_entry: 409 };

export function createApp(deps: AppDeps): Hono {
  const { endpoint, clock, isHttps = false, addressOf = () => 'unknown', log = () => undefined } = deps;
  const limits = {
    // A team shares one address behind its village's router.
    address: createRateLimit({ clock, burst: 600, perMinute: 600 }),
    device: createRateLimit({ clock, burst: 240, perMinute: 120 }),
    challenge: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    // A file of 500 entries travels in some 170 requests where each entry is as large as one may be.
    bundle: createRateLimit({ clock, burst: 240, perMinute: 60 }),
    enrolment: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    invitation: createRateLimit({ clock, burst: 20, perMinute: 10 }),
    renewal: createRateLimit({ clock, burst: 60, perMinute: 30 }),
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

  app.post('/device/renewal', async (c) => {
    const body = await readBody(c, renewalRequestSchema);
    if (!body.ok) return body.error;
    // Which device asks is known by its signature alone, and its challenge was limited.
    const limited = isLimited(c, limits.renewal, addressOf(c));
    if (limited !== undefined) return limited;
    const answer = await endpoint.renew(body.value);
    return answer.ok ? c.json(answer.value) : c.json({ error: answer.error.code }, renewalStatus[answer.error.code]);
  });

  app.post('/sync', async (c) => {
    const started = clock.now();
    const auth = await endpoint.authenticate(c.req.header('authorization'));
    if (!auth.ok) return c.json({ error: auth.error.code }, 401);
    const limited = limitSync(c, auth.value);
    if (limited !== undefined) return limited;
    const brought = new Set<string>();
    const read = await readBodyOrBeginning(c, syncRequestSchema, wholePartOf, async (beginning) => {
      // A receipt is for all that one request brought.
      if (beginning.receipts === true || isTooLarge(beginning)) return;
      const { entries } = await endpoint.sync(auth.value, beginning);
      for (const entry of entries) if (entry.outcome === 'kept' && entry.known !== true) brought.add(nameOf(entry));
    });
    if (!read.ok) return read.error;
    const { body, isWhole } = read.value;
    const { entries } = body;
    if (isTooLarge(body)) return c.json({ error: 'too_large' }, 413);
    const answer = await endpoint.sync(auth.value, body);
    const kept = answer.entries.filter(({ outcome }) => outcome === 'kept').length;
    log(`sync ${auth.value.kind} device=${'deviceId' in auth.value ? auth.value.deviceId : '-'} entries=${entries.length} kept=${kept}${isWhole ? '' : ' cut'} ms=${clock.now() - started}`);
    if (!isWhole) return refuseCut(c);
    // What the beginning of this very request brought was not known before it.
    return c.json({ ...answer, entries: answer.entries.map(({ known, ...entry }) => (known === undefined || brought.has(nameOf(entry)) ? entry : { ...entry, known })) });
  });

  app.post('/history', async (c) => {
    const asked = await readAsMember(c, historyRequestSchema);
    if (!asked.ok) return asked.error;
    const history = await endpoint.history(asked.value.auth, asked.value.body.recordId);
    return history === undefined ? c.json({ error: 'not_found' }, 404) : c.json(history);
  });

  app.post('/waiting', async (c) => {
    const asked = await readAsMember(c, z.strictObject({}));
    return asked.ok ? c.json({ waiting: await endpoint.waitingFor(asked.value.auth) }) : asked.error;
  });

  app.post('/waiting/decision', async (c) => {
    const asked = await readAsMember(c, decisionRequestSchema);
    if (!asked.ok) return asked.error;
    const { auth, body } = asked.value;
    const decided = await endpoint.decide(auth, body);
    if (decided.ok) {
      log(`decision ${body.decision} device=${auth.deviceId} entry=${body.entryId} verdict=${decided.value.verdict}`);
      return c.json(decided.value);
    }
    const { code, field } = decided.error;
    return c.json({ error: code, ...(field === undefined ? {} : { field }) }, decisionStatus[code] ?? 422);
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

  /** For what a session alone may ask. The refusal is the response to send. */
  async function readAsMember<S extends z.ZodMiniType>(c: Context, schema: S): Promise<Result<{ auth: SessionAuth; body: z.output<S> }, Response>> {
    const auth = await endpoint.authenticate(c.req.header('authorization'));
    if (!auth.ok) return err(c.json({ error: auth.error.code }, 401));
    if (auth.value.kind !== 'session') return err(c.json({ error: 'no_session' }, 401));
    const limited = isLimited(c, limits.device, auth.value.deviceId);
    if (limited !== undefined) return err(limited);
    const body = await readBody(c, schema);
    return body.ok ? ok({ auth: auth.value, body: body.value }) : body;
  }

  function limitEnrolment(c: Context, invitation: string): Response | undefined {
    return isLimited(c, limits.enrolment, addressOf(c)) ?? isLimited(c, limits.invitation, hashToken(invitation));
  }

  function limitSync(c: Context, auth: SyncAuth): Response | undefined {
    return auth.kind === 'bundle' ? isLimited(c, limits.bundle, addressOf(c)) : isLimited(c, limits.device, auth.deviceId);
  }
}

function isTooLarge({ entries }: SyncRequest): boolean {
  return entries.reduce((bytes, entry) => bytes + entry.bytes.length * 0.75, 0) > batchLimits.bytes;
}

function nameOf({ session, deviceSeq }: Pick<SyncAnswer['entries'][number], 'session' | 'deviceSeq'>): string {
  return `${session} ${deviceSeq}`;
}

/** A path that is none of ours may hold anything: it is not logged. */
function routeOf(c: Context): string {
  return /^\/(endpoint|health|sync|enrolment|enrolment\/check|session|session\/challenge|device\/renewal|history|waiting|waiting\/decision)$/.test(c.req.path) ? c.req.path : '(app)';
}

/** Where it happened; the message may quote what was sent, so it is left out. */
function outlineOf(fault: Error): string {
  const frames = (fault.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in fault && typeof fault.code === 'string' ? ` code=${fault.code}` : '';
  return `${fault.name}${code} ${frames.slice(0, 3).map((frame) => frame.trim()).join(' | ')}`;
}
