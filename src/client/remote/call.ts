/** One call to the endpoint, and what can come back instead of its answer. The only place that fetches. */
import * as z from 'zod/mini';
import { refusalSchema } from '#sync/protocol.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { compressBody } from './compressed-body.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export type CallError =
  /** No connection, or it broke before the whole answer was here. */
  | { readonly code: 'unreachable' }
  | { readonly code: 'timeout' }
  /** 429 and 5xx. */
  | { readonly code: 'endpoint_error'; readonly status: number; readonly retryAfterMs?: number | undefined }
  /** A captive portal, a proxy's page, an answer of another shape. */
  | { readonly code: 'not_our_endpoint' }
  | { readonly code: 'too_large' }
  /** The endpoint's own "no": its code and status. */
  | { readonly code: 'refused'; readonly status: number; readonly error: string; readonly field?: string | undefined };

export const callTimeoutMs = 60_000;

const neverSchema = z.never();

interface Call<A> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** The whole `Authorization` header. */
  readonly authorization?: string | undefined;
  readonly answer: z.ZodMiniType<A>;
}

/** Never throws for what a network does. */
export async function callEndpoint<A>(call: Call<A>, fetchFrom: Fetch = browserFetch): Promise<Result<A, CallError>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), callTimeoutMs);
  try {
    return await readAnswer(await send(call, fetchFrom, abort.signal), call.answer);
  } catch {
    return err({ code: abort.signal.aborted ? 'timeout' : 'unreachable' });
  } finally {
    clearTimeout(timer);
  }
}

/** The same for what is answered with bytes of one of `types`. */
export async function callForBytes(
  call: Omit<Call<unknown>, 'answer'> & { readonly types: readonly string[] },
  fetchFrom: Fetch = browserFetch,
): Promise<Result<Blob, CallError>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), callTimeoutMs);
  try {
    const response = await send(call, fetchFrom, abort.signal);
    const type = response.headers.get('content-type') ?? '';
    if (response.ok && call.types.includes(type)) return ok(await response.blob());
    // No answer of that shape: a refusal, or not our endpoint.
    const refused = await readAnswer(response, neverSchema);
    return refused.ok ? err({ code: 'not_our_endpoint' }) : refused;
  } catch {
    return err({ code: abort.signal.aborted ? 'timeout' : 'unreachable' });
  } finally {
    clearTimeout(timer);
  }
}

async function send(call: Omit<Call<unknown>, 'answer'>, fetchFrom: Fetch, signal: AbortSignal): Promise<Response> {
  const ask = async (headers: Record<string, string>, body?: BodyInit) =>
    await fetchFrom(call.path, {
      method: call.method,
      headers: { accept: 'application/json', ...headers, ...(call.authorization === undefined ? {} : { authorization: call.authorization }) },
      ...(body === undefined ? {} : { body }),
      cache: 'no-store',
      credentials: 'omit',
      // A captive portal redirects; followed, it would look like a lost connection (another origin) or like an answer (the same).
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal,
    });
  if (call.body === undefined) return await ask({});
  const json = { 'content-type': 'application/json' };
  const text = JSON.stringify(call.body);
  const compressed = await compressBody(text);
  if (compressed === undefined) return await ask(json, text);
  const response = await ask({ ...json, 'content-encoding': 'gzip' }, compressed);
  // An endpoint put back to an older version, or something on the way, does not know compressed bodies.
  return response.status === 400 || response.status === 415 ? await ask(json, text) : response;
}

async function readAnswer<A>(response: Response, schema: z.ZodMiniType<A>): Promise<Result<A, CallError>> {
  const { status } = response;
  // 511: the network itself asks for a login.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400) || status === 511) return err({ code: 'not_our_endpoint' });
  if (status === 413) return err({ code: 'too_large' });
  if (status === 429 || status >= 500) {
    return err({ code: 'endpoint_error', status, retryAfterMs: retryAfterMs(response.headers.get('retry-after')) });
  }
  const text = await response.text();
  const body = parseJson(text);
  if (!response.ok) {
    const refusal = refusalSchema.safeParse(body);
    return err(refusal.success ? { code: 'refused', status, error: refusal.data.error, field: refusal.data.field } : { code: 'not_our_endpoint' });
  }
  const answer = schema.safeParse(body);
  return answer.success ? ok(answer.data) : err({ code: 'not_our_endpoint' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function browserFetch(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, init);
}
