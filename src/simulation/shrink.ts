/** Makes a failing plan as short and as simple as it gets while it still breaks the same. */
import type { Plan, Step } from './plan.ts';
import type { PlanRun } from './run-plan.ts';

/** Runs that may be spent on it. */
const mostRuns = 600;

/** What is broken, without the ids and numbers of one run. */
function natureOf(line: string): string {
  return line
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '#')
    .replace(/\d{5}-\d{3}/g, '#')
    .replace(/\d+/g, '#');
}

export async function shrinkPlan(plan: Plan, runPlan: (plan: Plan) => Promise<PlanRun>): Promise<Plan> {
  const sought = natureOf((await runPlan(plan)).broken[0] ?? '');
  let left = mostRuns;
  const breaks = async (candidate: Plan) => {
    if (left <= 0) return false;
    left -= 1;
    return (await runPlan(candidate)).broken.some((line) => natureOf(line) === sought);
  };
  let best = await fewerSteps(plan, breaks);
  best = await simplerSteps(best, breaks);
  best = await fewerSteps(best, breaks);
  for (let phones = 3; phones < best.phones; phones++) {
    const candidate = { ...best, phones };
    if (!(await breaks(candidate))) continue;
    best = candidate;
    break;
  }
  return best;
}

/** Delta debugging: leaves out parts, half of the steps at first, single ones at last. */
async function fewerSteps(plan: Plan, breaks: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let best = plan;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.steps.length; ) {
      const candidate = { ...best, steps: [...best.steps.slice(0, at), ...best.steps.slice(at + size)] };
      if (candidate.steps.length < best.steps.length && (await breaks(candidate))) best = candidate;
      else at += size;
    }
  }
  return best;
}

async function simplerSteps(plan: Plan, breaks: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let best = plan;
  for (let at = 0; at < best.steps.length; at++) {
    for (const simpler of simplerOf(best.steps[at] as Step)) {
      const candidate = { ...best, steps: best.steps.map((step, index) => (index === at ? simpler : step)) };
      if (JSON.stringify(simpler) !== JSON.stringify(best.steps[at]) && (await breaks(candidate))) best = candidate;
    }
  }
  return best;
}

/** Each with one number or flag less; zero before half. */
function* simplerOf(step: Step): Generator<Step> {
  for (const [name, value] of Object.entries(step)) {
    if (name === 'phone' || name === 'salt') continue;
    if (value === true) yield { ...step, [name]: false };
    if (typeof value !== 'number' || value === 0) continue;
    yield { ...step, [name]: 0 };
    if (Math.abs(value) > 1000) yield { ...step, [name]: Math.sign(value) * 1000 };
    if (Math.abs(value) > 3) yield { ...step, [name]: Math.trunc(value / 2) };
  }
}
