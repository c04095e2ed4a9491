/**
 * What is whole in the beginning of a sync request that was cut on the way. On a bad line half of all requests may end so; an
 * entry is sealed by itself and may arrive in any company, so what arrived counts and need not be sent again.
 */

/** The request with the entries that are there to the last byte, and nothing to fetch; undefined: there is none. */
export function wholePartOf(beginning: string): string | undefined {
  const entries = /"entries":\s*\[/u.exec(beginning);
  if (entries === null) return undefined;
  const start = entries.index + entries[0].length;
  // No brace or bracket stands inside an entry: ids, numbers and base64url.
  const end = beginning.indexOf(']', start);
  const last = beginning.lastIndexOf('}', end < 0 ? undefined : end);
  return last < start ? undefined : `${beginning.slice(0, last + 1)}]}`;
}
