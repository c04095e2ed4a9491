/** The headers on the files of the app and over a real line; on every route of the endpoint: routes-scan.test.ts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { expectHeaders } from './security-headers.test-support.ts';
import { createTestEndpoint } from './test-support.ts';
import type { TestEndpoint } from './test-support.ts';

let stage: TestEndpoint;
let folder: string;
beforeAll(async () => {
  stage = await createTestEndpoint();
  folder = mkdtempSync(join(tmpdir(), 'gan-dan-scan-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Gần Dân</title>');
  writeFileSync(join(folder, 'service-worker.js'), 'self');
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), `export default '${'x'.repeat(2_000)}'`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const appOver = (isHttps: boolean) => createApp({ endpoint: stage.endpoint, clock: stage.clock, appFolder: folder, isHttps });

describe('the files of the app', () => {
  test('carry the headers, are given to everyone alike, and say no more than they are', async () => {
    const files: [string, number][] = [['/', 200], ['/moi', 200], ['/households/x', 200], ['/assets/index-abc123.js', 200], ['/service-worker.js', 200], ['/manifest.webmanifest', 200],
      ['/assets/none.js', 404], ['/none.png', 404], ['/.git/config', 404], ['/.env', 404], ['/../package.json', 404], ['/%2e%2e/package.json', 404], ['/index.html.map', 404]];
    const ask = async (method: string, path: string, headers: Record<string, string>) => {
      const response = await appOver(true).request(path, { method, headers: { accept: 'text/html', ...headers } });
      expectHeaders(response.headers, 'file', `${method} ${path}`);
      return [method, path, response.status];
    };
    for (const [path, expected] of files) {
      expect(await ask('GET', path, {})).toEqual(['GET', path, expected]);
      expect(await ask('GET', path, { authorization: 'Bearer x' })).toEqual(['GET', path, expected]);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of ['/none', '/none.png']) expect(await ask(method, path, {})).toEqual([method, path, 404]);
    }
  });

  test('HTTPS is asked for only where the public address is', async () => {
    const plain = appOver(false);
    for (const path of ['/', '/health', '/none.png']) expect((await plain.request(path)).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('over a real line', () => {
  test('no header tells what runs here, and what is no HTTP is cut off', async () => {
    const { promise: ready, resolve } = Promise.withResolvers<AddressInfo>();
    const server = serve({ fetch: appOver(true).fetch, hostname: '127.0.0.1', port: 0 }, resolve);
    const { port } = await ready;
    try {
      for (const path of ['/', '/health', '/none.png', '/sync']) {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        await response.text();
        expectHeaders(response.headers, path === '/' || path === '/none.png' ? 'file' : 'api', path);
      }
      const line = `POST /sync HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
      for (const raw of ['TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', '\0\0\0\0\r\n\r\n', `${line}authorization: Bearer ${'x'.repeat(200_000)}\r\n\r\n`,
        `${line}content-length: -1\r\n\r\n`, `${line}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n']) {
        expect(await exchange(port, raw), raw.slice(0, 60)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
      }
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    } finally {
      server.close();
    }
  });
});

/** All that comes back on a connection, until it is closed. */
async function exchange(port: number, raw: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(raw));
    socket.on('data', (part) => (answer += part.toString('latin1')));
    socket.on('close', () => resolve(answer));
    socket.on('error', (reason: NodeJS.ErrnoException) => (reason.code === 'ECONNRESET' || reason.code === 'EPIPE' ? resolve(answer) : reject(reason)));
  });
}
