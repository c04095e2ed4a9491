/**
 * Builds the app into dist/: `node tools/build.ts`; with `--if-stale` only when what it is built from has changed.
 * The mark of what it was built from lies inside dist, so that a build that broke off leaves none.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand, TOP } from './run-command.ts';

const MARK = path.join(TOP, 'dist/.built-from');
const BUILT_FROM = ['src/{client,domain,lists,sync,tables}/**', 'public/**', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync(BUILT_FROM, { cwd: TOP, exclude: ['**/*.test.{ts,tsx}'] }).toSorted()) {
    if (statSync(path.join(TOP, file)).isFile()) hash.update(`${file}\0`).update(readFileSync(path.join(TOP, file))).update('\0');
  }
  return hash.digest('hex');
}

const wanted = fingerprint();
const isFresh = existsSync(path.join(TOP, 'dist/index.html')) && existsSync(MARK) && readFileSync(MARK, 'utf8') === wanted;
if (!process.argv.includes('--if-stale') || !isFresh) {
  const { exitCode } = await runCommand('vite', ['build'], { show: true });
  if (exitCode === 0) writeFileSync(MARK, wanted);
  process.exitCode = exitCode;
}
