/** The test of the test: every seeded bug must be found, from the seed that is stored for it or from one searched anew. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { plant } from './seeded-bug.ts';
import type { SeededBug } from './seeded-bug.ts';
import type { Search, SearchWord, Shown } from './serve-searches.ts';

const sources = new URL('../../', import.meta.url);
/** A seed takes a tenth of a second; a process that says nothing for so long goes round in a circle. */
const patienceMs = 5 * 60_000;

export interface BugHunt {
  readonly bugs: readonly SeededBug[];
  /** A JSON file: by bug, the seed that shows it. */
  readonly storedSeeds: URL;
  /** The program of one searching process: it calls `serveSearches`. */
  readonly search: URL;
  /** So many seeds from 1, where the stored one shows nothing. */
  readonly most: number;
}

/**
 * Prints a line a bug; false where one was not found. Throws where one no longer fits the source. Seeds that had to be searched anew are
 * stored, but not in CI (`CI=true`), where nobody would commit them.
 */
export async function findBugs(hunt: BugHunt): Promise<boolean> {
  const { bugs, storedSeeds, most } = hunt;
  for (const { edits } of bugs) for (const edit of edits) plant(readFileSync(new URL(edit.file, sources), 'utf8'), edit);
  const stored = JSON.parse(readFileSync(storedSeeds, 'utf8')) as Readonly<Record<string, number>>;
  const shown = new Map<string, Shown>();
  const waiting = [...bugs];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const searcher = createSearcher(hunt.search);
      for (let bug = waiting.shift(); bug !== undefined; bug = waiting.shift()) {
        const found = await findBug(searcher, bug, stored[bug.name], most);
        if (found !== undefined) shown.set(bug.name, found);
        console.log(found === undefined ? `NOT FOUND  ${bug.name}` : `found  ${bug.name} (seed ${found.seed}): ${found.broken}`);
      }
      searcher.end();
    }),
  );
  keepSeeds(hunt, stored, shown);
  console.log(`${shown.size} of ${bugs.length} seeded bugs found`);
  return shown.size === bugs.length;
}

async function findBug(searcher: Searcher, { name, plan }: SeededBug, stored: number | undefined, most: number): Promise<Shown | undefined> {
  if (plan !== undefined) return await searcher.ask({ bug: name, from: 0, to: 0, plan });
  const again = stored === undefined ? undefined : await searcher.ask({ bug: name, from: stored, to: stored });
  return again ?? (await searcher.ask({ bug: name, from: 1, to: most }));
}

function keepSeeds({ bugs, storedSeeds }: BugHunt, stored: Readonly<Record<string, number>>, shown: ReadonlyMap<string, Shown>): void {
  const bySeed = bugs.filter(({ plan }) => plan === undefined);
  const seeds = Object.fromEntries(bySeed.flatMap(({ name }) => [[name, shown.get(name)?.seed ?? stored[name]]]).filter(([, seed]) => seed !== undefined));
  const changed = bySeed.filter(({ name }) => seeds[name] !== stored[name]).map(({ name }) => name);
  if (changed.length === 0 && Object.keys(stored).length === Object.keys(seeds).length) return;
  const isKept = process.env['CI'] !== 'true';
  if (isKept) writeFileSync(storedSeeds, `${JSON.stringify(seeds, undefined, 2)}\n`);
  console.log(`${isKept ? 'seeds.json has new seeds' : 'seeds.json lacks the seeds'} of: ${changed.join(', ') || '(bugs that are no more)'}`);
}

interface Searcher {
  ask(search: Search): Promise<Shown | undefined>;
  end(): void;
}

/** A process, and the next one where a bug brought it to a standstill. */
function createSearcher(program: URL): Searcher {
  let child: ChildProcess | undefined;

  async function ask(search: Search): Promise<Shown | undefined> {
    const asked = (child ??= start(program));
    return await new Promise((resolve, reject) => {
      const stop = () => {
        asked.removeAllListeners();
        clearTimeout(timer);
      };
      const giveUp = () => {
        stop();
        asked.kill();
        child = undefined;
        console.log(`${search.bug}: the search stood still`);
        resolve(undefined);
      };
      let timer = setTimeout(giveUp, patienceMs);
      asked.on('exit', (code) => {
        stop();
        reject(new Error(`the search for ${search.bug} ended with ${code}`));
      });
      asked.on('message', (word: SearchWord) => {
        clearTimeout(timer);
        if ('tried' in word) {
          timer = setTimeout(giveUp, patienceMs);
          return;
        }
        stop();
        resolve(word.found);
      });
      asked.send(search);
    });
  }

  return {
    ask,
    end: () => void child?.kill(),
  };
}

function start(program: URL): ChildProcess {
  return fork(fileURLToPath(program), { execArgv: ['--disable-warning=ExperimentalWarning'] });
}
