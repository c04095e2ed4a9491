/** One seed: its world, its twins, and what is left of it when it breaks. */
import { checkWorld, shrink } from './check-world.ts';
import type { WorldReport } from './check-world.ts';
import { makePlan } from './make-plan.ts';

export async function checkSeed(seed: number): Promise<WorldReport> {
  return await checkWorld(makePlan(seed));
}

/** The steps without which it would not break, a line each. */
export async function readablePlan(seed: number): Promise<string> {
  const plan = await shrink(makePlan(seed), async (one) => (await checkWorld(one)).broken.length > 0);
  const members = plan.members.map(({ assignments }, no) => `  member ${no}: ${assignments.map(({ role, hamletId, unitId }) => [role, hamletId, unitId].filter(Boolean).join(' ')).join(', ')}`);
  return [...members, ...plan.steps.map(({ no, ...step }) => `  ${no} ${JSON.stringify(step)}`)].join('\n');
}
