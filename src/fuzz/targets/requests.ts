/** Every route over HTTP, in process: bodies, heads, tokens, cursors, sealed bytes and headers with something wrong. */
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { Chance } from '#simulation/chance.ts';
import { hamlet, sampleEntries } from '../commune.ts';
import type { Commune, Phone } from '../commune.ts';
import { mutateBytes, mutateJson, mutateText, toText } from '../mutate.ts';
import type { Json } from '../mutate.ts';
import { Harm } from '../target.ts';
import type { Target } from '../target.ts';
import { audited, judgeChanges, judgeSync, settled } from './sync-watch.ts';

export interface HttpInput {
  readonly method: string;
  readonly path: string;
  readonly heads: Readonly<Record<string, string>>;
  /** As text, or as base64 where it is bytes. */
  readonly body?: string | undefined;
  readonly isBase64?: boolean | undefined;
  /** The line breaks at the end of the body. */
  readonly isCut?: boolean | undefined;
}

interface Template {
  readonly path: string;
  readonly authorization?: string | undefined;
  readonly body: Json;
}

const anyPath = ['/', '/sync', '/sync/', '//sync', '/session', '/session/challenge', '/enrolment', '/enrolment/check', '/endpoint', '/health', '/device/renewal', '/device', '/history', '/waiting', '/waiting/decision', '/bundle', '/%2e%2e/etc/passwd', '/sync?x=1', '/__proto__', '/assets/x.js'];
const anyMethod = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const anyHead = ['content-type', 'content-length', 'content-encoding', 'accept', 'accept-encoding', 'x-forwarded-for', 'transfer-encoding', 'cookie', 'origin', 'expect'];

/** Of a route that a session asks: what it may change when it says yes. Whatever it says, the session was used. */
function bySession(changed: readonly string[] = []): Readonly<Record<number, readonly string[]>> {
  const used = ['session'];
  return { 200: [...used, ...changed], 403: used, 404: used, 409: used, 422: used };
}

/** What each route may change when it says yes. A challenge is used up by the first try, right or wrong. */
const mayChange: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  '/session/challenge': { 200: ['challenge'] },
  '/session': { 200: ['challenge', 'session'], 401: ['challenge'] },
  '/enrolment': { 200: ['invitation', 'device', 'session', ...audited] },
  '/device/renewal': { 200: ['challenge', 'device', 'device_channel', 'erasure_device', 'session', ...audited], 401: ['challenge'], 409: ['challenge'], 422: ['challenge'] },
  '/history': bySession(),
  '/waiting': bySession(),
  '/session/list': bySession(),
  '/session/end': bySession([...audited]),
  '/audit': bySession(),
  '/audit/print': bySession([...audited]),
  '/administration/members': bySession(),
  '/administration/member': bySession(['member', 'assignment', 'invitation', ...audited, ...settled]),
  '/administration/invitation': bySession(['invitation', ...audited]),
  '/administration/invitation/cancel': bySession(['invitation', ...audited]),
  '/administration/device/revoke': bySession(['device', ...audited]),
  '/erasure': bySession(['erasure', 'erasure_device', ...audited, ...settled]),
  '/erasure/confirmations': bySession(),
  '/waiting/decision': bySession([...audited, ...settled]),
};

/** Nobody is there to be told what was kept of a request that was cut; the verdicts tell. */
const afterCut = ['session', 'device', 'device_channel', ...audited, ...settled];

