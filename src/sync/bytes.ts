/** Bytes and the text they travel as; and lists of texts packed into bytes so that no two lists pack alike. */
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

/** Bytes that own their buffer: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sextets = new Uint8Array(128).fill(255);
for (let value = 0; value < 64; value++) sextets[alphabet.charCodeAt(value)] = value;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** RFC 4648 section 5, without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 3) {
    const left = bytes.length - start;
    const triple = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    parts.push(alphabet.charAt(triple >> 18) + alphabet.charAt((triple >> 12) & 63));
    if (left > 1) parts.push(alphabet.charAt((triple >> 6) & 63));
    if (left > 2) parts.push(alphabet.charAt(triple & 63));
  }
  return parts.join('');
}

/**
 * The one text of given bytes is read and no other: padding, foreign symbols and unused bits that are not zero are refused, so
 * that what was sealed or signed cannot be written in a second way.
 */
export function base64urlToBytes(text: string): Result<Bytes, { code: 'unreadable' }> {
  const rest = text.length % 4;
  if (rest === 1) return err({ code: 'unreadable' });
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let heldBits = 0;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const sextet = sextets[text.charCodeAt(index)] ?? 255;
    if (sextet === 255) return err({ code: 'unreadable' });
    held = ((held << 6) | sextet) & 0xfff;
    heldBits += 6;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes[at++] = (held >> heldBits) & 255;
    }
  }
  if ((held & ((1 << heldBits) - 1)) !== 0) return err({ code: 'unreadable' });
  return ok(bytes);
}

export function textToBytes(text: string): Bytes {
  return encoder.encode(text);
}

/** Throws a TypeError on bytes that are not UTF-8. A byte order mark is kept: it is content like any other. */
export function bytesToText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function joinBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Each part behind its length in two bytes, big-endian. Throws on a part above 65,535 bytes. */
export function packParts(...parts: readonly Uint8Array[]): Bytes {
  return joinBytes(
    ...parts.flatMap((part) => {
      if (part.length > 0xffff) throw new RangeError(`a part of ${part.length} bytes cannot be length-prefixed`);
      return [Uint8Array.of(part.length >> 8, part.length & 255), part];
    }),
  );
}

/** The parts that `packParts` packed; undefined when lengths and bytes do not agree to the last byte. */
export function unpackParts(packed: Uint8Array): Bytes[] | undefined {
  const parts: Bytes[] = [];
  let at = 0;
  while (at < packed.length) {
    const [high, low] = [packed[at], packed[at + 1]];
    if (high === undefined || low === undefined) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > packed.length) return undefined;
    parts.push(new Uint8Array(packed.subarray(at + 2, end)));
    at = end;
  }
  return parts;
}
