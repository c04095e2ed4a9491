import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findTooNew, findTooNewStyles } from './old-browsers.ts';

const top = path.join(import.meta.dirname, '..');

/** The rooms whose code runs on phones, in pages and in workers alike. */
const onPhones = 'src/{client,domain,lists,sync,tables}/**/*.{ts,tsx}';

test('nothing that runs on phones is newer than the oldest browsers we are for', () => {
  const sources = globSync(onPhones, { cwd: top, exclude: ['**/*.test.{ts,tsx}', '**/*test-support.ts'] });
  expect(sources).toContain(path.join('src', 'client', 'store', 'pictures.ts'));
  expect(sources).toContain(path.join('src', 'tables', 'workbook.ts'));
  const found = sources.flatMap((source) => findTooNew(source, readFileSync(path.join(top, source), 'utf8')).map(({ line, text, since }) => `${source}:${line} ${text} came with ${since}`));
  expect(found).toEqual([]);
});

test.each([
  'rows.toSorted((a, b) => a - b);', 'rows?.toReversed();', 'rows.with(0, 1);', 'Object.groupBy(rows, by);', 'await Array.fromAsync(rows);', 'Promise.withResolvers();',
  'new Set(one).union(other);', 'one.isSubsetOf(other);', 'const digits = /(?<!\\d)\\d+/g;', 'const ours = /(?<=a)b/u;', "new RegExp(`(?<!${word})a`, 'u');", 'const letters = /[\\p{L}--[a-z]]/v;',
  "new RegExp(pattern, 'v');", 'const some = /(?i:a)b/u;', 'AbortSignal.timeout(1000);', 'map.values().map(twice);', 'text.matchAll(/a/g).toArray();', 'requestIdleCallback(run);',
  "await createImageBitmap(file, { imageOrientation: 'from-image' });",
])('%s is found', (source) => {
  expect(findTooNew('old.ts', `const before = 1;\n${source}\n`)).toMatchObject([{ line: 2 }]);
});

test.each([
  '[...rows].sort();', 'rows.at(-1);', 'rows.findLast(isOurs);', 'z.union([a, b]);', '[...map.values()].map(twice);', 'Object.entries(rows).map(twice);', 'store.keys(1).map(twice);',
  'const named = /(?<year>\\d+)(?:-|$)(?!x)(?=y)/u;', '// rows.toSorted()', "const words = '.toSorted() /(?<!a)/';", 'const toSorted = 1;', 'const bytes = toBase64(box);',
])('%s is left alone', (source) => {
  expect(findTooNew('old.ts', source)).toEqual([]);
});

test('what does not parse is no clean source', () => {
  expect(() => findTooNew('broken.ts', 'const = ;')).toThrow('broken.ts does not parse');
});

test('no style sheet leaves the oldest browsers without something that is needed', () => {
  const sheets = globSync('src/client/**/*.css', { cwd: top });
  expect(sheets).toContain(path.join('src', 'client', 'ui', 'toast.module.css'));
  const found = sheets.flatMap((sheet) => findTooNewStyles(readFileSync(path.join(top, sheet), 'utf8')).map(({ line, text, since }) => `${sheet}:${line} ${text} came with ${since}`));
  expect(found).toEqual([]);
});

test.each([
  '.a:has(b) {\n}', '.a {\n  min-height: 100dvh;\n}', '.a {\n  color: color-mix(in srgb, red, blue);\n}', '.a {\n  & b {\n  }\n}',
  '.a {\n  field-sizing: content;\n}', '.a {\n  text-wrap: balance;\n}', '.a {\n  translate: 1px 0;\n}', '@starting-style {\n}', '@scope (.a) {\n}', '.a:user-invalid {\n}', '.a {\n  width: 10cqw;\n}', '.a {\n  height: 2lh;\n}',
])('in styles, %j is found', (sheet) => {
  expect(findTooNewStyles(sheet)).toHaveLength(1);
});

test.each(['.a {\n  min-height: 100vh;\n  min-height: 100dvh;\n}', '/* Older browsers print it twice. */\n.a:has(b) {\n}', '.a:has(b) {\n}\n@supports not selector(:has(a)) {\n}'])('in styles, %j is left alone', (sheet) => {
  expect(findTooNewStyles(sheet)).toEqual([]);
});
