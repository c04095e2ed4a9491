/** Vietnamese text in the encodings offices used before Unicode, to make files that must be read. */
import { tcvn3Letters, vniLetters } from '../../src/tables/legacy-letters.ts';

const codesOf = (letters: ReadonlyMap<string, string>) => new Map([...letters].map(([code, letter]) => [letter, code]));
const tcvn3Codes = codesOf(tcvn3Letters);
const vniCodes = codesOf(vniLetters);

/** As Latin letters, one character a byte. A capital letter with a tone has no code: it is written as the small one. */
export const toTcvn3 = (text: string) => [...text.normalize('NFC')].map((letter) => tcvn3Codes.get(letter) ?? tcvn3Codes.get(letter.toLowerCase()) ?? letter).join('');

/** As Latin letters, one character a byte. */
export const toVni = (text: string) => [...text.normalize('NFC')].map((letter) => vniCodes.get(letter) ?? letter).join('');

/** Throws at a character beyond Latin-1. */
export function latinBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0xff) throw new Error(`${character} is no character of Latin-1`);
    return code;
  });
}

const windows1258 = new Map([...new TextDecoder('windows-1258').decode(Uint8Array.from({ length: 128 }, (_, index) => index + 128))].map((letter, index) => [letter, index + 128]));

/** A letter of its own where there is one, else the letter without its tone, and the tone after it, as Windows types them. */
export function toWindows1258(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text.normalize('NFC')) {
    const whole = letter < '\u0080' ? letter.charCodeAt(0) : windows1258.get(letter);
    if (whole !== undefined) bytes.push(whole);
    else {
      const tone = /[\u0300\u0301\u0303\u0309\u0323]/u.exec(letter.normalize('NFD'))?.[0] ?? '';
      const base = letter.normalize('NFD').replace(tone, '').normalize('NFC');
      for (const part of [base, tone]) {
        const code = part < '\u0080' ? part.charCodeAt(0) : windows1258.get(part);
        if (code === undefined) throw new Error(`${letter} is no letter of Windows-1258`);
        bytes.push(code);
      }
    }
  }
  return Uint8Array.from(bytes);
}

/** `bigEndian`: the higher byte first. No mark is put before it. */
export function toUtf16(text: string, bigEndian = false): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !bigEndian);
  return bytes;
}
