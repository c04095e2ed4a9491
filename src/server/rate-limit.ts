/** Simple limits in memory: a bucket a key that fills up again with time. */
export interface RateLimit {
  /** Undefined: go on. Otherwise how many seconds until there is room again, at least 1. */
  take(key: string): number | undefined;
}

/** At most so many keys are remembered; then those that are full again are forgotten, or all of them. */
const maxKeys = 20_000;

/** `burst`: how many at once; `perMinute`: how fast the bucket fills up again. */
export function createRateLimit(args: {
  readonly clock: { now(): number };
  readonly burst: number;
  readonly perMinute: number;
}): RateLimit {
  const { clock, burst, perMinute } = args;
  const perMs = perMinute / 60_000;
  const buckets = new Map<string, { room: number; at: number }>();
  const roomAt = (bucket: { room: number; at: number }, now: number) => Math.min(burst, bucket.room + Math.max(0, now - bucket.at) * perMs);

  function forgetFull(now: number): void {
    for (const [key, bucket] of buckets) if (roomAt(bucket, now) >= burst) buckets.delete(key);
    if (buckets.size >= maxKeys) buckets.clear();
  }

  return {
    take(key) {
      const now = clock.now();
      if (buckets.size >= maxKeys && !buckets.has(key)) forgetFull(now);
      const room = roomAt(buckets.get(key) ?? { room: burst, at: now }, now);
      buckets.set(key, { room: room < 1 ? room : room - 1, at: now });
      return room < 1 ? Math.max(1, Math.ceil((1 - room) / perMs / 1000)) : undefined;
    },
  };
}
