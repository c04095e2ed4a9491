/**
 * Builds the app with its encryption at rest taken out, into a folder of its own: `node tools/build-control.ts FOLDER`.
 * Only a test asks for it: it shows that the search of a browser's disk would find what lies there readable. The app itself has no
 * switch for this; one file is replaced while building.
 */
import path from 'node:path';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { TOP } from './run-command.ts';

const box = path.join(TOP, 'src/client/vault/box.ts');
const standIn = path.join(TOP, 'e2e/control/box.ts');

function withPlainBoxes(): Plugin {
  let replaced = 0;
  return {
    name: 'plain-boxes',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/box.ts')) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      if (resolved?.id !== box) return null;
      replaced += 1;
      return standIn;
    },
    // A file that moved must not leave a control that encrypts after all.
    buildEnd(error) {
      if (error === undefined && replaced === 0) throw new Error(`nothing imports ${box}: the control would encrypt`);
    },
  };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node tools/build-control.ts FOLDER');
await build({
  configFile: path.join(TOP, 'vite.config.ts'),
  plugins: [withPlainBoxes()],
  build: { outDir: path.resolve(folder), emptyOutDir: true },
  logLevel: 'warn',
});
