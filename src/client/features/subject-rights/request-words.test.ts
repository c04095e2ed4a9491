import { expect, test } from 'vitest';
import { vi } from '#client/languages/vi.ts';
import { erasureErrors } from '#client/remote/subject-rights.ts';
import { refusalWords } from './request-words.ts';

const words = vi.subjectRights.requests.refusedBy;

test('a refusal is said in its own words, one that is not known yet in those for what is not known', () => {
  for (const error of erasureErrors) expect(refusalWords(vi, { code: 'refused', status: 409, error })).toBe(words[error]);
  expect(refusalWords(vi, { code: 'refused', status: 409, error: 'never_heard_of' })).toBe(vi.errors.unknown);
});

test('there are words for each refusal there is, and for no other', () => {
  expect(Object.keys(words).toSorted()).toEqual(erasureErrors.toSorted());
});
