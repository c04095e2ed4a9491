/** Secrets that travel as text: `<communeCode>.<43 base64url characters>`, 256 random bits. Only their hash is kept. */
import { createHash } from 'node:crypto';
import { bytesToBase64url } from '#sync/entry.ts';

const tokenPattern = /^(\d{5})\.[A-Za-z0-9_-]{43}$/;

export function createToken(communeCode: string, random: (length: number) => Uint8Array): string {
  return `${communeCode}.${bytesToBase64url(random(32))}`;
}

/** SHA-256 is enough: what is hashed cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The commune whose tables hold the token; undefined: this is no token of ours. */
export function communeOfToken(token: string): string | undefined {
  return tokenPattern.exec(token)?.[1];
}
