/** Bytes of a text file to text, in whatever encoding an office saved it. */
import { fromTcvn3, fromVni } from './legacy-letters.ts';
import { bestReading } from './legacy-text.ts';
import type { TextEncoding } from './table.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** What is looked at to tell an encoding; a list shows its letters early. */
const sampleBytes = 256 * 1024;

/** Undefined: no text, or none in which Vietnamese could be found. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const unicode = unicodeOf(bytes);
  const text = decodeAs(unicode, bytes);
  if (text !== undefined) return isPlainText(text) ? { text, encoding: unicode } : undefined;
  if (unicode !== 'utf-8' || bytes.includes(0)) return undefined;
  return decodeSingleBytes(bytes);
}

/** By its mark; without one UTF-16 is told by the zero bytes beside its ASCII letters, digits and line breaks. */
function unicodeOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(bytes.length, sampleBytes) >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > pairs * 0.2 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.2 && odd < pairs * 0.02) return 'utf-16be';
  return 'utf-8';
}

/** The decoder takes the mark away itself. */
function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A picture or a program happens to be valid text now and then; a table has no such signs in it. */
function isPlainText(text: string): boolean {
  if (text.includes('\u0000')) return false;
  const signs = text.match(/(?![\t-\r])[\p{Cc}\ufffe\uffff]/gu)?.length ?? 0;
  return signs <= text.length / 100;
}

/** Windows-1258 writes its tones after their letter: NFC puts them together. Windows-1252 shows the codes of the old fonts. */
function decodeSingleBytes(bytes: Uint8Array): DecodedText | undefined {
  const decode = (label: string, part: Uint8Array) => new TextDecoder(label).decode(part);
  const sample = bytes.subarray(0, sampleBytes);
  const encoding = bestReading(decode('windows-1252', sample), decode('windows-1258', sample).normalize('NFC'));
  if (encoding === undefined) return undefined;
  if (encoding === 'windows-1258') return plain(decode('windows-1258', bytes).normalize('NFC'), encoding);
  // Cell by cell: capital letters are told by the other letters of the cell.
  const convert = encoding === 'tcvn3' ? fromTcvn3 : fromVni;
  return plain(decode('windows-1252', bytes).replace(/[^,;\t\r\n"]+/gu, convert), encoding);
}

function plain(text: string, encoding: TextEncoding): DecodedText | undefined {
  return isPlainText(text) ? { text, encoding } : undefined;
}
