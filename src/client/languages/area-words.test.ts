import { expect, test } from 'vitest';
import { areaWords } from './area-words.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

test('an area is said with the word for its kind, once', () => {
  expect(areaWords(vi, { kind: 'xom', name: 'Ngọc Sơn' })).toBe('xóm Ngọc Sơn');
  expect(areaWords(vi, { kind: 'xom', name: 'Xóm Ngọc Sơn' })).toBe('Xóm Ngọc Sơn');
  expect(areaWords(vi, { kind: 'ban', name: 'Bản Giốc' })).toBe('Bản Giốc');
  // A name that only begins like the word.
  expect(areaWords(vi, { kind: 'xa', name: 'Xanh' })).toBe('xã Xanh');
  expect(areaWords(en, { kind: 'xom', name: 'Ngọc Sơn' })).toBe('hamlet Ngọc Sơn');
});
