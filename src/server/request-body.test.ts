import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { limitBody, readBody, readBodyOrBeginning } from './request-body.ts';

const app = new Hono();
app.post('/', limitBody, async (c) => {
  const body = await readBody(c, z.strictObject({ words: z.string() }));
  return body.ok ? c.json({ length: body.value.words.length }) : body.error;
});

async function post(body: string | Uint8Array<ArrayBuffer>, encoding?: string): Promise<string> {
  const response = await app.request('/', { method: 'POST', body, headers: encoding === undefined ? {} : { 'content-encoding': encoding } });
  return `${response.status} ${await response.text()}`;
}
const gzip = (text: string) => new Uint8Array(gzipSync(text));
const json = (length: number) => JSON.stringify({ words: 'x'.repeat(length) });
const mebi = 1024 * 1024;

test('a body is read as it is or from gzip', async () => {
  expect(await post(json(3))).toBe('200 {"length":3}');
  expect(await post(json(3), 'identity')).toBe('200 {"length":3}');
  expect(await post(gzip(json(2 * mebi)), 'gzip')).toBe('200 {"length":2097152}');
});

test('one that inflates above 8 MiB, or is above 1 MiB as it comes, is too large', async () => {
  expect(await post(gzip(json(8 * mebi - 12)), 'gzip')).toBe(`200 {"length":${8 * mebi - 12}}`);
  expect(await post(gzip(json(8 * mebi - 11)), 'gzip')).toBe('413 {"error":"too_large"}');
  expect(await post(gzip(' '.repeat(100 * mebi)), 'gzip')).toBe('413 {"error":"too_large"}');
  expect(await post(json(mebi))).toBe('413 {"error":"too_large"}');
  const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(100_000).fill(32)) });
  const response = await app.request('/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit);
  expect(response.status).toBe(413);
  expect((await app.request('/', { method: 'POST', body: '{}', headers: { 'content-length': '1048577' } })).status).toBe(413);
});

test('what is no gzip, is cut short or holds no JSON is told apart', async () => {
  const whole = gzip(json(1_000));
  expect(await post(json(3), 'gzip')).toBe('400 {"error":"not_gzip"}');
  expect(await post(whole.slice(0, -9), 'gzip')).toBe('400 {"error":"not_gzip"}');
  expect(await post(new Uint8Array(), 'gzip')).toBe('400 {"error":"not_gzip"}');
  expect(await post(gzip('<p>'), 'gzip')).toBe('400 {"error":"not_json"}');
  expect(await post(json(3), 'br')).toBe('415 {"error":"unknown_encoding"}');
});

/** A body of which only the beginning arrives. */
function cutBody(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  const parts = [bytes.slice(0, 10), bytes.slice(10)];
  return new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) controller.error(new Error('ECONNRESET'));
      else controller.enqueue(part);
    },
  });
}
const taken: string[] = [];
const beginning = new Hono();
beginning.post('/', async (c) => {
  const read = await readBodyOrBeginning(c, z.strictObject({ words: z.string() }), (text) => (text.includes('xx') ? `${text}"}` : undefined), async ({ words }) => void taken.push(words));
  return read.ok ? c.json({ words: read.value.body.words, isWhole: read.value.isWhole }) : read.error;
});

test('of a body that is cut on the way the beginning is given to whoever can mend it, and to nobody else', async () => {
  const send = async (to: Hono, body: ReadableStream<Uint8Array>, encoding: string) => {
    const response = await to.request('/', { method: 'POST', body, headers: { 'content-encoding': encoding }, duplex: 'half' } as RequestInit);
    return `${response.status} ${await response.text()}`;
  };
  const plain = new TextEncoder().encode(json(30).slice(0, 20));
  expect(await send(beginning, cutBody(plain), 'identity')).toBe(`200 {"words":"${'x'.repeat(10)}","isWhole":false}`);
  expect(await send(app, cutBody(plain), 'identity')).toBe('408 {"error":"cut_short"}');
  // As base64 of what is sealed: no part of it packs away.
  const letters = `xx${randomBytes(9_000).toString('base64url')}`;
  const answer = await send(beginning, cutBody(gzip(JSON.stringify({ words: letters })).slice(0, -3_000)), 'gzip');
  expect(answer).toMatch(/^200 .*"isWhole":false/u);
  const { words } = JSON.parse(answer.slice(4)) as { words: string };
  expect(letters.startsWith(words)).toBe(true);
  expect(words.length).toBeGreaterThan(7_000);
  expect(await send(beginning, cutBody(new TextEncoder().encode('{"words":"a')), 'identity')).toBe('408 {"error":"cut_short"}');
});

test('what has arrived of a body is taken while the rest of it is still on its way', async () => {
  const parts = ['{"words":"xx', 'yy', '"}'].map((text) => new TextEncoder().encode(text));
  const slow = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = parts.shift();
      if (part === undefined) {
        controller.close();
        return;
      }
      controller.enqueue(part);
      // The last part waits until the first two were taken.
      if (parts.length === 1) await vi.waitUntil(() => taken.includes('xxyy'), { timeout: 20_000 });
    },
  });
  taken.length = 0;
  const response = await beginning.request('/', { method: 'POST', body: slow, duplex: 'half' } as RequestInit);
  expect(await response.json()).toEqual({ words: 'xxyy', isWhole: true });
  expect(taken).toEqual(['xxyy']);
});

test('a body with more parts than any request has is not put to its schema, which would fail of its own complaints', async () => {
  const lists = new Hono();
  lists.post('/', limitBody, async (c) => {
    const body = await readBody(c, z.strictObject({ words: z.array(z.string()) }));
    return body.ok ? c.json({}) : body.error;
  });
  const send = async (text: string) => (await lists.request('/', { method: 'POST', body: gzip(text), headers: { 'content-encoding': 'gzip' } })).status;
  expect(await send(`{"words":[${'1,'.repeat(15_000)}1]}`)).toBe(422);
  expect(await send(`{"words":[${'1,'.repeat(600_000)}1]}`)).toBe(413);
  expect(await send(`{"words":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`)).toBe(413);
});

test('what is nothing but brackets or commas is refused before it is parsed, and words that hold them are not', async () => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    for (const text of ['['.repeat(6_000_000), `[${'0,'.repeat(3_000_000)}0]`, '{"a":'.repeat(1_000_000)]) expect(await post(gzip(text), 'gzip')).toBe('413 {"error":"too_large"}');
    expect(parse).not.toHaveBeenCalled();
    for (const words of ['['.repeat(100_000), '\\"[{,'.repeat(50_000), '\\']) expect(await post(gzip(JSON.stringify({ words })), 'gzip')).toBe(`200 {"length":${words.length}}`);
  } finally {
    parse.mockRestore();
  }
});
