/** Finds words in what people write: with their diacritics or with none at all, never with half of them (`tổ cao tuổi` is no `tố cáo`). */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';

const wordPattern = /[\p{L}\p{N}]+/gu;

/** `phrases` in lower case, with their diacritics. */
export function saysAny(text: string, phrases: readonly string[]): boolean {
  const typed = text.normalize('NFC').toLowerCase().match(wordPattern) ?? [];
  return phrases.some((phrase) => {
    const words = phrase.normalize('NFC').match(wordPattern) ?? [];
    return typed.some((_, start) => words.every((word, at) => typed[start + at] === word || typed[start + at] === withoutDiacritics(word)));
  });
}

/** The first whose words the text says. */
export function firstSaid<T extends string>(text: string, table: readonly (readonly [T, readonly string[]])[]): T | undefined {
  return table.find(([, phrases]) => saysAny(text, phrases))?.[0];
}
