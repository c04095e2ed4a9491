/** A short mark of a record's fields or of a file, to see whether somebody wrote on it since. It guards against no forger. */

/** The same for equal JSON values in whatever order their keys stand: 16 hexadecimal digits. */
export function fingerprintOf(fields: object): string {
  const text = canonical(fields);
  return markOf(text.length, (at) => text.charCodeAt(at));
}

/** Of a file, by all of its bytes: 16 hexadecimal digits. */
export function fingerprintOfBytes(bytes: Uint8Array): string {
  return markOf(bytes.length, (at) => bytes[at] ?? 0);
}

function markOf(length: number, codeAt: (at: number) => number): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < length; at += 1) {
    const code = codeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).sort().join(',')}}`;
}
