/**
 * Builds the app with one change into a folder of its own: `node tools/build-changed.ts CHANGE FOLDER`. Only tests ask for it: they show what a search of
 * the disk would find if nothing were encrypted, what a tab does when the next version takes over, and what the commune makes of an app that somebody
 * altered. The app itself has no switch for any of this; one file is changed while building.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { TOP } from './run-command.ts';

interface SourceChange {
  /** From the top of the repository. */
  readonly file: string;
  readonly change: (code: string) => string;
}

const changes: Readonly<Record<string, SourceChange>> = {
  /** What should be a box is the plain bytes themselves. */
  'plain-boxes': { file: 'src/client/vault/box.ts', change: () => readFileSync(path.join(TOP, 'e2e/control/box.ts'), 'utf8') },
  /** The database has the next number, as after an update. */
  'next-number': {
    file: 'src/client/store/dexie-disk.ts',
    change: (code) => code.replace(/const ownVersion = (\d+);/u, (_, number: string) => `const ownVersion = ${Number(number) + 1};`),
  },
  /** Every visit is sealed with a field that is never to be stored. */
  'forbidden-key': {
    file: 'src/client/store/sealer.ts',
    change: (code) =>
      code.replace(
        'deviceSeq: entry.deviceSeq, entry });',
        `deviceSeq: entry.deviceSeq, entry: {
          ...entry,
          changes: entry.changes.map((change) => ('set' in change && change.kind === 'visit' ? { ...change, set: { ...change.set, religion: 'thờ thần rừng già' } } : change)),
        } });`,
      ),
  },
};

const [name = '', folder] = process.argv.slice(2);
const asked = changes[name];
if (asked === undefined || folder === undefined) throw new Error(`Usage: node tools/build-changed.ts ${Object.keys(changes).join('|')} FOLDER`);

let isChanged = false;
await build({
  configFile: path.join(TOP, 'vite.config.ts'),
  plugins: [
    {
      name,
      enforce: 'pre',
      transform(code, id) {
        if (id !== path.join(TOP, asked.file)) return null;
        const changed = asked.change(code);
        isChanged ||= changed !== code;
        return changed;
      },
      // A file that moved or a line that reads otherwise must not leave the app as it was.
      buildEnd(error) {
        if (error === undefined && !isChanged) throw new Error(`${asked.file} was not changed`);
      },
    },
  ],
  build: { outDir: path.resolve(folder), emptyOutDir: true },
  logLevel: 'warn',
});
