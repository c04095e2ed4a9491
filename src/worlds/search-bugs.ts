/** A process that looks for one planted bug after another, each in worlds of its own. */
import { serveSearches } from '#simulation/bugs/serve-searches.ts';
import { bugs } from './bugs.ts';
import type * as CheckSeed from './check-seed.ts';

serveSearches(bugs, async (bug) => {
  const { checkSeed } = bug === undefined ? await import('./check-seed.ts') : ((await import(`./check-seed.ts?bug=${bug}`)) as typeof CheckSeed);
  // No world is kept as a plan: it is always a number.
  return async (seed) => (await checkSeed(Number(seed))).broken;
});
