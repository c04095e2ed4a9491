/**
 * `npm run simulate -- --bugs [--long]`: finds every seeded bug, or says which it did not find (bugs/find-bugs.ts).
 * `npm run simulate -- --seeds 300 --from 1 [--jobs 2] [--trace] [--plan FILE]`: runs seeds in several processes, or one plan from a file. Exits with 1
 * when an invariant is broken, after it has written the shortest plan that breaks it, or when a kind of fault never happened.
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bugs } from './bugs/bugs.ts';
import { findBugs } from './bugs/find-bugs.ts';
import { faultKinds } from './faults.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { runSeeds } from './seed-report.ts';
import type { SeedReport } from './seed-report.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '30' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    trace: { type: 'boolean', default: false },
    plan: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
});
/** So many at a time for a process: small enough that all end together. */
const chunk = 50;
/** Every kind of fault happens within so many seeds. */
const enoughForAllKinds = 300;

const hunt = { bugs, storedSeeds: new URL('./bugs/seeds.json', import.meta.url), search: new URL('./bugs/search.ts', import.meta.url), most: values.long ? 10_000 : 300 };

if (values.bugs) process.exitCode = (await findBugs(hunt)) ? 0 : 1;
else process.exitCode = values.plan === undefined ? await simulate() : await runFile(values.plan);

async function runFile(file: string): Promise<number> {
  const run = await runPlan(JSON.parse(readFileSync(file, 'utf8')) as Plan);
  if (values.trace) console.log(run.trace.join('\n'));
  console.log(run.broken.length === 0 ? 'every invariant holds' : run.broken.join('\n'));
  return run.broken.length === 0 ? 0 : 1;
}

async function simulate(): Promise<number> {
  const [seeds, from, jobs] = [Number(values.seeds), Number(values.from), Number(values.jobs)];
  if (![seeds, jobs].every((count) => Number.isInteger(count) && count >= 1) || !Number.isInteger(from)) {
    throw new Error('--seeds and --jobs take a count, --from a whole number');
  }
  const report = jobs === 1 || values.trace ? await runSeeds(from, seeds, values.trace ? print : undefined) : await inProcesses(from, seeds, jobs);
  for (const { seed, broken, plan } of report.failures) {
    const file = `simulation-${seed}.json`;
    writeFileSync(file, `${JSON.stringify(plan, undefined, 1)}\n`);
    console.log(`seed ${seed}, its plan of ${plan.steps.length} steps in ${file}:\n${broken.slice(0, 8).map((line) => `  ${line}`).join('\n')}`);
  }
  const missing = seeds < enoughForAllKinds ? [] : faultKinds.filter((kind) => report.fired[kind] === undefined);
  if (missing.length > 0) console.log(`never happened: ${missing.join(', ')}`);
  console.log(faultKinds.map((kind) => `${kind}: ${report.fired[kind] ?? 0}`).join(', '));
  console.log(
    `${seeds} seeds from ${from}: ${report.saved} entries saved, ${report.failures.length} seeds with broken invariants, ` +
      `${report.repeated} run twice with the same outcome, ${(report.cpuMs / seeds).toFixed(1)} ms a seed`,
  );
  return report.failures.length + missing.length > 0 ? 1 : 0;
}

function print(lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

async function inProcesses(from: number, seeds: number, jobs: number): Promise<SeedReport> {
  const reports: SeedReport[] = [];
  let next = from;
  const end = from + seeds;
  await Promise.all(
    Array.from({ length: Math.min(jobs, Math.ceil(seeds / chunk)) }, async () => {
      // Threads that only collect garbage would take a core from the next process.
      const worker = fork(fileURLToPath(new URL('./seed-worker.ts', import.meta.url)), { execArgv: ['--single-threaded-gc', '--max-semi-space-size=64'] });
      while (next < end) {
        const range = { from: next, seeds: Math.min(chunk, end - next) };
        next += range.seeds;
        reports.push(await ask(worker, range));
      }
      worker.disconnect();
    }),
  );
  return reports.reduce(together);
}

async function ask(worker: ReturnType<typeof fork>, range: { readonly from: number; readonly seeds: number }): Promise<SeedReport> {
  return await new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`a process ended with ${code} on seeds from ${range.from}`));
    worker.once('exit', gone);
    worker.once('message', (report) => {
      worker.off('exit', gone);
      resolve(report as SeedReport);
    });
    worker.send(range);
  });
}

function together(one: SeedReport, other: SeedReport): SeedReport {
  const fired = { ...one.fired };
  for (const [kind, times] of Object.entries(other.fired)) fired[kind] = (fired[kind] ?? 0) + times;
  return {
    seeds: one.seeds + other.seeds,
    saved: one.saved + other.saved,
    repeated: one.repeated + other.repeated,
    failures: [...one.failures, ...other.failures].sort((a, b) => a.seed - b.seed),
    fired,
    cpuMs: one.cpuMs + other.cpuMs,
  };
}
