import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeviceKeys, importDeviceKey, verifyChallenge } from '#sync/entry.ts';
import { syncAnswerSchema } from '#sync/protocol.ts';
import type { SyncRequest } from '#sync/protocol.ts';
import { callTimeoutMs } from './call.ts';
import { checkInvitation, enrol, fetchEndpoint, readInvitation } from './enrolment.ts';
import { deliver } from './delivery.ts';
import { fetchPicture } from './pictures.ts';
import { createSessionCalls } from './session-calls.ts';
import type { CallingDevice } from './session-calls.ts';
import { createTransport } from './sync-transport.ts';
import type { Fetch } from './call.ts';

/** A real server on loopback; each test says what it answers. */
interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}
type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown; readonly html?: string } | 'break';

const seen: Seen[] = [];
let answers: (request: Seen) => Answer;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString('utf8');
    const one: Seen = { path: request.url ?? '', authorization: request.headers.authorization, body: text === '' ? undefined : JSON.parse(text) };
    seen.push(one);
    const answer = answers(one);
    if (answer === 'break') {
      request.socket.destroy();
      return;
    }
    const isHtml = answer.html !== undefined;
    response.writeHead(answer.status ?? 200, { 'content-type': isHtml ? 'text/html' : 'application/json', ...answer.headers });
    response.end(isHtml ? answer.html : JSON.stringify(answer.body));
  });
});

let base = '';
const overLoopback: Fetch = (path, init) => fetch(`${base}${path}`, init);

