/** Finds words in what people write: with their diacritics or with none at all, never with half of them (`tổ cao tuổi` is no `tố cáo`). */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';

const wordPattern = /[\p{L}\p{N}]+/gu;

interface SearchedWord {
  readonly word: string;
  readonly bare: string;
}

/** Tables of phrases are few and stand still: each is taken apart once. */
const taken = new WeakMap<readonly string[], readonly (readonly SearchedWord[])[]>();

function searchedIn(phrases: readonly string[]): readonly (readonly SearchedWord[])[] {
  const known = taken.get(phrases);
  if (known !== undefined) return known;
  const searched = phrases.map((phrase) => wordsOf(phrase).map((word) => ({ word, bare: withoutDiacritics(word) })));
  taken.set(phrases, searched);
  return searched;
}

function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').toLowerCase().match(wordPattern) ?? [];
}

/** `phrases` in lower case, with their diacritics. */
export function saysAny(text: string, phrases: readonly string[]): boolean {
  return isSaid(wordsOf(text), phrases);
}

function isSaid(typed: readonly string[], phrases: readonly string[]): boolean {
  return searchedIn(phrases).some((phrase) =>
    typed.some((_, start) => phrase.every(({ word, bare }, at) => typed[start + at] === word || typed[start + at] === bare)),
  );
}

/** The first whose words the text says. */
export function firstSaid<T extends string>(text: string, table: readonly (readonly [T, readonly string[]])[]): T | undefined {
  const typed = wordsOf(text);
  return table.find(([, phrases]) => isSaid(typed, phrases))?.[0];
}
