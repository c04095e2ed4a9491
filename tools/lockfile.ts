/**
 * Fills the gaps npm leaves in package-lock.json: `npm run lockfile` after every `npm install`.
 * Where the registry (a mirror) lacks the build of a tool for some other platform, npm 11 and 12 leave it out of the lock
 * they write, and their own `npm ci` then refuses that lock (npm/cli#9846). An entry with the version and the platform is
 * enough: it is skipped on other platforms and fetched on its own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TOP } from './run-command.ts';

export interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
export interface Lockfile {
  packages: Record<string, LockEntry>;
}

/** The entries npm left out, by their place in the lock. Throws at one whose platform its name does not tell. */
export function missingEntries({ packages }: Lockfile): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, place, name)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(entry.dev === true ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

/** As Node resolves: beside the one that asks, then in every folder above it. */
function isLocked(packages: Lockfile['packages'], place: string, name: string): boolean {
  for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (`${from}${from === '' ? '' : '/'}node_modules/${name}` in packages) return true;
    if (from === '') return false;
  }
}

/** `@rollup/rollup-linux-x64-musl` says linux, x64, musl. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const found = /(?<os>aix|android|darwin|freebsd|linux|openbsd|openharmony|sunos|win32)-(?<cpu>[a-z0-9]+)(-(?<abi>[a-z]+))?$/u.exec(name)?.groups;
  if (found?.['os'] === undefined || found['cpu'] === undefined) throw new Error(`${name} is missing from the lock, and its name tells no platform`);
  const { os, cpu, abi = '' } = found;
  const libc = abi.startsWith('musl') ? ['musl'] : ['glibc'];
  return { cpu: [cpu], ...(os === 'linux' ? { libc } : {}), os: [os] };
}

if (import.meta.main) {
  const file = path.join(TOP, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  const missing = missingEntries(lock);
  const byPlace = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  if (Object.keys(missing).length > 0) {
    writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPlace) }, null, 2)}\n`);
  }
  console.log(`${Object.keys(missing).length} entries added to package-lock.json.`);
}
