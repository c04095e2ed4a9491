import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bugs } from './bugs.ts';
import { plant } from './seeded-bug.ts';

const sources = new URL('../../', import.meta.url);

test.each(bugs)('$name still has its place in the source', ({ edits }) => {
  for (const edit of edits) {
    const source = readFileSync(new URL(edit.file, sources), 'utf8');
    expect(plant(source, edit)).not.toBe(source);
  }
});

test('there are 30 at least, each with a name of its own', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(30);
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  for (const { name, edits } of bugs) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(edits.length).toBeGreaterThan(0);
  }
});

test('what stands nowhere in the source, or twice, is refused, and what stands there once is replaced as it is written', () => {
  const edit = { file: 'some/file.ts', find: 'a = 1', replace: "a = '$&'" };
  expect(() => plant('b = 1', edit)).toThrow('there 0 times');
  expect(() => plant('a = 1; a = 1', edit)).toThrow('there 2 times');
  expect(plant('let a = 1;', edit)).toBe("let a = '$&';");
});
