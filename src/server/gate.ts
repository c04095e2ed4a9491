/** What every route asks before it answers: how often this address, device or invitation asks, and who it is. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import type { Endpoint } from './endpoint.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import { readBody } from './request-body.ts';
import type { SessionAuth } from './sessions.ts';

/** What a request's limit is counted by. */
export type LimitName = 'address' | 'receipt' | 'board' | 'device' | 'challenge' | 'bundle' | 'enrolment' | 'invitation' | 'renewal' | 'picture';

export interface Gate {
  /** Stands for the address, for the limits alone: salted anew with each start, and said to nobody. */
  addressOf(c: Context): string;
  /** Sets `retry-after`; undefined: go on. For pages, which say it in words. */
  secondsToWait(c: Context, limit: LimitName, key: string): number | undefined;
  /** 429 with `retry-after`; undefined: go on. */
  limited(c: Context, limit: LimitName, key: string): Response | undefined;
  /** Who asks with a session, within what their device may ask. The refusal is the response to send. */
  authenticateMember(c: Context): Promise<Result<SessionAuth, Response>>;
  /** For what a session alone may ask. The refusal is the response to send. */
  readAsMember<S extends z.ZodMiniType>(c: Context, schema: S): Promise<Result<{ auth: SessionAuth; body: z.output<S> }, Response>>;
}

export function createGate(deps: {
  readonly endpoint: Pick<Endpoint, 'authenticate'>;
  readonly clock: { now(): number };
  readonly addressOf: (c: Context) => string;
}): Gate {
  const { endpoint, clock } = deps;
  const limits: Record<LimitName, RateLimit> = {
    // A team shares one address behind its village's router.
    address: createRateLimit({ clock, burst: 600, perMinute: 600 }),
    // A family looks up a slip or two; whoever tries out codes gets nowhere among 2^40 of them.
    receipt: createRateLimit({ clock, burst: 30, perMinute: 6 }),
    // Read anew from the database: a commune's hamlets one after another.
    board: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    device: createRateLimit({ clock, burst: 240, perMinute: 120 }),
    challenge: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    // A file of 500 entries travels in some 170 requests where each entry is as large as one may be.
    bundle: createRateLimit({ clock, burst: 240, perMinute: 60 }),
    enrolment: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    invitation: createRateLimit({ clock, burst: 20, perMinute: 10 }),
    renewal: createRateLimit({ clock, burst: 60, perMinute: 30 }),
    // Uploads that are begun: a day's photos at once, then one a minute.
    picture: createRateLimit({ clock, burst: 60, perMinute: 1 }),
  };

  const salt = randomBytes(16);
  const addressOf = (c: Context): string => createHmac('sha256', salt).update(deps.addressOf(c)).digest('base64url');

  function secondsToWait(c: Context, limit: LimitName, key: string): number | undefined {
    const seconds = limits[limit].take(key);
    if (seconds !== undefined) c.header('retry-after', String(seconds));
    return seconds;
  }

  function limited(c: Context, limit: LimitName, key: string): Response | undefined {
    return secondsToWait(c, limit, key) === undefined ? undefined : c.json({ error: 'too_many_requests' }, 429);
  }

  async function authenticateMember(c: Context): Promise<Result<SessionAuth, Response>> {
    const auth = await endpoint.authenticate(c.req.header('authorization'));
    if (!auth.ok) return err(c.json({ error: auth.error.code }, 401));
    if (auth.value.kind !== 'session') return err(c.json({ error: 'no_session' }, 401));
    const refused = limited(c, 'device', auth.value.deviceId);
    return refused === undefined ? ok(auth.value) : err(refused);
  }

  return {
    addressOf,
    secondsToWait,
    limited,
    authenticateMember,
    async readAsMember(c, schema) {
      const auth = await authenticateMember(c);
      if (!auth.ok) return auth;
      const body = await readBody(c, schema);
      return body.ok ? ok({ auth: auth.value, body: body.value }) : body;
    },
  };
}
