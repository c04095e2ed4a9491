/** A process that looks for one seeded bug after another: each in a simulation of its own that is loaded with the bug in it. */
import type * as RunSeed from '../run-seed.ts';
import { bugs } from './bugs.ts';
import { plantBugs } from './plant-bug.ts';

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

plantBugs(bugs);
/** What nobody waits for may fail as well. */
const unheard: string[] = [];
process.on('unhandledRejection', (fault) => void unheard.push(`nobody heard that ${textOf(fault)}`));
process.on('message', (asked: Search) => {
  void search(asked).then((found) => process.send?.({ found } satisfies SearchWord));
});

async function search({ bug, from, to }: Search): Promise<Shown | undefined> {
  const planted = (await import(`../run-seed.ts?bug=${bug}`)) as typeof RunSeed;
  for (let seed = from; seed <= to; seed++) {
    const broken = await firstBroken(planted, seed);
    process.send?.({ tried: seed } satisfies SearchWord);
    // A seed that breaks without the bug says nothing of it.
    if (broken !== undefined && (from === to || (await holdsWithout(seed)))) return { seed, broken };
  }
  return undefined;
}

async function firstBroken({ runSeed }: typeof RunSeed, seed: number): Promise<string | undefined> {
  unheard.length = 0;
  try {
    return (await runSeed(seed)).broken[0] ?? unheard[0];
  } catch (fault) {
    return `the run threw: ${textOf(fault)}`;
  }
}

async function holdsWithout(seed: number): Promise<boolean> {
  return (await firstBroken(await import('../run-seed.ts'), seed)) === undefined;
}

function textOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
