/** A process that looks for one seeded bug after another, each in a simulation of its own. */
import { readFileSync } from 'node:fs';
import type { Plan } from '../plan.ts';
import type * as RunPlan from '../run-plan.ts';
import type * as RunSeed from '../run-seed.ts';
import { bugs } from './bugs.ts';
import { serveSearches } from './serve-searches.ts';

const plans = new URL('./plans/', import.meta.url);

serveSearches(bugs, async (bug) => {
  const { runSeed } = bug === undefined ? await import('../run-seed.ts') : ((await import(`../run-seed.ts?bug=${bug}`)) as typeof RunSeed);
  const { runPlan } = bug === undefined ? await import('../run-plan.ts') : ((await import(`../run-plan.ts?bug=${bug}`)) as typeof RunPlan);
  return async (seed) => (typeof seed === 'number' ? await runSeed(seed) : await runPlan(JSON.parse(readFileSync(new URL(seed, plans), 'utf8')) as Plan)).broken;
});
