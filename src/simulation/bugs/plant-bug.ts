/**
 * Gives a simulation the real sources with bugs planted in them, as they load: a module that is asked for as `x.ts?bug=NAME` and all that it
 * imports are loaded apart from the others, with that bug. So one process can look for one bug after another.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { plant } from './seeded-bug.ts';
import type { SeededBug } from './seeded-bug.ts';

const sources = new URL('../../', import.meta.url).href;
const mark = '?bug=';

/** To be called once, before anything is imported with a bug. */
export function plantBugs(bugs: readonly SeededBug[]): void {
  const byName = new Map(bugs.map((bug) => [bug.name, bug]));
  /** Without types, by file: most files are the same for every bug. */
  const stripped = new Map<string, string>();

  function sourceOf(file: string, name: string): string {
    const bug = byName.get(name);
    if (bug === undefined) throw new Error(`no seeded bug is called ${name}`);
    const edits = bug.edits.filter((edit) => edit.file === file);
    if (edits.length > 0) return stripTypeScriptTypes(edits.reduce(plant, read(file)));
    const known = stripped.get(file) ?? stripTypeScriptTypes(read(file));
    stripped.set(file, known);
    return known;
  }

  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const [, name] = (context.parentURL ?? '').split(mark);
      const isMarked = name === undefined || !resolved.url.startsWith(sources) || resolved.url.includes(mark);
      return isMarked ? resolved : { ...resolved, url: `${resolved.url}${mark}${name}` };
    },
    load(url, context, nextLoad) {
      const [file = '', name] = url.split(mark);
      if (name === undefined) return nextLoad(url, context);
      return { format: 'module', source: sourceOf(file.slice(sources.length), name), shortCircuit: true };
    },
  });
}

function read(file: string): string {
  return readFileSync(new URL(file, sources), 'utf8');
}
