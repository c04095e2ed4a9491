import { expect, test } from 'vitest';
import { checkSeed } from './check-seed.ts';

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