export async function requestsTarget(commune: Commune, app: Hono, names: Map<string, string>): Promise<Target<HttpInput>> {
  const sealed = await sealedPool(commune);
  const spares = sealed.flatMap(({ entries }) => entries) as unknown as Json[];

  async function templateOf(chance: Chance): Promise<Template> {
    const phone = chance.pick(commune.phones);
    const session = `Bearer ${phone.sessionToken}`;
    const pool = chance.pick(sealed);
    const pull = { epoch: 1, schema: 1, channels: { 'hamlet/01789-001': { cursor: 3 }, 'everyone/01789': { cursor: 1, upTo: 2 }, [`device/${phone.deviceId}`]: { cursor: 0 } }, unsent: 2, lost: [pool.entryId] };
    const entries = pool.entries.slice(0, 1 + chance.int(pool.entries.length));
    switch (chance.int(12)) {
      case 0: return { path: '/enrolment/check', body: { invitation: await invitation() } };
      case 1: return { path: '/enrolment', body: { invitation: await invitation(), deviceId: commune.newId(), devicePublicKey: pool.publicKey, header: pool.header, probe: pool.entries[0] ?? null } as unknown as Json };
      case 2: return { path: '/session/challenge', body: { communeCode: phone.communeCode, deviceId: phone.deviceId } };
      case 3: return { path: '/session', body: await answered(phone) };
      case 4: return { path: '/device/renewal', body: { ...(await answered(phone)), deviceId: commune.newId(), devicePublicKey: pool.publicKey, header: pool.header, probe: pool.entries[0] ?? null } as unknown as Json };
      case 5: return { path: '/history', authorization: session, body: { recordId: chance.pick([...commune.records.values()]) } };
      case 6: return { path: '/waiting', authorization: session, body: {} };
      case 7: return { path: '/waiting/decision', authorization: session, body: { entryId: pool.entryId, ...(chance.happens(0.5) ? { decision: 'accept', hamletId: '01789-002' } : { decision: 'decline', reason: 'không phải xóm ta' }) } };
      case 8: return { path: '/sync', body: { protocol: 1, sessions: [pool.header], entries, receipts: true } as unknown as Json };
      case 9: return { path: '/sync', authorization: `Delivery ${phone.deliveryToken}`, body: { protocol: 1, sessions: [pool.header], entries } as unknown as Json };
      case 10: return officeTemplate(chance);
      default: return { path: '/sync', authorization: session, body: { protocol: 1, sessions: [pool.header], entries, pull } as unknown as Json };
    }
  }

  /** Nobody's phone and session are aimed at: the inputs that follow need them. */
  function officeTemplate(chance: Chance): Template {
    const named = (name: string) => commune.phones.find((phone) => phone.name === name) ?? chance.pick(commune.phones);
    const administrator = `Bearer ${named('administrator').sessionToken}`;
    const protection = `Bearer ${named('protectionOfficer').sessionToken}`;
    const bloc = `Bearer ${named('officer').sessionToken}`;
    const memberId = commune.newId();
    const roles = [{ assignment: { role: 'team_member', hamletId: hamlet }, fromDay: '2026-11-22', toDay: '2027-02-06' }, { assignment: { role: 'dpo' }, fromDay: '2026-12-01' }];
    const hash = 'a'.repeat(43);
    switch (chance.int(10)) {
      case 0: return { path: '/session/list', authorization: administrator, body: {} };
      case 1: return { path: '/session/end', authorization: administrator, body: { sessionId: hash } };
      case 2: return { path: '/administration/members', authorization: administrator, body: {} };
      case 3: return { path: '/administration/member', authorization: administrator, body: { memberId, name: 'Nông Thị Lan (mẫu)', roles } };
      case 4: return { path: '/administration/invitation', authorization: administrator, body: { memberId: named('lead').memberId } };
      case 5: return { path: '/administration/invitation/cancel', authorization: administrator, body: { invitationId: hash } };
      case 6: return { path: '/administration/device/revoke', authorization: administrator, body: { deviceId: memberId } };
      case 7: return { path: '/audit', authorization: protection, body: { before: 3 } };
      case 8: if (chance.happens(0.3)) return { path: '/audit/print', authorization: bloc, body: { list: 'prestigious', rows: 26 } };
        return { path: '/erasure', authorization: protection, body: { requestId: memberId } };
      default: return { path: '/erasure/confirmations', authorization: protection, body: { requestId: memberId } };
    }
  }

  let unused: string | undefined;
  async function invitation(): Promise<string> {
    unused ??= await commune.invite();
    await commune.watch.changed();
    names.set('invitation', unused);
    return unused;
  }

  async function answered(phone: Phone): Promise<{ challenge: string; signature: string }> {
    const { challenge } = await commune.endpoint.challenge(phone.communeCode, phone.deviceId);
    await commune.watch.changed();
    return { challenge, signature: await phone.sign(challenge) };
  }

  return {
    name: 'requests',
    weight: 110,
    make: async (chance) => mutateRequest(await templateOf(chance), spares, chance),
    async feed({ method, path, heads, body, isBase64, isCut }) {
      const bytes = new Uint8Array(Buffer.from(body ?? '', isBase64 === true ? 'base64' : 'utf8'));
      const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
      const response = await app.request(path, { method, headers: heads, ...(hasBody ? { body: isCut === true ? cut(bytes) : bytes, duplex: 'half' } : {}) });
      const text = await textOf(response);
      const [route = ''] = path.split('?');
      if (response.status >= 500) throw new Harm(`${method} ${path}: status ${response.status} ${commune.faults.splice(0).join(' ')}`);
      if (route === '/sync' && response.status === 200) await judgeSync(commune, JSON.parse(text) as never, heads['authorization'] === undefined ? 'bundle' : 'session');
      else if (route === '/sync' && response.status === 408) await judgeChanges(commune, afterCut);
      else await judgeChanges(commune, mayChange[route]?.[response.status] ?? []);
      if (route === '/enrolment' && response.status === 200) unused = undefined;
      return [response.status < 300 ? 'taken' : 'refused'];
    },
  };
}

