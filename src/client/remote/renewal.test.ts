import { expect, test } from 'vitest';
import type { RenewalRequest } from '#sync/protocol.ts';
import type { Fetch } from './call.ts';
import { renew } from './renewal.ts';

const device = { communeCode: '01789', deviceId: '0190a000-0000-7000-8000-000000000001' };
const next = '0190a000-0000-7000-8000-000000000002';
const answer = {
  member: { memberId: device.deviceId, communeCode: '01789', name: 'Lý Thị Lan', assignments: [] },
  deviceId: next,
  sessionToken: '01789.session',
  deliveryToken: '01789.delivery',
  epoch: 1,
};

/** Answers the challenge, then the renewal with `status` and `body`; notes what was asked. */
function endpoint(status: number, body: object): { readonly asked: { path: string; body: unknown }[]; readonly fetchFrom: Fetch } {
  const asked: { path: string; body: unknown }[] = [];
  return {
    asked,
    fetchFrom: async (path, init) => {
      asked.push({ path, body: JSON.parse(await new Response(init.body).text()) as unknown });
      return path === '/session/challenge' ? Response.json({ challenge: 'once' }) : Response.json(body, { status });
    },
  };
}
const signed = (challenge: string) =>
  Promise.resolve({ challenge, signature: 'signed', deviceId: next, devicePublicKey: '', header: {}, probe: {} } as unknown as RenewalRequest);

test('answers a fresh challenge with the same keys, and hears who the phone is now', async () => {
  const { asked, fetchFrom } = endpoint(200, answer);
  expect(await renew(device, signed, fetchFrom)).toEqual({ ok: true, value: answer });
  expect(asked).toMatchObject([
    { path: '/session/challenge', body: device },
    { path: '/device/renewal', body: { challenge: 'once', signature: 'signed', deviceId: next } },
  ]);
});

test.each([
  [401, 'revoked_device', 'revoked_device'],
  [409, 'used_device', 'used_device'],
  [409, 'too_many_devices', 'too_many_devices'],
  [401, 'no_session', 'no_session'],
  [422, 'something_new', 'not_now'],
  [503, 'endpoint_error', 'not_now'],
])('a refusal with %i %s is told as %s', async (status, error, failure) => {
  expect(await renew(device, signed, endpoint(status, { error }).fetchFrom)).toEqual({ ok: false, error: failure });
});

test('without a connection nothing is signed', async () => {
  const sign = () => Promise.reject(new Error('asked to sign'));
  expect(await renew(device, sign, () => Promise.reject(new TypeError('no network')))).toEqual({ ok: false, error: 'not_now' });
});