beforeEach(async () => {
  seen.length = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

const request: SyncRequest = { protocol: 1, sessions: [], entries: [] };
const goodAnswer = { epoch: 1, schema: 1, endpointTime: '2026-11-22T08:00:00+07:00', entries: [] };

const { privateKey, publicKey } = await createDeviceKeys();
const deviceKey = await importDeviceKey(privateKey);

function callsWith(token: string | undefined) {
  const kept = { token };
  const device: CallingDevice = {
    communeCode: '01789',
    deviceId: '0190a000-0000-7000-8000-000000000001',
    deviceKey,
    sessionToken: () => Promise.resolve(kept.token),
    keepSessionToken: (next) => {
      kept.token = next;
      return Promise.resolve();
    },
  };
  return { kept, calls: createSessionCalls(device, overLoopback) };
}

function transport(token: string | undefined) {
  const { kept, calls } = callsWith(token);
  return { kept, sync: () => createTransport(calls).sync(request) };
}

function sessionRoutes(one: Seen): Answer {
  if (one.path === '/session/challenge') return { body: { challenge: 'c1' } };
  if (one.path === '/session') return { body: { sessionToken: 'next' } };
  return one.authorization === 'Bearer next' ? { body: goodAnswer } : { status: 401, body: { error: 'no_session' } };
}

test('a session that holds is used as it is', async () => {
  answers = () => ({ body: goodAnswer });
  expect(await transport('held').sync()).toEqual({ ok: true, value: goodAnswer });
  expect(seen.map((one) => `${one.path} ${one.authorization}`)).toEqual(['/sync Bearer held']);
});

test('a session that has ended is followed by the next one, once, with a signed challenge', async () => {
  answers = sessionRoutes;
  const { sync, kept } = transport('old');
  expect(await sync()).toEqual({ ok: true, value: goodAnswer });
  expect(seen.map((one) => one.path)).toEqual(['/sync', '/session/challenge', '/session', '/sync']);
  expect(seen[1]?.body).toEqual({ communeCode: '01789', deviceId: '0190a000-0000-7000-8000-000000000001' });
  const { challenge, signature = '' } = (seen[2]?.body ?? {}) as { readonly challenge?: string; readonly signature?: string };
  expect(challenge).toBe('c1');
  expect(await verifyChallenge(publicKey, 'c1', signature)).toBe(true);
  expect(kept.token).toBe('next');
});

test('without a session one is opened before anything is sent', async () => {
  answers = sessionRoutes;
  expect((await transport(undefined).sync()).ok).toBe(true);
  expect(seen.map((one) => one.path)).toEqual(['/session/challenge', '/session', '/sync']);
});

test('a new session that is refused as well is told, not tried for ever', async () => {
  answers = (one) => (one.path === '/sync' ? { status: 401, body: { error: 'no_session' } } : sessionRoutes(one));
  expect(await transport('old').sync()).toEqual({ ok: false, error: { code: 'no_session', revoked: false } });
  expect(seen).toHaveLength(4);
});

test('a revoked device is told so, whether its session still held or not', async () => {
  answers = () => ({ status: 401, body: { error: 'revoked_device' } });
  expect(await transport('held').sync()).toEqual({ ok: false, error: { code: 'no_session', revoked: true } });
  expect(await transport(undefined).sync()).toEqual({ ok: false, error: { code: 'no_session', revoked: true } });
  expect(seen.map((one) => one.path)).toEqual(['/sync', '/session/challenge']);
});

test('two calls that meet an ended session open one next session between them', async () => {
  answers = sessionRoutes;
  const { calls } = callsWith('old');
  const [one, other] = await Promise.all([calls.post('/sync', request, syncAnswerSchema), calls.post('/sync', request, syncAnswerSchema)]);
  expect([one.ok, other.ok]).toEqual([true, true]);
  expect(seen.filter(({ path }) => path === '/session')).toHaveLength(1);
});

test('a device that another took the place of is told so, and opens no session any more', async () => {
  answers = () => ({ status: 401, body: { error: 'retired_device' } });
  expect(await transport('held').sync()).toEqual({ ok: false, error: { code: 'no_session', revoked: false, retired: true } });
  expect(seen.map((one) => one.path)).toEqual(['/sync']);
});

test("the endpoint's own no to what was asked comes back with its code and field", async () => {
  answers = () => ({ status: 422, body: { error: 'wrong_format', field: 'phone' } });
  expect(await callsWith('held').calls.post('/sync', request, syncAnswerSchema)).toEqual({
    ok: false,
    error: { code: 'refused', status: 422, error: 'wrong_format', field: 'phone' },
  });
});

test.each<[string, Answer, object]>([
  ['HTML in place of an answer', { html: '<h1>Wifi miễn phí</h1>' }, { code: 'not_our_endpoint' }],
  ['a redirect to a login page', { status: 302, headers: { location: 'http://wifi.example/login' }, body: {} }, { code: 'not_our_endpoint' }],
  ['a network that asks for a login', { status: 511, html: '' }, { code: 'not_our_endpoint' }],
  ['JSON of another shape', { body: { hello: 1 } }, { code: 'not_our_endpoint' }],
  ['a page that is not found', { status: 404, html: 'not found' }, { code: 'not_our_endpoint' }],
  ['an error of its own', { status: 500, html: 'oh' }, { code: 'endpoint_error', status: 500 }],
  ['too many, come back later', { status: 429, headers: { 'retry-after': '7' }, body: { error: 'slow_down' } }, { code: 'endpoint_error', status: 429, retryAfterMs: 7_000 }],
  ['closed for now, until a date gone by', { status: 503, headers: { 'retry-after': 'Sat, 01 Jan 2000 00:00:00 GMT' }, body: {} }, { code: 'endpoint_error', status: 503, retryAfterMs: 0 }],
  ['a body it does not take', { status: 413, html: '' }, { code: 'too_large' }],
  ['a refused request', { status: 422, body: { error: 'unknown_field', field: 'x' } }, { code: 'endpoint_error', status: 422 }],
  ['a broken connection', 'break', { code: 'unreachable' }],
])('%s is told apart', async (_, answer, error) => {
  answers = () => answer;
  expect(await transport('held').sync()).toEqual({ ok: false, error });
});

test.each<[string, Answer, string]>([
  ['unknown', { status: 404, body: { error: 'unknown_invitation' } }, 'unknown_invitation'],
  ['used', { status: 409, body: { error: 'used_invitation' } }, 'used_invitation'],
  ['expired', { status: 410, body: { error: 'expired_invitation' } }, 'expired_invitation'],
  ['a code of a later version', { status: 409, body: { error: 'something_new' } }, 'endpoint_error'],
  ['500', { status: 500, body: {} }, 'endpoint_error'],
  ['HTML', { html: '<p>' }, 'not_our_endpoint'],
  ['broken', 'break', 'unreachable'],
])('an invitation that is %s has its own code', async (_, answer, code) => {
  answers = () => answer;
  expect(await checkInvitation('01789.x', overLoopback)).toEqual({ ok: false, error: code });
});

test('what an endpoint says of itself, of an invitation and of a new device is read', async () => {
  const identity = { endpointId: '0190a000-0000-7000-8000-000000000002', keyId: 'k1', publicKey: 'AAAA' };
  const check = { name: 'Nông Văn An', communeCode: '01789', communeName: 'Xã Quang Hán', assignments: [], expiresAt: '2026-11-24T08:00:00+07:00' };
  const member = { memberId: identity.endpointId, communeCode: '01789', name: check.name, assignments: [] };
  const enrolled = { member, deviceId: identity.endpointId, sessionToken: 's', deliveryToken: 'd', epoch: 1 };
  answers = (one) => ({ body: one.path === '/endpoint' ? identity : one.path === '/enrolment/check' ? check : enrolled });
  expect(await fetchEndpoint(overLoopback)).toEqual({ ok: true, value: identity });
  expect(await checkInvitation('01789.x', overLoopback)).toEqual({ ok: true, value: check });
  const sent = { invitation: '01789.x', deviceId: identity.endpointId, devicePublicKey: 'AAAA', header: { info: '', enc: '', signature: '' }, probe: { session: '', deviceSeq: 1, bytes: '' } };
  expect(await enrol(sent, overLoopback)).toEqual({ ok: true, value: enrolled });
  expect(seen.at(-1)?.body).toEqual(sent);
});

/** A server that knows compressed bodies, or an older one that reads every body as it came. */
async function withServer(knowsGzip: boolean, body: (base: string, requests: { encoding: string | undefined; bytes: number }[]) => Promise<void>): Promise<void> {
  const requests: { encoding: string | undefined; bytes: number }[] = [];
  const other = createServer((asked, response) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => {
      const bytes = Buffer.concat(parts);
      const encoding = asked.headers['content-encoding'];
      requests.push({ encoding, bytes: bytes.length });
      const isRead = encoding === undefined || knowsGzip;
      const read = isRead ? (JSON.parse((encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()) as SyncRequest) : undefined;
      response.writeHead(isRead ? 200 : 400, { 'content-type': 'application/json' });
      const entries = read?.entries.map(({ session, deviceSeq }) => ({ session, deviceSeq, outcome: 'kept' }));
      response.end(JSON.stringify(isRead ? { ...goodAnswer, entries } : { error: 'not_json' }));
    });
  });
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  await body(`http://127.0.0.1:${(other.address() as AddressInfo).port}`, requests);
  other.closeAllConnections();
  other.close();
}
const sealedBatch = (entries: number) => ({
  sessions: [],
  entries: Array.from({ length: entries }, (_, index) => ({ session: 'A'.repeat(22), deviceSeq: index + 1, bytes: randomBytes(384).toString('base64url') })),
});

test('what is sealed travels compressed, at hardly more than its bytes', async () => {
  await withServer(true, async (at, requests) => {
    const delivered = await deliver(sealedBatch(50), 'd', (path, init) => fetch(`${at}${path}`, init));
    expect(delivered).toMatchObject({ ok: true, value: { length: 50 } });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.encoding).toBe('gzip');
    expect(requests[0]?.bytes).toBeLessThan(50 * 384 * 1.06);
  });
});

