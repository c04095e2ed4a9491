/** What a range of seeds came to; worked out in one process, added up in another. */
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { shrinkPlan } from './shrink.ts';

export interface Failure {
  readonly seed: number;
  readonly broken: readonly string[];
  /** The shortest that breaks the same. */
  readonly plan: Plan;
}

export interface SeedReport {
  readonly seeds: number;
  readonly saved: number;
  /** Seeds that were run twice, and gave the same to the byte. */
  readonly repeated: number;
  readonly failures: readonly Failure[];
  readonly fired: Readonly<Record<string, number>>;
  /** Milliseconds of this process's time, without the first seed, which warms up. */
  readonly cpuMs: number;
}

/** Every hundredth is run twice. */
const repeatEvery = 100;
/** Shrinking takes long: only the first failures of a range are shrunk. */
const mostShrunk = 3;

export async function runSeeds(from: number, seeds: number, onTrace?: (lines: readonly string[]) => void): Promise<SeedReport> {
  const fired: Record<string, number> = {};
  const failures: Failure[] = [];
  let saved = 0;
  let repeated = 0;
  const begun = process.cpuUsage();
  let spentShrinking = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const plan = makePlan(seed);
    const run = await runPlan(plan);
    saved += run.saved;
    for (const [kind, times] of run.fired) fired[kind] = (fired[kind] ?? 0) + times;
    onTrace?.(run.trace);
    const broken = [...run.broken];
    if (seed % repeatEvery === 0) {
      const again = await runPlan(plan);
      if (again.trace.join('\n') === run.trace.join('\n')) repeated += 1;
      else broken.push(`not the same run again: ${firstDifference(run.trace, again.trace)}`);
    }
    if (broken.length === 0) continue;
    const before = process.cpuUsage();
    const isToShrink = run.broken.length > 0 && failures.length < mostShrunk;
    failures.push({ seed, broken, plan: isToShrink ? await shrinkPlan(plan, runPlan) : plan });
    spentShrinking += cpuMsSince(before);
  }
  return { seeds, saved, repeated, failures, fired, cpuMs: cpuMsSince(begun) - spentShrinking };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function firstDifference(one: readonly string[], other: readonly string[]): string {
  const at = one.findIndex((line, index) => line !== other[index]);
  return `${one[at] ?? 'the end'} | ${other[at] ?? 'the end'}`;
}
