/** The endpoint over HTTP: reads what comes in, asks the endpoint, says what it said. No cookie is ever set. */
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import * as z from 'zod/mini';
import { err, ok } from '#domain/result.ts';
import { endpointRoutes } from '#sync/endpoint-routes.ts';
import { batchLimits, decisionRequestSchema, historyRequestSchema, syncRequestSchema } from '#sync/protocol.ts';
import type { SyncAnswer, SyncRequest } from '#sync/protocol.ts';
import { addAdministrationRoutes } from './administration-routes.ts';
import { wholePartOf } from './cut-sync.ts';
import type { DecisionError } from './decisions.ts';
import type { Endpoint } from './endpoint.ts';
import { addEnrolmentRoutes } from './enrolment-routes.ts';
import { createGate } from './gate.ts';
import { memberRoutes } from './member-routes.ts';
import { addPublicRoutes } from './public/public-routes.ts';
import { addPictureRoutes } from './picture-routes.ts';
import type { PictureUploads } from './picture-uploads.ts';
import type { RefusalStatus } from './member-routes.ts';
import { limitBody, readBodyOrBeginning, refuseCut } from './request-body.ts';
import { securityHeaders } from './security-headers.ts';
import type { SyncAuth } from './sessions.ts';
import { addSubjectRightsRoutes } from './subject-rights-routes.ts';
import { serveApp } from './static-files.ts';

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
  /** Where pictures arrive; undefined: none can be sent. */
  readonly uploads?: PictureUploads | undefined;
}

/** Such a pattern takes its own beginning as well: with both of them written out, a request would be counted twice. */
const apiPaths = endpointRoutes.map((route) => `/${route}/*`);

type MemberRefusal = DecisionError | { readonly code: 'not_found'; readonly field?: undefined };
/** What is not named here says why the entry cannot be accepted so. */
const statuses: Partial<Record<MemberRefusal['code'], RefusalStatus>> = { not_found: 404, not_waiting: 404, already_decided: 409, own_entry: 409 };

export function createApp(deps: AppDeps): Hono {
  const { endpoint, clock, isHttps = false, addressOf = () => 'unknown', log = () => undefined } = deps;
  const gate = createGate({ endpoint, clock, addressOf });
  const app = new Hono();
  app.use(securityHeaders(isHttps));
  app.use(compress());

  const api: MiddlewareHandler = async (c, next) => {
    c.header('cache-control', 'no-store');
    const limited = gate.limited(c, 'address', gate.addressOf(c));
    if (limited !== undefined) return limited;
    await next();
    return undefined;
  };
  for (const path of apiPaths) app.use(path, api, limitBody);

  app.get('/health', (c) => c.json({ ok: true }));
  app.get('/endpoint', (c) => c.json(endpoint.identity()));

  addEnrolmentRoutes(app, { endpoint, gate });
  addAdministrationRoutes(app, { office: endpoint.office, gate, log });
  addSubjectRightsRoutes(app, { endpoint, gate, log });
  addPublicRoutes(app, { endpoint, gate, clock });
  addPictureRoutes(app, { endpoint, uploads: deps.uploads, gate, log });

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

  const route = memberRoutes<MemberRefusal>(app, { gate, log }, (code) => statuses[code] ?? 422);
  route('/history', historyRequestSchema, async (auth, { recordId }) => {
    const history = await endpoint.history(auth, recordId);
    return history === undefined ? err({ code: 'not_found' }) : ok(history);
  });
  route('/waiting', z.strictObject({}), async (auth) => ok({ waiting: await endpoint.waitingFor(auth) }));
  route(
    '/waiting/decision',
    decisionRequestSchema,
    (auth, request) => endpoint.decide(auth, request),
    ({ decision, entryId }, { verdict }) => `${decision} entry=${entryId} verdict=${verdict}`,
  );

  // A path that is none of ours may hold anything: it is not logged.
  const ownPaths = new Set(app.routes.map(({ path }) => path).filter((path) => !path.includes('*')));
  // Whatever else is asked of these is no page of the app.
  for (const path of apiPaths) app.all(path, (c) => c.notFound());
  if (deps.appFolder !== undefined) serveApp(app, deps.appFolder);
  app.notFound((c) => c.json({ error: 'not_found' }, 404));
  app.onError((fault, c) => {
    log(`error ${c.req.method} ${ownPaths.has(c.req.path) ? c.req.path : '(app)'} ${outlineOf(fault)}`);
    c.header('cache-control', 'no-store');
    return c.json({ error: 'endpoint_error' }, 500);
  });
  return app;

  function limitSync(c: Context, auth: SyncAuth): Response | undefined {
    return auth.kind === 'bundle' ? gate.limited(c, 'bundle', gate.addressOf(c)) : gate.limited(c, 'device', auth.deviceId);
  }
}

function isTooLarge({ entries }: SyncRequest): boolean {
  return entries.reduce((bytes, entry) => bytes + entry.bytes.length * 0.75, 0) > batchLimits.bytes;
}

function nameOf({ session, deviceSeq }: Pick<SyncAnswer['entries'][number], 'session' | 'deviceSeq'>): string {
  return `${session} ${deviceSeq}`;
}

/** Where it happened; the message may quote what was sent, so it is left out. */
function outlineOf(fault: Error): string {
  const frames = (fault.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in fault && typeof fault.code === 'string' ? ` code=${fault.code}` : '';
  return `${fault.name}${code} ${frames.slice(0, 3).map((frame) => frame.trim()).join(' | ')}`;
}
