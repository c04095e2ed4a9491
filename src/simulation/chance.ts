/** Chance from a seed: the same seed gives the same row of choices. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** In [0, below). */
  int(below: number): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  bytes(length: number): Uint8Array;
}

/** mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => next32() / 2 ** 32;
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    happens: (probability) => next() < probability,
    pick<T>(from: readonly T[]): T {
      const picked = from[int(from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 4) {
        const word = next32();
        for (let part = 0; part < 4 && at + part < length; part++) bytes[at + part] = word >>> (8 * part);
      }
      return bytes;
    },
  };
}

/** A seed of its own for each user of chance, so that what one of them draws changes nothing for the others. */
export function seedFor(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
