/** A process that looks for one seeded bug after another, each in a simulation of its own. */
import type * as RunSeed from '../run-seed.ts';
import { bugs } from './bugs.ts';
import { serveSearches } from './serve-searches.ts';

serveSearches(bugs, async (bug) => {
  const { runSeed } = bug === undefined ? await import('../run-seed.ts') : ((await import(`../run-seed.ts?bug=${bug}`)) as typeof RunSeed);
  return async (seed) => (await runSeed(seed)).broken;
});
