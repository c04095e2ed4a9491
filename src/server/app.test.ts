import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { splitBundle } from '#sync/bundle.ts';
import { endpointIdentitySchema, syncAnswerSchema, waitingAnswerSchema } from '#sync/protocol.ts';
import { createApp } from './app.ts';
import { change, createTestEndpoint, enrolPhone, household, north, roles } from './test-support.ts';
import type { TestEndpoint, TestPhone } from './test-support.ts';

let stage: TestEndpoint;
beforeEach(async () => {
  stage = await createTestEndpoint();
});

const sync = (body: string, headers: Record<string, string> = {}) => stage.app.request('/sync', { method: 'POST', body, headers });

describe('the routes', () => {
  test('say whom to seal to, and that they are well', async () => {
    const response = await stage.app.request('/endpoint');
    expect(endpointIdentitySchema.parse(await response.json())).toEqual(stage.endpoint.identity());
    expect(await (await stage.app.request('/health')).json()).toEqual({ ok: true });
  });

  test('a sync over HTTP answers what the wire schema says', async () => {
    const phone = await enrolPhone(stage, roles.member);
    await phone.save([change('household', north, stage.newId(), household(1))]);
    const body = JSON.stringify({ ...phone.pushBody(), pull: phone.pullBody() });
    const response = await sync(body, { authorization: `Bearer ${phone.sessionToken}` });
    expect(response.status).toBe(200);
    expect(syncAnswerSchema.parse(await response.json())).toMatchObject({ epoch: 1, entries: [{ outcome: 'kept' }], pull: { member: { name: 'team_member (mẫu)' } } });
  });

  test('every answer carries the headers, sets no cookie, and is not stored', async () => {
    for (const path of ['/endpoint', '/sync', '/nowhere']) {
      const { headers } = await stage.app.request(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; object-src 'none'; script-src 'self' 'wasm-unsafe-eval'; .*frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types gan-dan$/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('set-cookie')).toBeNull();
    }
    expect((await stage.app.request('/endpoint')).headers.get('cache-control')).toBe('no-store');
    const https = createApp({ endpoint: stage.endpoint, clock: stage.clock, isHttps: true });
    expect((await https.request('/health')).headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  });

  test('refuse what is not JSON, what is too long before it is read, what has an unknown field', async () => {
    const refusal = async (response: Response | Promise<Response>) => [(await response).status, await (await response).json()];
    expect(await refusal(sync('<html>'))).toEqual([400, { error: 'not_json' }]);
    expect(await refusal(sync(`"${'x'.repeat(1024 * 1024)}"`))).toEqual([413, { error: 'too_large' }]);
    expect(await refusal(sync(JSON.stringify({ protocol: 1, sessions: [], entries: [], cursor: 1 })))).toEqual([422, { error: 'unknown_field', field: 'cursor' }]);
    expect(await refusal(sync(JSON.stringify({ protocol: 1, sessions: [] })))).toEqual([422, { error: 'required', field: 'entries' }]);
    expect(await refusal(stage.app.request('/nowhere'))).toEqual([404, { error: 'not_found' }]);
  });

  test('refuse more than 256 KiB of entries, so that the phone halves its batch', async () => {
    const entry = { session: 'a'.repeat(22), deviceSeq: 1, bytes: 'A'.repeat(80_000) };
    const body = (count: number) => JSON.stringify({ protocol: 1, sessions: [], entries: Array.from({ length: count }, () => entry) });
    expect((await sync(body(5))).status).toBe(413);
    expect(await (await sync(body(4))).json()).toMatchObject({ entries: Array.from({ length: 4 }, () => ({ outcome: 'unreadable' })) });
  });

  test('a fault is answered without its reason and logged without what was sent', async () => {
    await stage.db.destroy();
    const response = await stage.app.request('/session/challenge', {
      method: 'POST',
      body: JSON.stringify({ communeCode: '01789', deviceId: '018f0000-0000-7000-8000-0000000000ff' }),
    });
    expect([response.status, await response.json()]).toEqual([500, { error: 'endpoint_error' }]);
    expect(stage.logged.at(-1)).toMatch(/^error POST \/session\/challenge \w*Error/);
    expect(stage.logged.join('\n')).not.toContain('018f0000-0000-7000-8000-0000000000ff');
  });

  test('limit how often one invitation may be tried, and say when to come back', async () => {
    const ask = () =>
      stage.app.request('/enrolment/check', { method: 'POST', body: JSON.stringify({ invitation: `01789.${'a'.repeat(43)}` }) });
    const statuses: number[] = [];
    for (let n = 0; n < 21; n++) statuses.push((await ask()).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 429]);
    expect((await ask()).headers.get('retry-after')).toBe('6');
    stage.clock.at += 6_000;
    expect((await ask()).status).toBe(404);
  });
});

describe('a file that somebody carried here', () => {
  const handIn = (part: object) => sync(JSON.stringify({ protocol: 1, ...part, receipts: true }));
  const sessionId = (no: number) => String(no).padStart(22, 'A');
  const fileOf = (count: number, bytes: number) => ({
    sessions: Array.from({ length: count }, (_, no) => ({ sessionId: sessionId(no), header: { info: 'A', enc: 'A', signature: 'A' } })),
    entries: Array.from({ length: count }, (_, no) => ({ session: sessionId(no), deviceSeq: no + 1, bytes: 'A'.repeat(bytes) })),
  });

  test.each([['as large as one may be', 80_000], ['each of a session of its own', 700]])('with 500 entries, %s, is taken from one address without a pause', async (_, bytes) => {
    const parts = splitBundle(fileOf(500, bytes));
    expect(parts.length).toBeGreaterThan(30);
    for (const part of parts) expect((await handIn(part)).status).toBe(200);
  });

  test('does not let one address ask without end', async () => {
    let status = 200;
    for (let n = 0; n < 300 && status === 200; n++) status = (await handIn({ sessions: [], entries: [] })).status;
    expect(status).toBe(429);
  });
});

