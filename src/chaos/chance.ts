/** Chance without a seed: what a machine does between two kills is repeated by none. */
import { randomBytes as nodeRandomBytes, randomInt } from 'node:crypto';

/** In [0, below). */
export function below(limit: number): number {
  return randomInt(limit);
}

/** True with this probability. */
export function happens(probability: number): boolean {
  return randomInt(1_000_000) < probability * 1_000_000;
}

export function pick<T>(from: readonly T[]): T {
  const picked = from[randomInt(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

export function randomBytes(length: number): Uint8Array {
  return new Uint8Array(nodeRandomBytes(length));
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
