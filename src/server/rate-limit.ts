/**
 * Simple limits in memory: a bucket a key that fills up again with time. At most `maxKeys` are remembered; for one more, the one that was asked for longest ago is
 * forgotten, so that nobody's limit is lifted by what others do as long as they ask themselves.
 *
 * What somebody with very many addresses (IPv6 networks of 64 bits, see `client-address.ts`) can still do: have a burst for each; and, with more than `maxKeys`
 * of them within the minutes that a bucket takes to fill up, make the oldest be forgotten, their own first, which then have their burst at once again. The limits keep
 * single addresses, phones and invitations from asking too often. They are no defence against a flood from everywhere: that is the proxy's and the network's.
 */
export interface RateLimit {
  /** Undefined: go on. Otherwise how many seconds until there is room again, at least 1. */
  take(key: string): number | undefined;
}

const mostKeys = 20_000;

/** `burst`: how many at once; `perMinute`: how fast the bucket fills up again. */
export function createRateLimit(args: {
  readonly clock: { now(): number };
  readonly burst: number;
  readonly perMinute: number;
  /** Remembered at a time (default: 20,000). */
  readonly maxKeys?: number | undefined;
}): RateLimit {
  const { clock, burst, perMinute, maxKeys = mostKeys } = args;
  const perMs = perMinute / 60_000;
  /** In the order of their last request: what is deleted and set again stands at the end. */
  const buckets = new Map<string, { readonly room: number; readonly at: number }>();
  /** Goes on from the last one that was forgotten: to begin anew each time would pass by all that were deleted since the map was last laid out. */
  const byAge = buckets.keys();

  function forgetOldest(): void {
    const oldest = byAge.next();
    if (oldest.done !== true) buckets.delete(oldest.value);
  }

  return {
    take(key) {
      const now = clock.now();
      const bucket = buckets.get(key);
      const room = bucket === undefined ? burst : Math.min(burst, bucket.room + Math.max(0, now - bucket.at) * perMs);
      buckets.delete(key);
      buckets.set(key, { room: room < 1 ? room : room - 1, at: now });
      if (buckets.size > maxKeys) forgetOldest();
      return room < 1 ? Math.max(1, Math.ceil((1 - room) / perMs / 1000)) : undefined;
    },
  };
}
