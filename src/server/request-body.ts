/** Reads a request's body: limited before it is inflated and before it is parsed, JSON, strictly one schema. */
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import type * as z from 'zod/mini';
import { toRejection } from '#domain/rejection.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

const maxBodyBytes = 1024 * 1024;
const maxInflatedBytes = 8 * 1024 * 1024;
/**
 * Values of all kinds in one body, and levels. A full request has some 1,000 in 5; a schema that finds 100,000 wrong ones fails of its
 * own complaints (they are handed on as arguments), and is slow long before.
 */
const maxValues = 20_000;
const maxLevels = 20;
/** A line that brought nothing for so long will not bring the rest. */
const idleMs = 30_000;
/** How long what has arrived may lie here before it is taken: a line is often cut without a word, and the phone asks again seconds later. */
const takeEveryMs = 1_500;

/** Whoever says beforehand that it is too much is not even listened to; a body that says nothing is counted as it comes. */
export const limitBody: MiddlewareHandler = async (c, next) => {
  if (Number(c.req.header('content-length') ?? 0) > maxBodyBytes) return refuseLarge(c);
  await next();
  return undefined;
};

/**
 * 400 `not_json` or `not_gzip`; 408 `cut_short`; 413 `too_large`; 415 `unknown_encoding`; 422 with what is wrong and where:
 * `unknown_field` names the key that nobody asked for. The refusal is the response to send.
 */
export async function readBody<S extends z.ZodMiniType>(c: Context, schema: S): Promise<Result<z.output<S>, Response>> {
  const body = await readText(c);
  if (!body.ok) return body;
  return body.value.isWhole ? parseBody(c, body.value.text, schema) : err(refuseCut(c));
}

/**
 * The same, for a body whose beginning is worth having when the line is cut: `mend` makes something whole of what arrived
 * (undefined: nothing). After it was dealt with, `refuseCut` is the answer, though nobody may be there to read it. While the body
 * is still arriving, `take` is given its beginning from time to time, as whole as it can be made; it must bear to be given the rest with it again.
 */
export async function readBodyOrBeginning<S extends z.ZodMiniType>(
  c: Context,
  schema: S,
  mend: (beginning: string) => string | undefined,
  take: (beginning: z.output<S>) => Promise<void>,
): Promise<Result<{ readonly body: z.output<S>; readonly isWhole: boolean }, Response>> {
  const read = await readText(c, async (beginning) => {
    const mended = mend(beginning);
    const parsed = mended === undefined ? undefined : parseBody(c, mended, schema);
    if (parsed?.ok === true) await take(parsed.value);
  });
  if (!read.ok) return read;
  const { text, isWhole } = read.value;
  const mended = isWhole ? text : mend(text);
  if (mended === undefined) return err(refuseCut(c));
  const parsed = parseBody(c, mended, schema);
  return parsed.ok ? ok({ body: parsed.value, isWhole }) : parsed;
}

export function refuseCut(c: Context): Response {
  return c.json({ error: 'cut_short' }, 408);
}

function refuseLarge(c: Context): Response {
  return c.json({ error: 'too_large' }, 413);
}

function parseBody<S extends z.ZodMiniType>(c: Context, text: string, schema: S): Result<z.output<S>, Response> {
  if (!isModestText(text)) return err(refuseLarge(c));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return err(c.json({ error: 'not_json' }, 400));
  }
  if (!isModest(body)) return err(refuseLarge(c));
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const { code, field } = toRejection(parsed.error.issues);
  return err(c.json({ error: code, ...(field === undefined ? {} : { field: field.slice(0, 80) }) }, 422));
}

/** Before it is parsed, which takes seconds for a few kilobytes that inflate to nothing but brackets. No value of what is JSON is missed, some are counted twice. */
function isModestText(text: string): boolean {
  let values = 1;
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case '[':
      case '{':
        levels += 1;
        values += 1;
        break;
      case ']':
      case '}':
        levels -= 1;
        break;
      case ',':
        values += 1;
        break;
      default:
    }
    if (levels > maxLevels || values > 2 * maxValues) return false;
  }
  return true;
}

