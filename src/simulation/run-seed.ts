/** One run from one seed. */
import { makePlan } from './make-plan.ts';
import { runPlan } from './run-plan.ts';
import type { PlanRun, RunOptions } from './run-plan.ts';

export interface SeedRun extends PlanRun {
  readonly seed: number;
}

export async function runSeed(seed: number, options: RunOptions = {}): Promise<SeedRun> {
  return { seed, ...(await runPlan(makePlan(seed), options)) };
}
