/** What a process does that looks for one seeded bug after another: each in a program that is loaded anew with the bug in it. */
import { plantBugs } from './plant-bug.ts';
import type { SeededBug } from './seeded-bug.ts';

export interface Search {
  readonly bug: string;
  readonly from: number;
  readonly to: number;
}
/** `undefined` as found: none of the seeds shows it. A word at each seed: it is still at work. */
export type SearchWord = { readonly tried: number } | { readonly found: Shown | undefined };
export interface Shown {
  readonly seed: number;
  /** The first invariant that it breaks. */
  readonly broken: string;
}

/** Runs one seed, and tells what it breaks. */
export type RunOne = (seed: number) => Promise<readonly string[]>;

/** `load`: the program with this bug in it, asked for as `x.ts?bug=NAME`; without one, as it is. Answers the process that started this one. */
export function serveSearches(bugs: readonly SeededBug[], load: (bug: string | undefined) => Promise<RunOne>): void {
  plantBugs(bugs);
  /** What nobody waits for may fail as well. */
  const unheard: string[] = [];
  process.on('unhandledRejection', (fault) => void unheard.push(`nobody heard that ${textOf(fault)}`));
  process.on('message', (asked: Search) => {
    void search(asked).then((found) => process.send?.({ found } satisfies SearchWord));
  });

  async function search({ bug, from, to }: Search): Promise<Shown | undefined> {
    const run = await load(bug);
    for (let seed = from; seed <= to; seed++) {
      const broken = await firstBroken(run, seed);
      process.send?.({ tried: seed } satisfies SearchWord);
      // A seed that breaks without the bug says nothing of it.
      if (broken !== undefined && (await firstBroken(await load(undefined), seed)) === undefined) return { seed, broken };
    }
    return undefined;
  }

  async function firstBroken(run: RunOne, seed: number): Promise<string | undefined> {
    unheard.length = 0;
    try {
      return (await run(seed))[0] ?? unheard[0];
    } catch (fault) {
      return `the run threw: ${textOf(fault)}`;
    }
  }
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
