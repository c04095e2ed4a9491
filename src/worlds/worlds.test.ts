import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkSeed } from './check-seed.ts';
import { checkWorld } from './check-world.ts';
import type { Plan } from './plan.ts';

// A thousand of them run with `npm test`; these say at once whether the few lines just changed told somebody something.
test('in thirty worlds nobody writes what the table does not allow, and nobody is told of what is not for them', { timeout: 120_000 }, async () => {
  const broken: string[] = [];
  let compared = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const report = await checkSeed(seed);
    compared += report.compared;
    broken.push(...report.broken.map((words) => `seed ${seed}: ${words}`));
  }
  expect(broken).toEqual([]);
  expect(compared).toBeGreaterThan(27);
});

const keptFolder = new URL('./kept/', import.meta.url);
const kept = readdirSync(keptFolder);

test.each(kept)('%s: a world that once broke, or was misjudged, holds', async (name) => {
  const report = await checkWorld(JSON.parse(readFileSync(new URL(name, keptFolder), 'utf8')) as Plan);
  expect(report.broken).toEqual([]);
});
