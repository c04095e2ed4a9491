/** Passphrases: offered as Vietnamese words, read however a keyboard writes them. */
import { err, ok } from '#sync/entry.ts';
import type { Result } from '#sync/entry.ts';
import { passphraseWords } from './passphrase-words.ts';

const minPassphraseCharacters = 8;
const suggestedWords = 4;

/**
 * Four words of 1,024, each drawn alone: 40 bits, behind Argon2id. `random(n)` gives n random bytes. They are shown with
 * their marks, to be remembered; they may be typed without (`normalizePassphrase`), and no two words are the same without.
 */
export function suggestPassphrase(random: (length: number) => Uint8Array): string {
  const bytes = random(suggestedWords * 2);
  const words = Array.from({ length: suggestedWords }, (_, index) => {
    // 1,024 divides 65,536, so no word is likelier than another.
    const drawn = ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0);
    return passphraseWords[drawn % passphraseWords.length];
  });
  return words.join(' ');
}

/**
 * One form for all the ways a keyboard writes the same words: composed or not, `hòa` or `hoà` (keyboards differ), with marks or
 * without (a keyboard may have none), capitals, more spaces. The price is some bits of a passphrase of one's own; the gain is that
 * nobody is locked out, and after ten tries wiped, by another keyboard. Never change this: it would lock out every vault.
 */
export function normalizePassphrase(passphrase: string): string {
  return passphrase
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The normalised passphrase, or how many characters it has of the 8 it needs. */
export function checkPassphrase(passphrase: string): Result<string, { code: 'too_short'; characters: number }> {
  const normalized = normalizePassphrase(passphrase);
  const characters = [...normalized].length;
  return characters >= minPassphraseCharacters ? ok(normalized) : err({ code: 'too_short', characters });
}
