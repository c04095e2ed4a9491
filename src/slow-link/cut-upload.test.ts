/** The library that phones send pictures with, against the endpoint that takes them, over a line that is cut at random bytes. */
import { createServer as createHttpServer } from 'node:http';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createHash } from 'node:crypto';
import { serve } from '@hono/node-server';
import { afterEach, describe, expect, test } from 'vitest';
import { sendPicture } from '#client/remote/send-picture.ts';
import { appWithUploads, askFor, photographed, webpOf } from '#server/pictures.test-support.ts';
import { commune, createTestEndpoint, enrolPhone, roles } from '#server/test-support.ts';
import { createChance } from '#simulation/chance.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** One Ethernet frame's worth. */
const packetBytes = 1460;

/** Passes on what comes, a little at a time, and counts what it was sent; at each of `cuts` (counted so) both ends of the connection are gone. */
async function cutLine(to: number, cuts: number[]) {
  const count = { up: 0, cuts: 0 };
  const open = new Set<Socket>();
  // What waits in front of the line was not sent yet.
  async function pass(client: Socket, endpoint: Socket, bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !client.destroyed; at += packetBytes) {
      const packet = bytes.subarray(at, at + packetBytes);
      const before = count.up;
      count.up += packet.length;
      const cutAt = cuts[0];
      const isCut = cutAt !== undefined && count.up >= cutAt;
      endpoint.write(isCut ? packet.subarray(0, cutAt - before) : packet);
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (!isCut) continue;
      cuts.shift();
      count.cuts += 1;
      client.resetAndDestroy();
      // A reset would take back what has reached the other side; a line that is gone does not.
      endpoint.end();
    }
  }
  const server = createServer((client) => {
    const endpoint = connect(to, '127.0.0.1');
    for (const socket of [client, endpoint]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    client.on('data', (bytes) => {
      client.pause();
      void pass(client, endpoint, bytes).then(() => client.resume());
    });
    endpoint.on('data', (bytes) => client.write(bytes));
    client.on('end', () => endpoint.end());
    endpoint.on('end', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, count };
}

async function stageOf() {
  const stage = await createTestEndpoint();
  const phone = await enrolPhone(stage, roles.member);
  const { app } = appWithUploads(stage);
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  ends.push(() => server.close());
  return { stage, phone, app, port: (server.address() as AddressInfo).port };
}

describe('a picture over a line that is cut', () => {
  test.each([3])('10 times at random bytes arrives whole, and costs at most 1.2 times its size (%d)', async (seed) => {
    const { stage, phone, app, port } = await stageOf();
    const { photoId, sealed, picture } = await photographed(stage, phone, { picture: webpOf(300_000) });
    const chance = createChance(seed);
    const cuts = Array.from({ length: 10 }, () => 1 + chance.int(sealed.box.length)).sort((a, b) => a - b);
    const line = await cutLine(port, cuts);
    const sent: number[] = [];
    const send = async () =>
      await sendPicture({
        origin: `http://127.0.0.1:${line.port}`, communeCode: commune, pictureId: photoId, box: sealed.box, sessionToken: phone.sessionToken, onProgress: (bytes) => void sent.push(bytes),
      });
    let came = await send();
    for (let tries = 0; !came.ok && came.error.code === 'unreachable' && tries < 10; tries++) came = await send();
    expect(came).toEqual({ ok: true, value: undefined });
    expect(line.count.cuts).toBe(10);
    expect(line.count.up).toBeLessThanOrEqual(1.2 * sealed.box.length);
    expect(line.count.up).toBeGreaterThan(sealed.box.length);
    expect(sent.at(-1)).toBe(sealed.box.length);
    const read = await askFor(app, '/attachment', phone.sessionToken, { recordId: photoId });
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(new Uint8Array(await read.arrayBuffer()))).toBe(hash(picture));
  }, 60_000);
});

/** Answers whatever is asked so, and counts how often it was. */
async function answering(status: number, headers: Record<string, string> = {}) {
  const count = { asked: 0 };
  const server = createHttpServer((request, response) => {
    count.asked += 1;
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count };
}

describe('sending a picture', () => {
  test.each([
    [403, {}, { code: 'refused' }], [413, {}, { code: 'refused' }], [418, {}, { code: 'refused' }],
    [429, { 'retry-after': '7' }, { code: 'busy', retryAfterMs: 7_000 }], [401, {}, { code: 'no_session' }], [410, {}, { code: 'not_wanted' }],
  ] as const)('tells an answer of %d', async (status, headers, error) => {
    const { origin } = await answering(status, headers);
    const of = { origin, communeCode: commune, pictureId: '0190a000-0000-7000-8000-000000000002', box: new Uint8Array(2_000), sessionToken: 'a' };
    expect(await sendPicture(of)).toEqual({ ok: false, error });
  });

  test('stops where its bytes are answered and never taken', async () => {
    const { origin, count } = await answering(204, { 'upload-offset': '0', 'upload-length': '2000', 'tus-resumable': '1.0.0' });
    const of = { origin, communeCode: commune, pictureId: '0190a000-0000-7000-8000-000000000002', box: new Uint8Array(2_000), sessionToken: 'a' };
    expect(await sendPicture({ ...of, onProgress: () => expect(count.asked).toBeLessThan(20) })).toEqual({ ok: false, error: { code: 'refused' } });
    expect(count.asked).toBe(2);
  });

  test('says what stands in the way', async () => {
    const { stage, phone, port } = await stageOf();
    const { photoId, sealed } = await photographed(stage, phone);
    const of = { origin: `http://127.0.0.1:${port}`, communeCode: commune, pictureId: photoId, box: sealed.box, sessionToken: phone.sessionToken };
    expect(await sendPicture({ ...of, sessionToken: `${commune}.${'a'.repeat(43)}` })).toEqual({ ok: false, error: { code: 'no_session' } });
    expect(await sendPicture({ ...of, pictureId: stage.newId() })).toEqual({ ok: false, error: { code: 'not_wanted' } });
    const stopping = new AbortController();
    stopping.abort();
    expect(await sendPicture({ ...of, signal: stopping.signal })).toEqual({ ok: false, error: { code: 'stopped' } });
    const damaged = sealed.box.slice();
    damaged[1000] = (damaged[1000] ?? 0) ^ 1;
    expect(await sendPicture({ ...of, box: damaged })).toEqual({ ok: false, error: { code: 'damaged' } });
    expect(await sendPicture(of)).toEqual({ ok: true, value: undefined });
    expect(await sendPicture(of)).toEqual({ ok: false, error: { code: 'not_wanted' } });
    const { photoId: other, sealed: noPicture } = await photographed(stage, phone, { picture: new Uint8Array(2000).fill(3) });
    expect(await sendPicture({ ...of, pictureId: other, box: noPicture.box })).toEqual({ ok: false, error: { code: 'unreadable' } });
  });
});
