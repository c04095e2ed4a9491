/**
 * Everything the endpoint answers to, asked by everyone who should not get it. The routes are read from the app itself: a new one is swept at birth,
 * and fails until the table here says who may ask it.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#domain/role.ts';
import { createApp } from './app.ts';
import { createPictureUploads } from './picture-uploads.ts';
import { expectHeaders } from './security-headers.test-support.ts';
import { change, commune, createTestEndpoint, enrolPhone, household, namedFeedback, north, renewPhone, roles, visit } from './test-support.ts';
import type { TestEndpoint } from './test-support.ts';

const foreignCommune = '01795';
const unknownId = '018f0000-0000-7000-8000-00000000dead';
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** What a question may aim at: something that is there, or something that is nowhere. */
interface Aim {
  readonly recordId: string;
  readonly entryId: string;
  readonly deviceId: string;
  readonly channelId: string;
}

/**
 * Who may ask. `public`: everyone. `proof`: everyone, with a secret or a signature in the body. `carrier`: everyone, and only a session reads.
 * `session`: a session alone, which learns of nothing outside of its channels.
 */
interface RouteRow {
  readonly who: 'public' | 'proof' | 'carrier' | 'session';
  /** Of members: those alone who hold one of these. */
  readonly roles?: readonly Role[] | undefined;
  /** A body as it should be. */
  readonly body?: ((aim: Aim) => object) | undefined;
}
const rows: Readonly<Record<string, RouteRow>> = {
  'GET /health': { who: 'public' },
  'GET /endpoint': { who: 'public' },
  'GET /cong-khai/trang.css': { who: 'public' },
  // Of every hamlet alike, and of nobody (public/board.test.ts).
  'GET /bang-tin/:hamlet': { who: 'public' },
  'GET /r': { who: 'public' },
  // Found or not, it says nothing of anybody (public/receipt.test.ts).
  'GET /r/:code': { who: 'public' },
  'POST /enrolment/check': { who: 'proof', body: () => ({ invitation: `${commune}.${'a'.repeat(43)}` }) },
  'POST /enrolment': { who: 'proof', body: ({ deviceId }) => ({ invitation: `${commune}.${'a'.repeat(43)}`, ...newDevice(deviceId) }) },
  // Answers alike whether or not there is such a device.
  'POST /session/challenge': { who: 'proof', body: ({ deviceId }) => ({ communeCode: commune, deviceId }) },
  'POST /session': { who: 'proof', body: () => ({ challenge: `${commune}.${'a'.repeat(43)}`, signature: 'AAAA' }) },
  'POST /device/renewal': { who: 'proof', body: ({ deviceId }) => ({ challenge: `${commune}.${'a'.repeat(43)}`, signature: 'AAAA', ...newDevice(deviceId) }) },
  'POST /sync': {
    who: 'carrier',
    body: ({ channelId }) => ({ protocol: 1, sessions: [], entries: [], pull: { epoch: 1, schema: 1, unsent: 0, channels: { [channelId]: { cursor: 0 } } } }),
  },
  'POST /history': { who: 'session', body: ({ recordId }) => ({ recordId }) },
  'POST /erasure': { who: 'session', roles: ['dpo'], body: ({ recordId }) => ({ requestId: recordId }) },
  'POST /erasure/confirmations': { who: 'session', roles: ['dpo'], body: ({ recordId }) => ({ requestId: recordId }) },
  'POST /waiting': { who: 'session', body: () => ({}) },
  'POST /waiting/decision': { who: 'session', body: ({ entryId }) => ({ entryId, decision: 'accept' }) },
  // What is aimed at is never a member or a device of theirs: an administrator may act upon those (administration-routes.test.ts).
  'POST /administration/members': { who: 'session', roles: ['commune_admin'] },
  'POST /administration/member': { who: 'session', roles: ['commune_admin'], body: ({ recordId }) => ({ memberId: recordId, name: 'Nông Thị Lan', roles: [] }) },
  'POST /administration/invitation': { who: 'session', roles: ['commune_admin'], body: ({ recordId }) => ({ memberId: recordId }) },
  'POST /administration/invitation/cancel': { who: 'session', roles: ['commune_admin'], body: () => ({ invitationId: 'a'.repeat(43) }) },
  'POST /administration/device/revoke': { who: 'session', roles: ['commune_admin'], body: ({ recordId }) => ({ deviceId: recordId }) },
  // Uploads answer 404 for what is not a wanted picture of the asker's own, whatever it is.
  'POST /attachment/state': { who: 'session', body: ({ recordId }) => ({ recordIds: [recordId] }) },
  'POST /attachment': { who: 'session', body: ({ recordId }) => ({ recordId }) },
  'GET /attachment/upload/:id': { who: 'session' },
  'POST /attachment/upload/:id': { who: 'session' },
  'PATCH /attachment/upload/:id': { who: 'session' },
  'POST /session/list': { who: 'session' },
  'POST /session/end': { who: 'session', body: () => ({ sessionId: 'a'.repeat(43) }) },
  'POST /audit': { who: 'session', roles: ['dpo'] },
  'POST /audit/print': { who: 'session', roles: ['bloc_officer', 'bloc_lead'], body: () => ({ list: 'prestigious', rows: 26 }) },
};

