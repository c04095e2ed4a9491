import { expect, test } from 'vitest';
import { createDeviceKeys, importDeviceKey } from '#sync/entry.ts';
import type { Fetch } from './call.ts';
import { askContact } from './contact.ts';

const { privateKey } = await createDeviceKeys();
const deviceKey = await importDeviceKey(privateKey);

function device() {
  const kept: string[] = [];
  return {
    kept,
    communeCode: '01789', deviceId: '0190a000-0000-7000-8000-000000000001', deviceKey,
    // A token that is kept proves nothing today: it is never asked for.
    sessionToken: () => Promise.reject(new Error('asked for a token')),
    keepSessionToken: async (token: string) => void kept.push(token),
  };
}
const answering = (status: number, body: object): Fetch => (path) =>
  Promise.resolve(path === '/session/challenge' ? Response.json({ challenge: '01789.once' }) : Response.json(body, { status }));

test('a device that proves itself has met the commune, and keeps the session', async () => {
  const asking = device();
  const sessionToken = `01789.${'a'.repeat(43)}`;
  expect(await askContact(asking, answering(200, { sessionToken }))).toBe('met');
  expect(asking.kept).toEqual([sessionToken]);
});

test.each([
  [401, 'revoked_device', 'revoked'],
  [401, 'retired_device', 'met'],
  [401, 'no_session', 'not_known'],
  [429, 'rate_limited', 'not_now'],
  [503, 'endpoint_error', 'not_now'],
  [422, 'something_new', 'not_now'],
])('%i %s is told as %s', async (status, error, outcome) => {
  expect(await askContact(device(), answering(status, { error }))).toBe(outcome);
});

test('no connection, and a portal that answers in its place, are no contact', async () => {
  expect(await askContact(device(), () => Promise.reject(new TypeError('no network')))).toBe('not_now');
  expect(await askContact(device(), () => Promise.resolve(new Response('<html>', { status: 200 })))).toBe('not_now');
});
