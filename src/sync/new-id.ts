/** UUIDv7 (RFC 9562): sorts by the time it was made. Clock and randomness come in. */

/**
 * `now`: milliseconds since 1970; `random`: n random bytes. Ids of one maker rise even within a millisecond and when the clock is
 * put back (RFC 9562, method 1: a 12-bit counter, which borrows from the next millisecond when it is full).
 */
export function createNewId(now: () => number, random: (length: number) => Uint8Array): () => string {
  let lastMs = -1;
  let counter = 0;
  return () => {
    const ms = Math.floor(now());
    if (ms > lastMs) {
      lastMs = ms;
      counter = seedOf(random(2));
    } else if (counter < 0xfff) {
      counter += 1;
    } else {
      lastMs += 1;
      counter = seedOf(random(2));
    }
    const time = lastMs.toString(16).padStart(12, '0');
    const tail = random(8);
    const variant = (0x80 | ((tail[0] ?? 0) & 0x3f)).toString(16);
    const rest = [...tail.subarray(1)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const low = counter.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${low}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
  };
}

/** The top bit stays free, so that a counter has room to rise. */
function seedOf(bytes: Uint8Array): number {
  return (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & 0x7ff;
}

/** UUIDv4: tells nothing of when it was made. */
export function createNewRandomId(random: (length: number) => Uint8Array): () => string {
  return () => {
    const bytes = random(16);
    bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