/** Where the quote stands that ends what begins at `from`; the text's length where none does. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function isModest(body: unknown): boolean {
  let left = maxValues;
  const fits = (value: unknown, levels: number): boolean => {
    left -= 1;
    if (typeof value !== 'object' || value === null) return left >= 0;
    return left >= 0 && levels > 0 && Object.values(value).every((inner) => fits(inner, levels - 1));
  };
  return fits(body, maxLevels);
}

interface BodyText {
  readonly text: string;
  /** False: the line was cut, or brought nothing any more. */
  readonly isWhole: boolean;
}

async function readText(c: Context, takeText?: (beginning: string) => Promise<void>): Promise<Result<BodyText, Response>> {
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return err(c.json({ error: 'unknown_encoding' }, 415));
  const takeBytes = async (bytes: Buffer) => {
    const beginning = encoding === 'identity' ? ok(bytes.toString('utf8')) : await inflateBody(bytes, false);
    if (beginning.ok) await takeText?.(beginning.value);
  };
  const read = await readBytes(c.req.raw.body, takeText === undefined ? undefined : takeBytes);
  if (read === 'too_large') return err(refuseLarge(c));
  const { bytes, isWhole } = read;
  if (encoding === 'identity') return ok({ text: bytes.toString('utf8'), isWhole });
  const inflated = await inflateBody(bytes, isWhole);
  if (inflated.ok) return ok({ text: inflated.value, isWhole });
  return err(inflated.error === 'too_large' ? refuseLarge(c) : c.json({ error: 'not_gzip' }, 400));
}

async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  take: ((bytes: Buffer) => Promise<void>) | undefined,
): Promise<{ bytes: Buffer; isWhole: boolean } | 'too_large'> {
  if (body === null) return { bytes: Buffer.alloc(0), isWhole: true };
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  let taken = 0;
  let takenAt = performance.now();
  let heardAt = takenAt;
  let reading = nextPart(reader);
  for (;;) {
    const part = await within(takeEveryMs, reading);
    if (part === 'end') return { bytes: Buffer.concat(parts), isWhole: true };
    const now = performance.now();
    const isOver = part === 'cut' || (part === 'nothing' && now - heardAt >= idleMs);
    if (part !== 'cut' && part !== 'nothing') {
      parts.push(part);
      length += part.length;
      heardAt = now;
      reading = nextPart(reader);
    }
    if (isOver || length > maxBodyBytes) {
      // The rest is of no use; whoever still sends it is told so by the answer.
      void reader.cancel().catch(() => undefined);
      return isOver ? { bytes: Buffer.concat(parts), isWhole: false } : 'too_large';
    }
    if (take !== undefined && length > taken && now - takenAt >= takeEveryMs) {
      taken = length;
      await take(Buffer.concat(parts));
      takenAt = performance.now();
    }
  }
}

async function nextPart(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | 'end' | 'cut'> {
  try {
    const { done, value } = await reader.read();
    return done ? 'end' : value;
  } catch {
    return 'cut';
  }
}

async function within<T>(ms: number, awaited: Promise<T>): Promise<T | 'nothing'> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<'nothing'>((resolve) => {
    timer = setTimeout(() => resolve('nothing'), ms);
  });
  const first = await Promise.race([awaited, patience]);
  clearTimeout(timer);
  return first;
}

const inflate = promisify(gunzip);

/** Inflating stops at the limit: a small body could hold a thousand times its size. */
async function inflateBody(bytes: Buffer, isWhole: boolean): Promise<Result<string, 'too_large' | 'not_gzip'>> {
  try {
    const finishFlush = isWhole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    return ok((await inflate(bytes, { maxOutputLength: maxInflatedBytes, finishFlush })).toString('utf8'));
  } catch (fault) {
    const code: unknown = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') return err('too_large');
    // `Z_DATA_ERROR`, `Z_BUF_ERROR` …
    if (typeof code === 'string' && code.startsWith('Z_')) return err('not_gzip');
    throw fault;
  }
}
