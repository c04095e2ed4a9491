/**
 * Many small worlds, each seen twice by one of its members: `npm run worlds -- [--worlds 1000] [--from 1]`, in as many processes as there are processors.
 * `-- --bugs [--long]`: every planted bug must be found, by the world that is stored for it or one of the first 40, or 2,000. Exit code 1 when one broke; its seed is printed, and the steps that are left of it when all that is not needed is left out.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBugs } from '#simulation/bugs/find-bugs.ts';
import { bugs } from './bugs.ts';
import { checkSeed, readablePlan } from './check-seed.ts';

const { values } = parseArgs({
  options: { worlds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' }, jobs: { type: 'string' }, bugs: { type: 'boolean', default: false }, long: { type: 'boolean', default: false } },
});
const [worlds, from, jobs] = [Number(values.worlds), Number(values.from), Number(values.jobs ?? availableParallelism())];
if (![worlds, from, jobs].every((count) => Number.isSafeInteger(count) && count >= 0) || jobs === 0) {
  console.error('Usage: npm run worlds -- [--worlds NUMBER] [--from NUMBER] [--jobs NUMBER] | --bugs [--long]');
  process.exit(2);
}
const started = performance.now();
const hunt = { bugs, storedSeeds: new URL('./seeds.json', import.meta.url), search: new URL('./search-bugs.ts', import.meta.url), most: values.long ? 2_000 : 40 };
if (values.bugs) process.exitCode = (await findBugs(hunt)) ? 0 : 1;
else if (jobs > 1) process.exitCode = (await inProcesses()) ? 0 : 1;
else process.exitCode = (await inThisProcess()) ? 0 : 1;

async function inThisProcess(): Promise<boolean> {
  let [broken, compared] = [0, 0];
  for (let seed = from; seed < from + worlds; seed++) {
    const report = await checkSeed(seed);
    compared += report.compared;
    if (report.broken.length === 0) continue;
    broken += 1;
    console.log(`BROKEN seed ${seed}: ${report.broken.join('\n  ')}`);
    if (broken <= 3) console.log(await readablePlan(seed));
  }
  console.log(`${worlds} worlds from ${from}, ${compared} twins, ${((performance.now() - started) / 1000).toFixed(1)} s: ${broken} broken`);
  return broken === 0;
}

async function inProcesses(): Promise<boolean> {
  const share = Math.ceil(worlds / jobs);
  const codes = await Promise.all(
    Array.from({ length: jobs }, async (_, no) => {
      const count = Math.min(share, worlds - no * share);
      if (count <= 0) return 0;
      // Threads that only collect garbage would take a core from the next one.
      const child = fork(fileURLToPath(import.meta.url), ['--jobs', '1', '--worlds', String(count), '--from', String(from + no * share)], { execArgv: ['--single-threaded-gc', '--max-semi-space-size=64'] });
      return await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
    }),
  );
  return codes.every((code) => code === 0);
}
