/** What a process does that looks for one seeded bug after another: each in a program that is loaded anew with the bug in it. */
import { plantBugs } from './plant-bug.ts';
import type { SeededBug } from './seeded-bug.ts';

export interface Search {
  readonly bug: string;
  readonly from: number;
  readonly to: number;
  /** Instead of seeds: a plan that lies beside the bugs, by its file's name. */
  readonly plan?: string | undefined;
}
/** `undefined` as found: none of the seeds shows it. A word at each seed: it is still at work. */
export type SearchWord = { readonly tried: number } | { readonly found: Shown | undefined };
export interface Shown {
  /** Or the plan's name. */
  readonly seed: number | string;
  /** The first invariant that it breaks. */
  readonly broken: string;
}

/** Runs one seed, or a plan by its name, and tells what it breaks. */
export type RunOne = (seed: number | string) => Promise<readonly string[]>;

/** `load`: the program with this bug in it, asked for as `x.ts?bug=NAME`; without one, as it is. Answers the process that started this one. */
export function serveSearches(bugs: readonly SeededBug[], load: (bug: string | undefined) => Promise<RunOne>): void {
  plantBugs(bugs);
  /** What nobody waits for may fail as well. */
  const unheard: string[] = [];
  process.on('unhandledRejection', (fault) => void unheard.push(`nobody heard that ${textOf(fault)}`));
  process.on('message', (asked: Search) => {
    void search(asked).then((found) => process.send?.({ found } satisfies SearchWord));
  });

  async function search({ bug, from, to, plan }: Search): Promise<Shown | undefined> {
    const run = await load(bug);
    for (let tried = from; tried <= to; tried++) {
      const seed = plan ?? tried;
      const broken = await firstBroken(run, seed);
      process.send?.({ tried } satisfies SearchWord);
      // A seed that breaks without the bug says nothing of it.
      if (broken !== undefined && (await firstBroken(await load(undefined), seed)) === undefined) return { seed, broken };
    }
    return undefined;
  }

  async function firstBroken(run: RunOne, seed: number | string): Promise<string | undefined> {
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
