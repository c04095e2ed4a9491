import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';

test('a seed gives the same run again, and another seed another', async () => {
  const [one, again, other] = [await runSeed(11), await runSeed(11), await runSeed(12)];
  expect(again).toEqual(one);
  expect(other.trace).not.toEqual(one.trace);
  expect(one.saved).toBeGreaterThan(20);
});

test('every kind of fault happens within a few seeds, and every invariant holds', async () => {
  const runs = [];
  for (let seed = 21; seed < 27; seed++) runs.push(await runSeed(seed));
  expect(runs.flatMap((run) => run.broken)).toEqual([]);
  const trace = runs.flatMap((run) => run.trace).join('\n');
  const faults = ['lost on the way', 'the answer is lost', 'doubled', 'endpoint crashes', 'loses power before', 'loses power after', 'is offline'];
  for (const fault of faults) expect(trace).toContain(fault);
  for (const kind of ['visit', 'household', 'feedback', 'feedback_event']) expect(trace).toContain(kind);
});

test('an entry that never reaches the endpoint is found out', async () => {
  const run = await runSeed(31, { sabotage: (request) => ({ ...request, entries: request.entries.filter((entry) => entry.deviceSeq !== 3) }) });
  expect(run.broken.some((line) => line.includes('has not sent 3'))).toBe(true);
  expect(run.broken.some((line) => line.includes('the endpoint never saw it'))).toBe(true);
});
