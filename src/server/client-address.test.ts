import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { addressReader, networkOf } from './client-address.ts';

describe('the address that limits count', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:50123', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    ['2001:db8:1:2:3:4:203.0.113.7', '2001:db8:1:2::/64'],
    ['[2001:db8::1]:50123', '2001:db8:0:0::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
    ['2001:db8', '2001:db8'],
  ])('%s is counted as %s', (written, counted) => expect(networkOf(written)).toBe(counted));

  test('is one for all of a network of 64 bits, and another for the next network', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const groups = fc.array(group, { minLength: 4, maxLength: 4 });
    const written = (numbers: readonly number[]) => numbers.map((number) => number.toString(16)).join(':');
    fc.assert(
      fc.property(groups, groups, groups, (network, host, otherHost) => {
        const [first = 0, ...rest] = network;
        const elsewhere = [first ^ 1, ...rest];
        // What begins with nothing but zeros may be an IPv4 address.
        fc.pre([network, elsewhere].every((numbers) => numbers.some((number) => number > 0)));
        const counted = networkOf(written([...network, ...host]));
        expect(networkOf(written([...network, ...otherHost]))).toBe(counted);
        expect(networkOf(written([...elsewhere, ...host]))).not.toBe(counted);
        expect(networkOf(new URL(`http://[${written([...network, ...host])}]`).hostname)).toBe(counted);
      }),
    );
  });

  test('is the one that the connection comes from, or behind a trusted proxy the last that it added', async () => {
    const remote = { incoming: { socket: { remoteAddress: '::ffff:198.51.100.4', remotePort: 40_000, remoteFamily: 'IPv6' } } };
    const asked = async (trustProxy: boolean, forwarded?: string): Promise<string> => {
      const app = new Hono().get('/', (c) => c.text(addressReader(trustProxy)(c)));
      return await (await app.request('/', forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } }, remote)).text();
    };
    expect(await asked(false)).toBe('198.51.100.4');
    expect(await asked(false, '203.0.113.7')).toBe('198.51.100.4');
    expect(await asked(true)).toBe('198.51.100.4');
    expect(await asked(true, '')).toBe('198.51.100.4');
    expect(await asked(true, '192.0.2.1, 2001:db8::7')).toBe('2001:db8:0:0::/64');
  });
});
