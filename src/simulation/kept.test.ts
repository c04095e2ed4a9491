/** Plans that once broke an invariant, as short as they could be made: none of them does any more. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';

const folder = new URL('./kept/', import.meta.url);

test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', async (name) => {
  const run = await runPlan(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Plan);
  expect(run.broken).toEqual([]);
});
