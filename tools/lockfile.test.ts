import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries, type Lockfile } from './lockfile.ts';

test('our lock names every optional package, so that npm ci accepts it', () => {
  const lock = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8')) as Lockfile;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missingEntries(lock)).toEqual({});
});

test('a build left out for another platform is filled in with its version and platform', () => {
  const lock: Lockfile = {
    packages: {
      'node_modules/oxlint': {
        version: '1.94.0',
        dev: true,
        optionalDependencies: { '@oxlint/binding-linux-x64-gnu': '1.94.0', '@oxlint/binding-linux-x64-musl': '1.94.0' },
      },
      'node_modules/@oxlint/binding-linux-x64-gnu': { version: '1.94.0' },
      'node_modules/a/node_modules/rollup': { optionalDependencies: { '@rollup/rollup-win32-x64-gnu': '4.0.0', fsevents: '2.3.3' } },
      'node_modules/a/node_modules/fsevents': { version: '2.3.3' },
    },
  };
  expect(missingEntries(lock)).toEqual({
    'node_modules/@oxlint/binding-linux-x64-musl': { version: '1.94.0', cpu: ['x64'], libc: ['musl'], os: ['linux'], dev: true, optional: true },
    'node_modules/@rollup/rollup-win32-x64-gnu': { version: '4.0.0', cpu: ['x64'], os: ['win32'], optional: true },
  });
});

test('a package whose name tells no platform is not guessed at', () => {
  expect(() => missingEntries({ packages: { 'node_modules/a': { optionalDependencies: { mystery: '1.0.0' } } } })).toThrow(/mystery/u);
});
