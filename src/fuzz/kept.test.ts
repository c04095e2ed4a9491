import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createChance } from '#simulation/chance.ts';
import { inWorld, runFuzz } from './fuzz-run.ts';
import type { HarmFound } from './fuzz-run.ts';
import { openWorld } from './world.ts';

const folder = new URL('kept/', import.meta.url);
const kept = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.each(kept)('%s did harm once and does none any more', async (name) => {
  const harm = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as HarmFound;
  const world = await openWorld(harm.blockStart);
  const target = world.targets.find((one) => one.name === harm.target);
  if (target === undefined) throw new Error(`${name} is for a target that is gone: ${harm.target}`);
  expect((await target.feed(inWorld(harm.input, world))).length).toBeGreaterThan(0);
  await target.check?.();
  await world.close();
});

test('the same number is the same input', async () => {
  const made = await Promise.all(
    [1, 2].map(async () => {
      const world = await openWorld(7);
      const inputs: string[] = [];
      for (const target of world.targets.filter(({ name }) => ['opened entries', 'entries before their rules', 'lists of households'].includes(name))) {
        for (let number = 0; number < 20; number++) inputs.push(JSON.stringify(await target.make(createChance(number))));
      }
      await world.close();
      return inputs;
    }),
  );
  expect(made[0]).toHaveLength(60);
  expect(made[0]).toEqual(made[1]);
});

test('a run feeds every target and counts what it fed', async () => {
  const run = await runFuzz({ from: 4_000_000, inputs: 1_500 });
  expect(run.harms).toEqual([]);
  expect(run.inputs).toBeGreaterThanOrEqual(1_500);
  expect(run.counts.size).toBeGreaterThan(15);
  expect([...run.counts.values()].reduce((sum, { inputs }) => sum + inputs, 0)).toBe(run.inputs);
});
