/** What a member asks with a session beside the sync: read strictly, answered or refused by one code with its status, logged by path, device and code alone. */
import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { Result } from '#domain/result.ts';
import type { Gate } from './gate.ts';
import type { SessionAuth } from './sessions.ts';

interface Refusal {
  readonly code: string;
  readonly field?: string | undefined;
}
export type RefusalStatus = 403 | 404 | 409 | 422;

export interface MemberRoutesDeps {
  readonly gate: Gate;
  readonly log: (line: string) => void;
}

/** Gives the function that adds one route, `POST` to its path. An answer of undefined is `{ done: true }`; `told`: what the log says of it, never a word of what was written. */
export function memberRoutes<R extends Refusal>(app: Hono, { gate, log }: MemberRoutesDeps, statusOf: (code: R['code']) => RefusalStatus) {
  return function route<S extends z.ZodMiniType, A extends object | undefined>(
    path: string,
    schema: S,
    answer: (auth: SessionAuth, body: z.output<S>) => Promise<Result<A, R>>,
    told: (body: z.output<S>, answered: A) => string = () => 'done',
  ): void {
    app.post(path, async (c) => {
      const asked = await gate.readAsMember(c, schema);
      if (!asked.ok) return asked.error;
      const { auth, body } = asked.value;
      const answered = await answer(auth, body);
      log(`asked ${path} device=${auth.deviceId} ${answered.ok ? told(body, answered.value) : answered.error.code}`);
      if (answered.ok) return c.json(answered.value ?? { done: true });
      const { code, field } = answered.error;
      return c.json({ error: code, ...(field === undefined ? {} : { field }) }, statusOf(code));
    });
  };
}
