/**
 * Builds the app as one that keeps its database under the next number, into a folder of its own: `node tools/build-next.ts FOLDER`.
 * Only a test asks for it: it shows what a tab of the version before does when the next one takes the database over.
 */
import path from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { TOP } from './run-command.ts';

const dexieDisk = path.join(TOP, 'src/client/store/dexie-disk.ts');

function withNextNumber(): Plugin {
  let replaced = 0;
  return {
    name: 'next-number',
    enforce: 'pre',
    transform(code, id) {
      if (id !== dexieDisk) return null;
      const next = code.replace(/const ownVersion = (\d+);/u, (_, number: string) => `const ownVersion = ${Number(number) + 1};`);
      if (next !== code) replaced += 1;
      return next;
    },
    // A line that changed must not leave a next version that is the same one.
    buildEnd(error) {
      if (error === undefined && replaced === 0) throw new Error(`${dexieDisk} names no version of its own`);
    },
  };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node tools/build-next.ts FOLDER');
await build({
  configFile: path.join(TOP, 'vite.config.ts'),
  plugins: [withNextNumber()],
  build: { outDir: path.resolve(folder), emptyOutDir: true },
  logLevel: 'warn',
});
