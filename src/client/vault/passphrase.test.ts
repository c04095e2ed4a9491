import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passphraseWords } from './passphrase-words.ts';
import { checkPassphrase, normalizePassphrase, suggestPassphrase } from './passphrase.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const plain = passphraseWords.map(normalizePassphrase);

test('there are 1,024 words, and as many without their marks: four words are 40 bits', () => {
  expect(passphraseWords).toHaveLength(1_024);
  expect(new Set(plain).size).toBe(1_024);
  expect(4 * Math.log2(new Set(plain).size)).toBe(40);
});

test('every word is written composed and in small letters, and is one syllable', () => {
  for (const word of passphraseWords) expect(word).toBe(word.normalize('NFC').toLowerCase());
  for (const word of plain) expect(word).toMatch(/^[b-df-hj-np-tvx]*[aeiouy]+(c|ch|m|n|ng|nh|p|t)?$/);
});

test('a Vietnamese keyboard changes no word that is typed without marks', () => {
  for (const word of plain) {
    const fromVowel = word.slice(word.search(/[aeiouy]/));
    expect(fromVowel, word).not.toMatch(/[sfrxjwz]/);
    expect(word, word).not.toMatch(/([aeod]).*\1/);
    expect(word, word).not.toMatch(/[0-9]/);
  }
});

test('a suggestion is four words of the list, good as it is, and every word can come', () => {
  const seen = new Set<string>();
  for (let count = 0; count < 5_000; count++) {
    const suggestion = suggestPassphrase(random);
    const words = suggestion.split(' ');
    expect(words).toHaveLength(4);
    words.forEach((word) => seen.add(word));
    expect(checkPassphrase(suggestion)).toMatchObject({ ok: true });
  }
  expect(seen.size).toBe(1_024);
  expect([...seen].every((word) => passphraseWords.includes(word))).toBe(true);
});

test('the words are drawn from the random bytes and nothing else', () => {
  const zeros = (length: number) => new Uint8Array(length);
  const last = (length: number) => new Uint8Array(length).fill(255);
  expect(suggestPassphrase(zeros)).toBe(Array(4).fill(passphraseWords[0]).join(' '));
  expect(suggestPassphrase(last)).toBe(Array(4).fill(passphraseWords[1_023]).join(' '));
  let calls = 0;
  suggestPassphrase((length) => (calls++, random(length)));
  expect(calls).toBe(1);
});

test.each([
  ['Đường Bê Tông', 'duong be tong'],
  ['  hòa\u00a0 bình\t', 'hoa binh'],
  ['hoà bình', 'hoa binh'],
  ['ĐÊM nay', 'dem nay'],
  ['Ưu tiên số 1!', 'uu tien so 1!'],
  ['パスがが한국'.normalize('NFC'), 'パスがが한국'.normalize('NFC')],
])('%j is read as %j, composed or not', (typed, normalized) => {
  expect(normalizePassphrase(typed)).toBe(normalized);
  expect(normalizePassphrase(typed.normalize('NFD'))).toBe(normalized);
  expect(normalizePassphrase(typed.normalize('NFC'))).toBe(normalized);
});

test('what is normalised once stays as it is, and the two Unicode forms of any text agree', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const normalized = normalizePassphrase(text);
      expect(normalizePassphrase(normalized)).toBe(normalized);
      expect(normalizePassphrase(text.normalize('NFD'))).toBe(normalizePassphrase(text.normalize('NFC')));
    }),
    { numRuns: 2_000 },
  );
});

test('letters and digits that differ stay different', () => {
  expect(normalizePassphrase('suoi trau 12')).not.toBe(normalizePassphrase('suoi trau 13'));
  expect(normalizePassphrase('suoitrau')).not.toBe(normalizePassphrase('suoi trau'));
  expect(normalizePassphrase('ខ្មែរ')).not.toBe(normalizePassphrase('ខមរ'));
});

test.each([
  ['', 0],
  ['bảy chữ', 7],
  ['bảy chữ'.normalize('NFD'), 7],
  ['   a        b   ', 3],
  ['😀😀😀😀😀😀😀', 7],
])('%j is too short: %i characters', (typed, characters) => {
  expect(checkPassphrase(typed)).toEqual({ ok: false, error: { code: 'too_short', characters } });
});

test('eight characters are enough', () => {
  expect(checkPassphrase('Tám chữ!')).toEqual({ ok: true, value: 'tam chu!' });
});
