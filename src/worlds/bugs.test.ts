import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plant } from '#simulation/bugs/seeded-bug.ts';
import { bugs } from './bugs.ts';
import seeds from './seeds.json' with { type: 'json' };

const sources = new URL('../', import.meta.url);

test.each(bugs)('$name still has its place in the source', ({ edits }) => {
  for (const edit of edits) {
    const source = readFileSync(new URL(edit.file, sources), 'utf8');
    expect(plant(source, edit)).not.toBe(source);
  }
});

test('each has the seed of a world that shows it', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(20);
  expect(Object.keys(seeds).toSorted()).toEqual(bugs.map(({ name }) => name).toSorted());
});
