import { expect, test } from 'vitest';
import { en } from './en.ts';
import { vi } from './vi.ts';

/** Every sentence of a catalog by its place; one that counts is asked for one thing and for many. */
function sentencesOf(words: unknown, place = ''): [place: string, sentence: string][] {
  if (typeof words === 'string') return [[place, words]];
  if (typeof words === 'function') return [1, 12].map((n) => [place, String((words as (...args: unknown[]) => unknown)(n, n, n))]);
  return typeof words === 'object' && words !== null ? Object.entries(words).flatMap(([name, each]) => sentencesOf(each, `${place}.${name}`)) : [];
}

/** Words of whoever builds such a thing, which nobody says at a door. */
const technical = {
  vi: /máy chủ|đồng bộ|mã hóa|ngoại tuyến|trực tuyến|bộ nhớ đệm|giao thức|phiên(?! bản)|\b(token|server|cache|sync|offline|online|json|hash|endpoint|url|http)\b/iu,
  en: /\b(token|server|cache|sync|offline|json|hash|endpoint|url|http|outbox|vault|sessions?)\b/iu,
};

test.each([['Vietnamese', sentencesOf(vi), technical.vi], ['English', sentencesOf(en), technical.en]] as const)('no sentence in %s asks for a technical word to be known', (_language, sentences, words) => {
  expect(sentences.length).toBeGreaterThan(1000);
  expect(sentences.filter(([, sentence]) => words.test(sentence))).toEqual([]);
});
