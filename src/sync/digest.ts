/**
 * A channel's digest: the sum mod 2^128 of a hash of each live row. Adding and taking away rows in any order gives the same sum, so the
 * endpoint keeps it as it goes and the phone can tell whether it holds what the endpoint shows.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { textToBytes } from './bytes.ts';

const modulus = 1n << 128n;

export const emptyDigest = 0n;

/** The first 16 bytes of SHA-256 over `recordId`, a line feed and the sequence in decimal, big-endian. */
export function rowDigest(recordId: string, sequence: number): bigint {
  const hash = sha256(textToBytes(`${recordId}\n${sequence}`));
  const view = new DataView(hash.buffer, hash.byteOffset);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}

export function addDigest(sum: bigint, row: bigint): bigint {
  return (sum + row) % modulus;
}

export function subtractDigest(sum: bigint, row: bigint): bigint {
  return (sum - row + modulus) % modulus;
}

/** 32 hex digits, as it travels. */
export function digestToHex(sum: bigint): string {
  return sum.toString(16).padStart(32, '0');
}

/** Throws a SyntaxError on what is not hex. */
export function hexToDigest(hex: string): bigint {
  return BigInt(`0x${hex}`);
}
