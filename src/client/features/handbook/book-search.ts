/** Finds words in titles and texts as they are typed, without diacritics, and shows where they stand. Nothing is folded before somebody looks. */
import { withoutDiacritics } from '#domain/vietnamese-text.ts';
import type { RecordState } from '#domain/record.ts';
import { plainTextOf } from './plain-text.ts';

export type BookRecord = RecordState<'handbook_page'> | RecordState<'document'>;

interface Folded {
  readonly title: string;
  readonly foldedTitle: string;
  readonly text: string;
  readonly foldedText: string;
}

export interface Part {
  readonly text: string;
  readonly isFound: boolean;
}

export interface Hit<R extends BookRecord = BookRecord> {
  readonly record: R;
  readonly title: readonly Part[];
  /** The first place in the text; empty: it stands in the title alone. */
  readonly excerpt: readonly Part[];
}

/** By record, which is another object as soon as it changes. */
const folded = new WeakMap<BookRecord, Folded>();

/** Folds these ahead, a few at a time, so that the first letter typed already finds them. Returns what stops it. */
export function foldAhead(records: readonly BookRecord[], later: (run: () => void) => () => void): () => void {
  const waiting = records.filter((record) => !folded.has(record));
  const step = (): (() => void) | undefined => {
    for (const record of waiting.splice(0, foldedAtOnce)) foldedOf(record);
    return waiting.length === 0 ? undefined : later(next);
  };
  let stop: (() => void) | undefined;
  const next = () => {
    stop = step();
  };
  stop = waiting.length === 0 ? undefined : later(next);
  return () => stop?.();
}
/** A page of 20,000 characters is some 20 ms' work on a slow phone. */
const foldedAtOnce = 1;

/**
 * All words stand in it, each from its beginning, in any order. First what has them as they were typed, one after another, in its title, then in its text; then those
 * whose title has them all; else in the order given.
 */
export function searchBook<R extends BookRecord>(records: readonly R[], query: string): readonly Hit<R>[] {
  const phrase = withoutDiacritics(query);
  const words = phrase.split(' ').filter((word) => word !== '');
  if (words.length === 0) return [];
  const found = records.flatMap((record) => {
    const one = foldedOf(record);
    const stands = (text: string, sought: string) => placeOf(text, sought) !== -1;
    if (!words.every((word) => stands(one.foldedTitle, word) || stands(one.foldedText, word))) return [];
    const ranks = [stands(one.foldedTitle, phrase), stands(one.foldedText, phrase), words.every((word) => stands(one.foldedTitle, word))];
    const rank = ranks.indexOf(true);
    // Where it stands as it was typed, single words elsewhere are none of what was sought.
    return [{ record, one, rank: rank === -1 ? ranks.length : rank, sought: rank === 0 || rank === 1 ? [phrase] : words }];
  });
  found.sort((a, b) => a.rank - b.rank);
  return found.map(({ record, one, sought }, index) => ({
    record,
    title: partsOf(one.title, sought),
    // What lies far down is found as well, and not cut out before somebody scrolls there.
    excerpt: index < excerptsShown ? excerptOf(one, sought) : [],
  }));
}
const excerptsShown = 40;

/** Where it begins in the folded text, at the beginning of a word; -1: nowhere. */
function placeOf(text: string, sought: string, from = 0): number {
  for (let at = text.indexOf(sought, from); at !== -1; at = text.indexOf(sought, at + 1)) if (at === 0 || !isOfWord.test(text[at - 1] ?? '')) return at;
  return -1;
}
const isOfWord = /[\p{L}\p{N}]/u;

function foldedOf(record: BookRecord): Folded {
  const known = folded.get(record);
  if (known !== undefined) return known;
  const title = oneLine(record.kind === 'document' ? `${record.fields.number} · ${record.fields.title}` : record.fields.title);
  const text = record.kind === 'document' ? oneLine(`${record.fields.issuer}. ${record.fields.summary ?? ''}`) : plainTextOf(record.fields.body);
  const made = { title, foldedTitle: withoutDiacritics(title), text, foldedText: withoutDiacritics(text) };
  folded.set(record, made);
  return made;
}

const before = 40;
const after = 110;

function excerptOf({ text, foldedText }: Folded, words: readonly string[]): readonly Part[] {
  const first = words.map((word) => placeOf(foldedText, word)).filter((at) => at >= 0);
  if (first.length === 0) return [];
  const place = placesOf(text, foldedText)(Math.min(...first));
  const from = place <= before ? 0 : wordStart(text, place - before);
  const to = place + after >= text.length ? text.length : wordEnd(text, place + after);
  const parts = partsOf(text.slice(from, to), words);
  const dots: Part = { text: '…', isFound: false };
  return [...(from > 0 ? [dots] : []), ...parts, ...(to < text.length ? [dots] : [])];
}

/** From a place in the folded text to that in the text. A composed Vietnamese letter folds to one: as a rule they are the same. */
function placesOf(text: string, foldedText: string): (at: number) => number {
  if (text.length === foldedText.length) return (at) => at;
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const length = letter === ' ' ? 1 : withoutDiacritics(letter).length;
    for (let each = 0; each < length; each += 1) places.push(at);
    at += letter.length;
  }
  return (place) => places[place] ?? text.length;
}

function wordStart(text: string, near: number): number {
  const space = text.indexOf(' ', near);
  return space === -1 ? near : space + 1;
}

function wordEnd(text: string, near: number): number {
  const space = text.lastIndexOf(' ', near);
  return space <= 0 ? near : space;
}

/** The text in parts: what was found, and what stands between. */
export function partsOf(text: string, words: readonly string[]): readonly Part[] {
  const foldedText = withoutDiacritics(text);
  const place = placesOf(text, foldedText);
  const isFound = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    for (let at = placeOf(foldedText, word); at !== -1; at = placeOf(foldedText, word, at + word.length)) isFound.fill(true, place(at), place(at + word.length));
  }
  const parts: { text: string; isFound: boolean }[] = [];
  for (const [index, found] of isFound.entries()) {
    const last = parts.at(-1);
    if (last?.isFound === found) last.text += text[index] ?? '';
    else parts.push({ text: text[index] ?? '', isFound: found });
  }
  return parts;
}

/** As `withoutDiacritics` folds spaces, so that places stay the same. */
function oneLine(text: string): string {
  return text.normalize('NFC').replaceAll(/\s{2,}|[^\S ]/g, ' ').trim();
}
