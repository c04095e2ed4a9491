/**
 * Guards who may import whom, generated from the folders that are there: a new feature is guarded at birth, and a
 * folder the table does not know is an error. `node tools/import-check.ts [top of the repository]`
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSource, type ImportFound, type SourceRead } from './import-reader.ts';
import {
  BANNED_NAMES, NEVER_A_PART, OUTSIDE_ARROWS, PACKAGES_BY_FILE, PLATFORM_RULES, ROOMS, TEST_FILE, TEST_PACKAGES, type Room,
} from './import-rules.ts';

export interface Violation {
  /** `src/domain/visit.ts:3` */
  readonly place: string;
  readonly message: string;
}

/** Every broken rule in the tree at `top`, in the order of the files' names; an empty list when all is well. */
export function checkImports(top: string): Violation[] {
  const guarded = [...filesUnder(top, 'src'), ...filesUnder(top, 'e2e')];
  const violations: Violation[] = checkFolders(top);
  if (guarded.length === 0) violations.push({ place: top, message: 'holds no source: nothing was checked' });
  for (const file of [...guarded, ...filesUnder(top, 'tools')]) violations.push(...checkName(file));

  const sources = new Map<string, SourceRead>();
  for (const file of guarded) sources.set(file, readSource(file, readFileSync(path.join(top, file), 'utf8')));
  const parts = createPartFinder(sources);

  for (const [file, source] of sources) {
    const room = roomOf(file);
    if (room === undefined) {
      violations.push({ place: `${file}:1`, message: 'stands in no room; add its folder to tools/import-rules.ts or move it' });
      continue;
    }
    for (const found of source.imports) {
      const fault = faultOfImport(top, file, room, found, parts);
      if (fault !== undefined) violations.push({ place: `${file}:${found.line}`, message: fault });
    }
    for (const line of source.suppressions) {
      violations.push({ place: `${file}:${line}`, message: 'silences a checker in passing; a rule is turned off in .oxlintrc.json, with its reason' });
    }
    if (!TEST_FILE.test(file)) violations.push(...checkPlatform(file, source));
  }
  return violations;
}

/** The room of a file, as a row of its own (`client/features/*` becomes that feature); undefined when it has none. */
function roomOf(file: string): Room | undefined {
  const isInside = (roomPath: string): boolean => file === roomPath || file.startsWith(`${roomPath}/`);
  const named = ROOMS.find((room) => isInside(room.path));
  if (named !== undefined) return named;
  for (const room of ROOMS.filter((row) => row.path.endsWith('/*'))) {
    const parent = room.path.slice(0, -1);
    const [folder, ...rest] = file.slice(parent.length).split('/');
    if (file.startsWith(parent) && rest.length > 0) return { ...room, path: `${parent}${folder}` };
  }
  // Ambient types of the page (`vite/client`, virtual modules) belong to whoever starts it.
  return /^src\/client\/[^/]+\.d\.ts$/u.test(file) ? ROOMS.find((room) => room.path === 'src/client/main.tsx') : undefined;
}

function faultOfImport(
  top: string, file: string, room: Room, found: ImportFound, isPartOf: PartFinder,
): string | undefined {
  if (found.specifier === undefined) return 'imports a computed path, which nobody can check; write it out';
  const specifier = found.specifier.replace(/\?.*$/u, '');
  const isTest = TEST_FILE.test(file);
  if (!/^[.#/]/u.test(specifier)) return faultOfPackage(file, room, specifier, isTest);

  const target = targetOf(file, specifier);
  if (!existsSync(path.join(top, target))) return `imports ${specifier}, but ${target} is no file; write its whole name with the extension`;
  if (TEST_FILE.test(target) && !isTest) return `imports ${target}: what runs must not stand on what tests it`;
  const targetRoom = roomOf(target);
  if (targetRoom?.path === room.path) return undefined;
  if (OUTSIDE_ARROWS.some(({ from, to }) => file.startsWith(from) && target.startsWith(to))) return undefined;
  if (isTest && TEST_FILE.test(target) && room.may.some((arrow) => bareArrow(arrow).split('/')[0] === target.split('/')[1])) return undefined;
  for (const arrow of room.may) {
    const typesOnly = arrow.startsWith('type ');
    if (isPartOf(`src/${bareArrow(arrow)}`, target)) {
      if (!typesOnly || found.typeOnly || isTest) return undefined;
      return `${short(room.path)} -> ${short(target)}: types alone may cross here, write \`import type\` (${room.why})`;
    }
  }
  return `${short(room.path)} -> ${short(target)} is no allowed arrow: ${room.why}`;
}

function faultOfPackage(file: string, room: Room, specifier: string, isTest: boolean): string | undefined {
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.replace(/^([^:/]+)\/.*$/u, '$1');
  const extra = PACKAGES_BY_FILE.filter((row) => row.path.test(file)).flatMap((row) => row.packages);
  const allowed = [...room.packages, ...extra, ...(isTest ? TEST_PACKAGES : [])];
  const fits = allowed.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry));
  return fits ? undefined : `${short(room.path)} -> package ${name} is no allowed arrow: ${room.why}`;
}