function newDevice(deviceId: string): object {
  const probe = { session: 'a'.repeat(22), deviceSeq: 1, bytes: 'AAAA' };
  return { deviceId, devicePublicKey: 'AAAA', header: { info: 'AAAA', enc: 'AAAA', signature: 'AAAA' }, probe };
}

/** None of these may ever reach somebody without a right to it. */
const secrets = ['Nông Văn 7', 'Bể nước đã vỡ', 'Sùng Seo Giàng', '0911222333', 'Đường vào xóm sụt', 'Thái độ khi đi thăm'];

let stage: TestEndpoint;
let app: ReturnType<typeof createApp>;
let aim: Aim;
let nowhere: Aim;
const askers: { readonly name: string; readonly kind: 'nobody' | 'refused' | 'member'; readonly role?: Role; readonly authorization?: string | undefined }[] = [];
let asked = 0;

beforeAll(async () => {
  stage = await createTestEndpoint();
  const lead = await enrolPhone(stage, roles.lead);
  const [householdId, visitId, feedbackId, staffId] = [stage.newId(), stage.newId(), stage.newId(), stage.newId()];
  const said = { citizenName: 'Sùng Seo Giàng', citizenPhone: '0911222333', text: 'Đường vào xóm sụt một nửa, xin sửa.' };
  await lead.save([
    change('household', north, householdId, household(7)),
    change('visit', north, visitId, visit(householdId, { outcome: 'Bể nước đã vỡ, hẹn thay' })),
    change('feedback', north, feedbackId, namedFeedback(said)),
    change('feedback', north, staffId, namedFeedback({ ...said, text: 'Thái độ khi đi thăm không tốt.', topic: 'staff_attitude', receiptCode: '7K3F-2M9Q-J' })),
  ]);
  await lead.sync();
  const moved = await enrolPhone(stage, roles.member);
  await stage.endpoint.changeAssignments(commune, moved.memberId, [roles.southLead]);
  const waiting = await moved.save([change('household', north, stage.newId(), household(8))]);
  await moved.sync();
  aim = { recordId: feedbackId, entryId: waiting.entryId, deviceId: lead.deviceId, channelId: `hamlet/${north}` };
  nowhere = { recordId: unknownId, entryId: unknownId, deviceId: unknownId, channelId: `hamlet/${commune}-999` };

  const revoked = await enrolPhone(stage, roles.lead);
  await stage.endpoint.revokeDevice(commune, revoked.deviceId);
  const retired = await enrolPhone(stage, roles.lead);
  await renewPhone(stage, retired);
  const delivering = await enrolPhone(stage, roles.lead);
  const foreign = await enrolPhone(stage, { role: 'bloc_lead' }, { communeCode: foreignCommune });
  const foreignAdmin = await enrolPhone(stage, roles.admin, { communeCode: foreignCommune });
  const wrong = `${commune}.${'a'.repeat(43)}`;
  askers.push(
    { name: 'nobody', kind: 'nobody' },
    { name: 'a delivery token', kind: 'nobody', authorization: `Delivery ${delivering.deliveryToken}` },
    { name: 'a delivery token as a session', kind: 'refused', authorization: `Bearer ${delivering.deliveryToken}` },
    { name: 'a session as a delivery token', kind: 'refused', authorization: `Delivery ${delivering.sessionToken}` },
    { name: 'a revoked phone', kind: 'refused', authorization: `Bearer ${revoked.sessionToken}` },
    { name: 'a retired phone', kind: 'refused', authorization: `Bearer ${retired.sessionToken}` },
    ...[`Bearer ${wrong}`, 'Bearer', 'Bearer ', 'Basic YTpi', `Bearer ${delivering.sessionToken.toUpperCase()}`, `Bearer ${foreignCommune}${delivering.sessionToken.slice(5)}`,
      `Bearer ${'x'.repeat(100_000)}`, `Bearer ' or 1=1 --`, `Bearer ${wrong}, Bearer ${wrong}`, '\t', 'Delivery 01789'].map(
      (authorization, no) => ({ name: `what is no token (${no})`, kind: 'refused' as const, authorization }),
    ),
    { name: 'the bloc lead of another commune', kind: 'member', role: 'bloc_lead', authorization: `Bearer ${foreign.sessionToken}` },
    { name: 'the administrator of another commune', kind: 'member', role: 'commune_admin', authorization: `Bearer ${foreignAdmin.sessionToken}` },
  );
  for (const role of ['commune_admin', 'province_viewer', 'dpo'] as const) {
    askers.push({ name: role, role, kind: 'member', authorization: `Bearer ${(await enrolPhone(stage, { role })).sessionToken}` });
  }
  const responder = await enrolPhone(stage, roles.responder);
  const elsewhere = await enrolPhone(stage, roles.southLead);
  askers.push(
    { name: 'a responder to whom nothing is assigned', kind: 'member', role: 'responder', authorization: `Bearer ${responder.sessionToken}` },
    { name: 'the lead of another hamlet', kind: 'member', role: 'team_lead', authorization: `Bearer ${elsewhere.sessionToken}` },
  );

  const uploads = createPictureUploads({ folder: mkdtempSync(join(tmpdir(), 'gan-dan-uploads-')), pictures: stage.endpoint.pictures, clock: stage.clock });
  // Each request from an address of its own, and a while after the last: what is scanned here is not how often one may ask.
  app = createApp({ endpoint: stage.endpoint, clock: stage.clock, isHttps: true, addressOf: () => String(asked), uploads });
});