test('an endpoint that knows no compressed bodies gets it plain', async () => {
  await withServer(false, async (at, requests) => {
    const delivered = await deliver(sealedBatch(5), 'd', (path, init) => fetch(`${at}${path}`, init));
    expect(delivered).toMatchObject({ ok: true, value: { length: 5 } });
    expect(requests.map(({ encoding }) => encoding)).toEqual(['gzip', undefined]);
  });
});

test('a browser that cannot compress sends it plain', async () => {
  vi.stubGlobal('CompressionStream', undefined);
  try {
    await withServer(true, async (at, requests) => {
      expect(await deliver(sealedBatch(5), 'd', (path, init) => fetch(`${at}${path}`, init))).toMatchObject({ ok: true });
      expect(requests.map(({ encoding }) => encoding)).toEqual([undefined]);
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

test('a network that never answers is given up after a minute', async () => {
  vi.useFakeTimers();
  try {
    const never: Fetch = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const answer = fetchEndpoint(never);
    await vi.advanceTimersByTimeAsync(callTimeoutMs);
    expect(await answer).toEqual({ ok: false, error: 'unreachable' });
  } finally {
    vi.useRealTimers();
  }
});

const invitation = `01789.${'aZ09_-'.repeat(7)}x`;
test.each([
  invitation,
  `https://xa.example/moi#${invitation}`,
  `  Mời chị vào: https://xa.example/moi#${invitation} \n`,
  `https://xa.example/moi#${encodeURIComponent(invitation)}`,
])('an invitation is read out of %j', (text) => {
  expect(readInvitation(text)).toBe(invitation);
});

test.each(['', 'https://xa.example/moi', invitation.slice(0, -1), `${invitation}y`, `1${invitation}`, invitation.replace('.', ',')])(
  'no invitation is read out of %j',
  (text) => {
    expect(readInvitation(text)).toBeUndefined();
  },
);

test('sealed entries are delivered without reading anything', async () => {
  answers = () => ({ body: { ...goodAnswer, entries: [{ session: 's', deviceSeq: 3, outcome: 'kept' }] } });
  const sealed = { sessions: [], entries: [{ session: 'AAAAAAAAAAAAAAAAAAAAAA', deviceSeq: 3, bytes: 'AAAA' }] };
  expect(await deliver(sealed, 'only-delivers', overLoopback)).toEqual({ ok: true, value: [{ session: 's', deviceSeq: 3, outcome: 'kept' }] });
  expect(seen).toEqual([{ path: '/sync', authorization: 'Delivery only-delivers', body: { protocol: 1, ...sealed } }]);
});

test('a picture comes as bytes of a type that was asked for, in the session of the moment; anything else is no picture', async () => {
  const { calls } = callsWith('old');
  answers = (one) => (one.path === '/attachment' && one.authorization === 'Bearer next' ? { headers: { 'content-type': 'image/webp' }, body: { a: 1 } } : sessionRoutes(one));
  const came = await fetchPicture(calls, '0190a000-0000-7000-8000-000000000002');
  expect(came.ok && (await came.value.text())).toBe('{"a":1}');
  expect(seen.at(-1)?.body).toEqual({ recordId: '0190a000-0000-7000-8000-000000000002' });
  const refusals: [Answer, unknown][] = [
    [{ html: '<img>' }, { code: 'not_our_endpoint' }],
    [{ headers: { 'content-type': 'image/svg+xml' }, body: {} }, { code: 'not_our_endpoint' }],
    [{ status: 404, body: { error: 'not_arrived' } }, { code: 'refused', status: 404, error: 'not_arrived', field: undefined }],
    ['break', { code: 'unreachable' }],
  ];
  for (const [answer, error] of refusals) {
    answers = () => answer;
    expect(await fetchPicture(calls, '0190a000-0000-7000-8000-000000000002')).toEqual({ ok: false, error });
  }
});