describe('what waits for a supervisor', () => {
  async function ask(phone: TestPhone | undefined, path: string, body: object) {
    const headers: Record<string, string> = phone === undefined ? {} : { authorization: `Bearer ${phone.sessionToken}` };
    const response = await stage.app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as unknown };
  }
  const noSession = { status: 401, body: { error: 'no_session' } };

  test('is listed for a session alone, and decided once', async () => {
    const [member, lead, southLead] = [await enrolPhone(stage, roles.member), await enrolPhone(stage, roles.lead), await enrolPhone(stage, roles.southLead)];
    await stage.endpoint.changeAssignments('01789', member.memberId, [{ role: 'team_member', hamletId: '01789-002' }]);
    const entry = await member.save([change('household', north, stage.newId(), household(1))]);
    await member.sync();
    for (const path of ['/waiting', '/waiting/decision']) expect(await ask(undefined, path, {})).toEqual(noSession);
    const listed = await ask(lead, '/waiting', {});
    expect(listed.status).toBe(200);
    expect(waitingAnswerSchema.parse(listed.body).waiting).toMatchObject([{ entryId: entry.entryId, memberName: 'team_member (mẫu)', mayAccept: true }]);
    expect(await ask(southLead, '/waiting', {})).toEqual({ status: 200, body: { waiting: [] } });
    expect(await ask(lead, '/waiting', { hamletId: north })).toEqual({ status: 422, body: { error: 'unknown_field', field: 'hamletId' } });

    const accept = { entryId: entry.entryId, decision: 'accept' };
    expect(await ask(southLead, '/waiting/decision', accept)).toEqual({ status: 404, body: { error: 'not_waiting' } });
    expect(await ask(lead, '/waiting/decision', { ...accept, hamletId: '01789-002' })).toEqual({ status: 422, body: { error: 'no_access', field: 'hamletId' } });
    expect(await ask(lead, '/waiting/decision', { ...accept, reason: 'x' })).toMatchObject({ status: 422 });
    expect(await ask(lead, '/waiting/decision', accept)).toEqual({ status: 200, body: { verdict: 'applied' } });
    expect(await ask(lead, '/waiting/decision', { ...accept, decision: 'decline', reason: 'Hộ này ở xóm khác' })).toEqual({ status: 409, body: { error: 'already_decided' } });
    expect(stage.logged.slice(-2)).toEqual([
      `asked /waiting/decision device=${lead.deviceId} accept entry=${entry.entryId} verdict=applied`,
      `asked /waiting/decision device=${lead.deviceId} already_decided`,
    ]);
  });
});

describe('a stranger who knows the id of a device', () => {
  test('uses up none of the requests that the device itself may make', async () => {
    const phone = await enrolPhone(stage, roles.member);
    const body = JSON.stringify({ communeCode: '01789', deviceId: phone.deviceId });
    let status = 200;
    for (let n = 0; n < 300; n++) status = (await stage.app.request('/session/challenge', { method: 'POST', body })).status;
    expect(status).toBe(429);
    const request = JSON.stringify({ ...phone.pushBody(), pull: phone.pullBody() });
    expect((await sync(request, { authorization: `Bearer ${phone.sessionToken}` })).status).toBe(200);
  });
});

describe('the app itself', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gan-dan-dist-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Gần Dân</title>');
    writeFileSync(join(folder, 'service-worker.js'), 'self');
    writeFileSync(join(folder, 'assets', 'index-abc123.js'), `export default '${'x'.repeat(2_000)}'`);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
    createApp({ endpoint: stage.endpoint, clock: stage.clock, appFolder: folder }).request(path, { headers });

  test('opens the shell for every page a person can come to', async () => {
    for (const path of ['/', '/moi', '/bundle', '/households/018f0000-0000-7000-8000-0000000000ff']) {
      const response = await get(path);
      expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([200, 'no-cache', '<!doctype html><title>Gần Dân</title>']);
    }
  });

  test('never gives the shell for a missing file or a route of the endpoint', async () => {
    for (const path of ['/assets/index-old.js', '/missing.png', '/../environment.ts', '/%2e%2e/secret.txt']) expect((await get(path)).status).toBe(404);
    expect((await get('/health')).headers.get('content-type')).toContain('application/json');
    for (const path of ['/sync', '/enrolment', '/session/challenge', '/enrolment/other', '/device/renewal', '/history', '/waiting', '/waiting/decision']) expect((await get(path)).status).toBe(404);
  });

  test('keeps hashed files for ever, compressed, and asks again for the rest', async () => {
    const script = await get('/assets/index-abc123.js', { 'accept-encoding': 'gzip' });
    expect([script.headers.get('cache-control'), script.headers.get('content-encoding')]).toEqual(['public, max-age=31536000, immutable', 'gzip']);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await get('/service-worker.js')).headers.get('cache-control')).toBe('no-cache');
  });
});
