/** Reads a request's body: limited before it is parsed, JSON, strictly one schema. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod/mini';
import { toRejection } from '#domain/change.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

const maxBodyBytes = 1024 * 1024;

export const limitBody = bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.json({ error: 'too_large' }, 413) });

/**
 * 400 `not_json`; 422 with what is wrong and where: `unknown_field` names the key that nobody asked for.
 * The refusal is the response to send.
 */
export async function readBody<S extends z.ZodMiniType>(c: Context, schema: S): Promise<Result<z.output<S>, Response>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return err(c.json({ error: 'not_json' }, 400));
  }
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const { code, field } = toRejection(parsed.error.issues);
  return err(c.json({ error: code, ...(field === undefined ? {} : { field: field.slice(0, 80) }) }, 422));
}