async function ask(method: string, path: string, init: { authorization?: string | undefined; body?: string | Uint8Array<ArrayBuffer> | undefined; headers?: Record<string, string> } = {}) {
  asked += 1;
  stage.clock.at += 10_000;
  const headers = new Headers(init.headers);
  if (init.authorization !== undefined) headers.set('authorization', init.authorization);
  const response = await app.request(path, { method, headers, ...(init.body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body: init.body }) });
  const answer = { status: response.status, text: await response.text(), headers: response.headers };
  expectHeaders(answer.headers, isApi(path) ? 'api' : 'file', `${method} ${path}`);
  expect(answer.status, `${method} ${path}`).not.toBe(500);
  for (const secret of secrets) expect(answer.text, `${method} ${path}`).not.toContain(secret);
  return answer;
}

/** What the app registered for one method: middleware and the catch-all of each path (`ALL`) answer for no question of their own. */
function registered(): { readonly method: string; readonly path: string; readonly name: string }[] {
  const routes = app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'));
  return [...new Map(routes.map(({ method, path }) => [`${method} ${path}`, { method, path, name: `${method} ${path}` }])).values()];
}

function isApi(path: string): boolean {
  return registered().some((route) => route.path === path || path.startsWith(`${route.path}/`));
}

/** Every way to ask of a route without a body that holds. */
function wrongBodies(): { readonly name: string; readonly body?: string | Uint8Array<ArrayBuffer>; readonly headers?: Record<string, string>; readonly isLarge?: boolean }[] {
  return [
    { name: 'none' },
    { name: 'empty object', body: '{}' },
    { name: 'no JSON', body: '<html>' },
    { name: 'an array', body: '[]' },
    { name: 'null', body: 'null' },
    { name: 'half', body: '{"protocol":1,"sess' },
    { name: 'deep', body: `${'['.repeat(200_000)}${']'.repeat(200_000)}`, isLarge: true },
    { name: 'deep objects', body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, isLarge: true },
    { name: 'huge', body: `"${'x'.repeat(1024 * 1024)}"`, isLarge: true },
    { name: 'a bomb', body: new Uint8Array(gzipSync(Buffer.alloc(20 * 1024 * 1024))), headers: { 'content-encoding': 'gzip' }, isLarge: true },
    { name: 'not gzip', body: '{}', headers: { 'content-encoding': 'gzip' } },
    { name: 'brotli', body: '{}', headers: { 'content-encoding': 'br' } },
    { name: 'claims to be huge', body: '{}', headers: { 'content-length': '99999999' } },
    { name: 'a form', body: 'a=b&c=d', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { name: 'parts', body: '--x\r\n\r\n{}\r\n--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    { name: 'prototype keys', body: '{"__proto__":{"a":1},"constructor":{"prototype":{}}}' },
  ];
}

describe('the routes of the endpoint', () => {
  test('each have a row that says who may ask, and no row is without its route', () => {
    expect(registered().map(({ name }) => name).sort()).toEqual(Object.keys(rows).sort());
  });

  test('without a session nothing but what is public, or proven in the body, is answered', async () => {
    for (const { method, path, name } of registered()) {
      const { who, body } = rows[name] ?? { who: 'session' };
      for (const asker of askers.filter(({ kind }) => kind !== 'member')) {
        const { authorization } = asker;
        const text = body === undefined ? undefined : JSON.stringify(body(aim));
        const { status, text: answer } = await ask(method, path, { authorization, body: text });
        const what = `${name} by ${asker.name}`;
        const isPublic = who === 'public' || path === '/session/challenge';
        // Whoever gives nothing, or a delivery token, may bring entries, and is told nothing but whether they came.
        const isCarried = who === 'carrier' && asker.kind === 'nobody';
        const expected = isPublic ? (path.includes(':') ? /^404 <!doctype html>/ : /^200 /) : isCarried ? /^200 \{"epoch":1,"schema":\d+,"endpointTime":"[^"]*","entries":\[\]\}$/ : who === 'proof' ? /^(401|404|422) / : /^401 \{"error":"(no_session|revoked_device|retired_device)"\}$/;
        expect(`${status} ${answer}`, what).toMatch(expected);
      }
    }
  });

  test("a session learns nothing outside its channels: what is there and what is nowhere are answered alike", async () => {
    for (const { method, path, name } of registered()) {
      const { body } = rows[name] ?? {};
      if (body === undefined) continue;
      for (const { name: asker, authorization } of askers) {
        const there = await ask(method, path, { authorization, body: JSON.stringify(body(aim)) });
        const absent = await ask(method, path, { authorization, body: JSON.stringify(body(nowhere)) });
        expect([there.status, outlineOf(there.text, aim)], `${name} by ${asker}`).toEqual([absent.status, outlineOf(absent.text, nowhere)]);
      }
    }
  });

  test('what belongs to an office is for whoever holds it, and for nobody else whatever they aim at', async () => {
    let refused = 0;
    for (const { method, path, name } of registered()) {
      const { roles: allowed, body = () => ({}) } = rows[name] ?? {};
      if (allowed === undefined) continue;
      for (const { name: asker, authorization } of askers.filter((one) => one.kind === 'member' && !allowed.includes(one.role ?? 'team_member'))) {
        const { status, text } = await ask(method, path, { authorization, body: JSON.stringify(body(aim)) });
        expect(`${status} ${text}`, `${name} by ${asker}`).toBe('403 {"error":"not_your_role"}');
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(30);
  });

  test('whatever is sent, with whatever authority, is refused without a fault', async () => {
    const answered: string[] = [];
    // Once: what inflates to 20 MiB takes its time to make.
    const wrongs = wrongBodies();
    const some = askers.filter(({ name }) => ['nobody', 'a delivery token', 'a revoked phone', 'dpo', 'the lead of another hamlet'].includes(name));
    for (const { method, path, name } of registered()) {
      for (const { authorization, name: asker } of some) {
        for (const wrong of wrongs) {
          if (wrong.isLarge === true && asker !== 'nobody' && asker !== 'dpo') continue;
          const { status } = await ask(method, path, { authorization, body: wrong.body, headers: wrong.headers ?? {} });
          if (status < 400 && rows[name]?.who !== 'public') answered.push(`${name} by ${asker}, ${wrong.name}`);
        }
      }
    }
    // Which is as it should be asked.
    const everyMembers = ['POST /session/list', 'POST /waiting'].flatMap((name) => [`${name} by dpo, empty object`, `${name} by the lead of another hamlet, empty object`]);
    expect(answered.toSorted()).toEqual(['POST /audit by dpo, empty object', ...everyMembers].toSorted());
  });

  test('answer no other method, and no path around them', async () => {
    for (const { path } of registered()) {
      for (const method of methods) {
        const isRoute = registered().some((route) => route.path === path && (route.method === method || (route.method === 'GET' && method === 'HEAD')));
        for (const { authorization } of isRoute ? [] : askers) {
          expect((await ask(method, path, { authorization, headers: { accept: 'text/html', origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' } })).status).toBe(404);
        }
      }
      for (const around of [`${path}/`, `${path}/x`, `${path}%2f`, `${path}//`, path.toUpperCase(), `/${path}`]) {
        const { status } = await ask('POST', around, { body: '{}' });
        // What stands where a route takes a name is asked who asks before it is looked at.
        expect(path.includes(':') && status === 401 ? 404 : status, around).toBe(404);
      }
    }
  });
});

/** An answer without what is another each time: the ids asked for, the time, random tokens. */
function outlineOf(text: string, { recordId, entryId, deviceId, channelId }: Aim): unknown {
  let outline = text.replaceAll(/"endpointTime":"[^"]*"/g, '"endpointTime":""').replaceAll(/\d{5}\.[A-Za-z0-9_-]{43}/g, 'token');
  for (const id of [recordId, entryId, deviceId, channelId]) outline = outline.replaceAll(id, 'asked');
  return outline;
}
