import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { syncAnswerSchema, syncRequestSchema } from '#sync/protocol.ts';
import type { SyncRequest } from '#sync/protocol.ts';
import { wholePartOf } from './cut-sync.ts';
import { change, createTestEndpoint, enrolPhone, household, north, roles } from './test-support.ts';

const request: SyncRequest = {
  protocol: 1,
  sessions: [{ info: 'AAAA', enc: 'BBBB', signature: 'CCCC' }],
  entries: [1, 2, 3].map((deviceSeq) => ({ session: 'S'.repeat(22), deviceSeq, bytes: 'ab_-'.repeat(deviceSeq * 9) })),
  pull: { epoch: 1, schema: 1, channels: { 'hamlet/01789-001': { cursor: 4 } }, unsent: 3 },
};
const text = JSON.stringify(request);

test('wherever a request is cut, what is left holds its first entries as they were, and asks for nothing', () => {
  const counts = new Set<number>();
  for (let length = 0; length < text.length; length++) {
    const whole = wholePartOf(text.slice(0, length));
    if (whole === undefined) continue;
    const read = syncRequestSchema.parse(JSON.parse(whole));
    expect(read).toEqual({ protocol: 1, sessions: request.sessions, entries: request.entries.slice(0, read.entries.length) });
    counts.add(read.entries.length);
  }
  expect([...counts]).toEqual([1, 2, 3]);
});

/** 0 for what is no request. */
function entriesIn(whole: string): number {
  try {
    return syncRequestSchema.safeParse(JSON.parse(whole)).data?.entries.length ?? 0;
  } catch {
    return 0;
  }
}

test('no text makes more of it than was there', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(text.length), (noise, at) => {
      const whole = wholePartOf(text.slice(0, at) + noise);
      const count = whole === undefined ? 0 : entriesIn(whole);
      expect(count).toBeLessThanOrEqual(request.entries.length + noise.split('}').length - 1);
    }),
  );
});

test('a connection that breaks in the middle of a request has brought what it brought', async () => {
  const scene = await createTestEndpoint();
  const phone = await enrolPhone(scene, roles.lead);
  for (let no = 1; no <= 8; no++) await phone.save([change('household', north, scene.newId(), household(no))]);
  const body = gzipSync(JSON.stringify({ ...phone.pushBody(), pull: phone.pullBody() }));
  const server = serve({ fetch: scene.app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const head = ['POST /sync HTTP/1.1', 'host: x', `authorization: Bearer ${phone.sessionToken}`, 'content-encoding: gzip', `content-length: ${body.length}`, '', ''];
  socket.write(Buffer.concat([Buffer.from(head.join('\r\n')), body.subarray(0, (body.length * 3) / 4)]));
  // The rest never comes, and nothing says so: what is there is taken while the endpoint still waits.
  const countThere = async () => (await scene.endpoint.records('01789', 'household')).length;
  await vi.waitUntil(async () => (await countThere()) > 0, { timeout: 20_000 });
  socket.resetAndDestroy();
  await vi.waitUntil(() => scene.logged.some((line) => line.includes(' cut ')), { timeout: 20_000 });
  const there = await countThere();
  expect(there).toBeGreaterThanOrEqual(3);
  expect(there).toBeLessThan(8);
  // The phone sends all of them again, for it does not know: none is doubled.
  await phone.sync();
  expect(await scene.endpoint.records('01789', 'household')).toHaveLength(8);
  server.close();
});

test('what a slow bundle brought itself is not told its carrier as known from before', async () => {
  const scene = await createTestEndpoint();
  const phone = await enrolPhone(scene, roles.lead);
  for (let no = 1; no <= 2; no++) await phone.save([change('household', north, scene.newId(), household(no))]);
  await phone.request(undefined, phone.pushBody(phone.outbox.slice(0, 1)));
  const body = JSON.stringify({ ...phone.pushBody(), receipts: true });
  const server = serve({ fetch: scene.app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const carrier = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/sync', method: 'POST', headers: { 'content-length': body.length } });
  carrier.write(body.slice(0, -10));
  // Both are taken while the rest is still on its way.
  await vi.waitUntil(async () => (await scene.endpoint.records('01789', 'household')).length === 2, { timeout: 20_000 });
  carrier.end(body.slice(-10));
  const [answer] = (await once(carrier, 'response')) as [IncomingMessage];
  const { entries, receipts } = syncAnswerSchema.parse(JSON.parse(Buffer.concat(await answer.toArray()).toString()));
  expect(entries.map(({ outcome, known }) => [outcome, known])).toEqual([['kept', true], ['kept', undefined]]);
  expect(receipts).toHaveLength(1);
  server.close();
});
