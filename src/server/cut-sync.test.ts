import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { syncRequestSchema } from '#sync/protocol.ts';
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
  // The rest never comes. The line is cut once the endpoint has begun to read.
  setTimeout(() => socket.resetAndDestroy(), 200);
  await vi.waitFor(() => expect(scene.logged.some((line) => line.includes(' cut '))).toBe(true), { timeout: 20_000 });
  const there = (await scene.endpoint.records('01789', 'household')).length;
  expect(there).toBeGreaterThanOrEqual(3);
  expect(there).toBeLessThan(8);
  // The phone sends all of them again, for it does not know: none is doubled.
  await phone.sync();
  expect(await scene.endpoint.records('01789', 'household')).toHaveLength(8);
  server.close();
});
