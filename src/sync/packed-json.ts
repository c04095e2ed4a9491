/** What lies inside a seal: JSON, deflated with a preset dictionary, padded so that its length tells little. */
import { deflateSync, Inflate } from 'fflate';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';
import { bytesToText, joinBytes, textToBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';

/** Neither what is sealed nor what it inflates to may be larger: what is, is refused at the save. Bytes. */
export const maxEntryBytes = 64 * 1024;
export const paddingBlock = 64;

/** One slice inflates to at most 1,032 times its length (deflate's best), so the bound below holds to within 264 KB. */
const inflateSlice = 256;

/**
 * `dictionary` empty: none. The padding is one byte 0x80 and zeros up to a multiple of 64 (ISO/IEC 7816-4): it is always there,
 * so it can always be told from what it pads.
 *
 * Refused by the length of the JSON too, not only of what is sealed: what inflates above the bound would be taken in by the
 * phone and opened by nobody.
 */
export function packJson(value: unknown, dictionary: Bytes): Result<Bytes, { code: 'too_large'; bytes: number }> {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError('what is sealed must be writable as JSON');
  const plain = textToBytes(json);
  if (plain.length > maxEntryBytes) return err({ code: 'too_large', bytes: plain.length });
  const deflated = deflateSync(plain, { level: 9, dictionary });
  const padding = new Uint8Array(paddingBlock - (deflated.length % paddingBlock));
  padding[0] = 0x80;
  return ok(joinBytes(deflated, padding));
}

export function unpackJson(packed: Uint8Array, dictionary: Bytes): Result<unknown, { code: 'unreadable' }> {
  const deflated = withoutPadding(packed);
  const plain = deflated && inflateBounded(deflated, dictionary);
  if (!plain) return err({ code: 'unreadable' });
  try {
    return ok(JSON.parse(bytesToText(plain)));
  } catch {
    return err({ code: 'unreadable' });
  }
}

function withoutPadding(packed: Uint8Array): Uint8Array | undefined {
  if (packed.length === 0 || packed.length % paddingBlock !== 0) return undefined;
  let end = packed.length - 1;
  while (end >= 0 && packed[end] === 0) end--;
  return end >= packed.length - paddingBlock && packed[end] === 0x80 ? packed.subarray(0, end) : undefined;
}

/**
 * Fed slice by slice and stopped in the middle of a bomb: a bound checked afterwards would have spent time and memory on 64 MB.
 * Undefined: too large, cut short, or not deflated at all.
 */
function inflateBounded(deflated: Uint8Array, dictionary: Bytes): Bytes | undefined {
  const plain: Uint8Array[] = [];
  let length = 0;
  const inflater = new Inflate({ dictionary }, (part) => {
    plain.push(part);
    length += part.length;
  });
  try {
    for (let start = 0; start < deflated.length; start += inflateSlice) {
      const end = start + inflateSlice;
      inflater.push(deflated.subarray(start, end), end >= deflated.length);
      if (length > maxEntryBytes) return undefined;
    }
  } catch {
    return undefined;
  }
  return joinBytes(...plain);
}
