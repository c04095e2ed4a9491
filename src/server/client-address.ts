/** Who asks, for the rate limits alone: written nowhere. */
import { isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Behind a trusted proxy: the last address it added. */
export function addressReader(trustProxy: boolean): (c: Context) => string {
  return (c) => {
    const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
    return networkOf(forwarded || (getConnInfo(c).remote.address ?? 'unknown'));
  };
}

/**
 * The address as limits count it: an IPv6 address as its network of 64 bits (`2001:db8:0:1::/64`), which is what one subscriber holds at least, a phone or a house;
 * an IPv4 address as it is, also in its IPv6 form (`::ffff:203.0.113.7`, as a server on both hears it), or all of them would be one. Anything else as it is.
 */
export function networkOf(written: string): string {
  const address = withoutPort(written).replace(/%.*$/u, '');
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]).join('.');
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(':')}::/64`;
}

/** Some proxies add the port: `203.0.113.7:50123`, `[2001:db8::1]:50123`. */
function withoutPort(written: string): string {
  const inBrackets = /^\[([^\]]*)\](?::\d+)?$/u.exec(written)?.[1];
  if (inBrackets !== undefined) return inBrackets;
  const [host = '', ...rest] = written.split(':');
  return rest.length === 1 && isIPv4(host) ? host : written;
}

/** The eight of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = [], tail] = address.split('::').map((part) => part.split(':').filter((group) => group !== '').flatMap(numbersOf));
  return tail === undefined ? [...head] : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

/** The last group may be written as an IPv4 address, which stands for two. */
function numbersOf(group: string): number[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}