type PartFinder = (arrow: string, target: string) => boolean;

/**
 * Whether `target` is the room or file an arrow names, or a file of the same room that file is made of, so that
 * `sync/entry` may be split into several files without a new arrow.
 */
function createPartFinder(sources: ReadonlyMap<string, SourceRead>): PartFinder {
  const parts = new Map<string, ReadonlySet<string>>();
  const partsOf = (start: string): ReadonlySet<string> => {
    const known = parts.get(start);
    if (known !== undefined) return known;
    const room = roomOf(start)?.path;
    const found = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (found.has(file) || roomOf(file)?.path !== room || NEVER_A_PART.test(file)) continue;
      found.add(file);
      for (const { specifier } of sources.get(file)?.imports ?? []) {
        if (specifier !== undefined && /^[.#]/u.test(specifier)) open.push(targetOf(file, specifier));
      }
    }
    parts.set(start, found);
    return found;
  };
  return (arrow, target) => target === arrow || target.startsWith(`${arrow}/`) || partsOf(`${arrow}.ts`).has(target);
}

function checkPlatform(file: string, source: SourceRead): Violation[] {
  return source.uses.flatMap(({ use, text, line }) =>
    PLATFORM_RULES.filter((rule) => rule.use === use)
      .filter((rule) => {
        const isIn = (places: readonly string[]): boolean => places.some((place) => file.startsWith(place));
        return (rule.only !== undefined && !isIn(rule.only)) || (rule.never !== undefined && isIn(rule.never));
      })
      .map((rule) => ({ place: `${file}:${line}`, message: `${text} does not belong here: ${rule.why}` })),
  );
}

/** A new folder beside the rooms must be given its row before anything is written in it. */
function checkFolders(top: string): Violation[] {
  return ['src', 'src/client'].flatMap((parent) =>
    foldersIn(path.join(top, parent))
      .map((folder) => `${parent}/${folder}`)
      .filter((folder) => !ROOMS.some((room) => room.path === folder || room.path.startsWith(`${folder}/`)))
      .map((folder) => ({ place: folder, message: 'is a room the table does not know; write its row in tools/import-rules.ts' })),
  );
}

function checkName(file: string): Violation[] {
  return file.split('/').flatMap((segment) => {
    const [stem = ''] = segment.split('.');
    if (BANNED_NAMES.some((banned) => banned.test(stem))) {
      return [{ place: `${file}:1`, message: `"${stem}" says nothing: name the thing itself` }];
    }
    const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*$/u.test(stem);
    return isKebab ? [] : [{ place: `${file}:1`, message: `"${segment}" is no kebab-case name` }];
  });
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function filesUnder(top: string, folder: string): string[] {
  if (!existsSync(path.join(top, folder))) return [];
  return readdirSync(path.join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .toSorted();
}

function targetOf(file: string, specifier: string): string {
  const bare = specifier.replace(/\?.*$/u, '');
  if (bare.startsWith('#')) return `src/${bare.slice(1)}`;
  return bare.startsWith('/') ? bare : path.posix.join(path.posix.dirname(file), bare);
}

function bareArrow(arrow: string): string {
  return arrow.replace(/^type /u, '');
}

function short(target: string): string {
  return target.replace(/^src\//u, '');
}

if (import.meta.main) {
  const top = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..'));
  const violations = checkImports(top);
  for (const { place, message } of violations) console.error(`${place}  ${message}`);
  console.log(violations.length === 0 ? 'Every arrow is an allowed one.' : `${violations.length} forbidden.`);
  if (violations.length > 0) process.exitCode = 1;
}