function cut(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const parts = [bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2)];
  return new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) controller.error(new Error('ECONNRESET'));
      else controller.enqueue(part);
    },
  });
}

/** The answer may be compressed: whoever asks for it by a head of their own has to open it. */
async function textOf(response: Response): Promise<string> {
  const encoding = response.headers.get('content-encoding');
  const bytes = Buffer.from(await response.arrayBuffer());
  return (encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'deflate' ? inflateSync(bytes) : bytes).toString('utf8');
}

/** Entries that are sealed and good, by phone: their bytes, numbers and headers are what is mutated here. */
async function sealedPool(commune: Commune) {
  return await Promise.all(
    commune.phones.map(async (phone) => {
      const samples = sampleEntries(commune, phone);
      const entries = await Promise.all(samples.slice(0, 6).map((entry, index) => phone.seal({ ...entry, deviceSeq: 70_000 + index }, 70_000 + index)));
      return { header: phone.header, publicKey: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE', entries, entryId: samples[0]?.entryId ?? '' };
    }),
  );
}

function mutateRequest({ path, authorization, body }: Template, spares: readonly Json[], chance: Chance): HttpInput {
  const heads: Record<string, string> = { 'content-type': 'application/json' };
  if (authorization !== undefined) heads['authorization'] = chance.happens(0.08) ? visible(mutateText(authorization, chance)) : authorization;
  const text = chance.happens(0.85) ? toText(mutateJson(body, spares, chance)) : JSON.stringify(body);
  const sent = chance.happens(0.15) ? mutateText(text, chance) : text;
  const input: HttpInput = {
    method: chance.happens(0.03) ? chance.pick(anyMethod) : 'POST',
    path: chance.happens(0.03) ? chance.pick(anyPath) : path,
    heads: chance.happens(0.06) ? { ...heads, [chance.pick(anyHead)]: visible(mutateText('application/json, gzip;q=1', chance)) } : heads,
  };
  const isCut = chance.happens(0.05) ? { isCut: true } : {};
  if (!chance.happens(0.15)) return { ...input, ...isCut, body: sent };
  const packed = new Uint8Array(gzipSync(sent));
  const bytes = chance.happens(0.5) ? packed : mutateBytes(packed, chance);
  return { ...input, ...isCut, heads: { ...input.heads, 'content-encoding': chance.happens(0.9) ? 'gzip' : 'br' }, body: Buffer.from(bytes).toString('base64'), isBase64: true };
}

/** What fits into a head at all; anything else is refused before it is sent. */
function visible(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e]/gu, '?').trim().slice(0, 4_000);
}
