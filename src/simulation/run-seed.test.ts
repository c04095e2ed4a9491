import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';
import { makePlan } from './make-plan.ts';
import { runPlan } from './run-plan.ts';
import type { RunOptions } from './run-plan.ts';
import { shrinkPlan } from './shrink.ts';

test('a seed gives the same run again, and another seed another', async () => {
  const [one, again, other] = [await runSeed(11), await runSeed(11), await runSeed(12)];
  expect(again).toEqual(one);
  expect(other.trace).not.toEqual(one.trace);
  expect(one.saved).toBeGreaterThan(4);
});

test('an entry that never reaches the endpoint is found out, and the plan that shows it is made short', async () => {
  const sabotage: RunOptions = { sabotage: (request) => ({ ...request, entries: request.entries.slice(1) }) };
  const plan = makePlan(31);
  const run = await runPlan(plan, sabotage);
  expect(run.broken.some((line) => line.includes('the endpoint does not have it'))).toBe(true);
  const short = await shrinkPlan(plan, async (candidate) => await runPlan(candidate, sabotage));
  expect(short.steps.length).toBeLessThan(4);
  expect((await runPlan(short, sabotage)).broken).not.toEqual([]);
  expect((await runPlan(short)).broken).toEqual([]);
});
