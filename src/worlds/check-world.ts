/** Plays one world and its twins, and says what broke: a write that the table does not allow, one that it does and that was refused, a word that tells of what is hidden. */
import type { Plan } from './plan.ts';
import { openStage, populate, post, pull, take } from './stage.ts';
import type { Player, Stage } from './stage.ts';
import { twinFor } from './twin.ts';
import type { Witness } from './twin.ts';
import { createWatch, wrongRows } from './watch-world.ts';

export interface WorldReport {
  readonly broken: readonly string[];
  /** Twins that left something out or renamed somebody. */
  readonly compared: number;
}

/** `twins`: how many members, at most, look at a twin of theirs. */
export async function checkWorld(plan: Plan, twins = 1): Promise<WorldReport> {
  return await inCommune(plan.communeCode, async (stage) => {
    const asked = askedAtLast(plan);
    const world = await play(stage, plan, true, asked);
    const broken = [...world.broken];
    let compared = 0;
    for (const no of plan.members.keys()) broken.push(...(await world.wrongAtLast(no)));
    const observers = plan.members.map((_, no) => (no + plan.seed) % plan.members.length);
    for (const observer of observers) {
      if (compared >= twins) break;
      const twin = twinFor(plan, observer, world.witness);
      if (twin.hidden === 0) continue;
      compared += 1;
      const heard = await world.askAtLast(observer);
      const heardInTwin = await inCommune(plan.communeCode, async (other) => await (await play(other, twin.plan, false, asked)).askAtLast(observer));
      const difference = firstDifference(heard, heardInTwin);
      if (difference !== undefined) broken.push(`member ${observer} is told of what is hidden: ${difference}`);
    }
    return { broken, compared };
  });
}

const stages: { readonly stage: Stage; readonly communes: Set<string>; isFree: boolean }[] = [];
const communesOfStage = 60;

/** On an endpoint that has never heard of this commune; others were there before, each behind a wall of its own. */
async function inCommune<T>(communeCode: string, body: (stage: Stage) => Promise<T>): Promise<T> {
  let place = stages.find((one) => one.isFree && !one.communes.has(communeCode));
  if (place === undefined) {
    place = { stage: await openStage(), communes: new Set(), isFree: true };
    stages.push(place);
  }
  place.isFree = false;
  place.communes.add(communeCode);
  try {
    return await body(place.stage);
  } finally {
    place.isFree = true;
    if (place.communes.size >= communesOfStage) {
      stages.splice(stages.indexOf(place), 1);
      await place.stage.close();
    }
  }
}

/** Records that everybody is asked about at the end, seen or not: what happens to most of them is what tells. */
function askedAtLast(plan: Plan): string[] {
  const ids = plan.steps.flatMap((step) => (step.is === 'push' ? step.entry.changes.flatMap(({ recordId, kind }) => (kind === 'feedback' || kind === 'household' ? [recordId] : [])) : []));
  return [...new Set(ids)].slice(0, 8);
}

interface Played {
  readonly broken: readonly string[];
  readonly witness: Witness;
  /** All that this member was answered, and is answered at the end: from where they stopped, and from the beginning. */
  askAtLast(no: number): Promise<readonly string[]>;
  /** What a new phone of theirs is shown, held against the table. */
  wrongAtLast(no: number): Promise<readonly string[]>;
}

async function play(stage: Stage, plan: Plan, isReckoned: boolean, asked: readonly string[]): Promise<Played> {
  const players = await populate(stage, plan);
  const heard = players.map((): string[] => []);
  const watch = createWatch(stage, plan, players);
  if (isReckoned) await watch.look();
  for (const step of plan.steps) {
    const text = await take(stage, plan, players, step);
    if ('by' in step) heard[step.by]?.push(`${step.is}: ${text}`);
    if (isReckoned) await watch.after(step, text);
  }
  return {
    broken: [...watch.broken, ...stage.faults.splice(0)],
    witness: watch.witness,
    async askAtLast(no) {
      stage.begin(plan.seed, 1_000 + no);
      const player = players[no] as Player;
      const atLast = [await pull(stage, player, []), await pull(stage, player, [], {}), await post(stage, '/waiting', player.token, {})];
      for (const recordId of asked) atLast.push(await post(stage, '/history', player.token, { recordId }));
      return [...(heard[no] ?? []), ...atLast.map((text) => `at last: ${text}`)];
    },
    wrongAtLast: async (no) => wrongRows(no, await pull(stage, players[no] as Player, [], {}), watch),
  };
}

function firstDifference(one: readonly string[], other: readonly string[]): string | undefined {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const [a = '', b = ''] = [one[at], other[at]];
    if (a === b) continue;
    let from = 0;
    while (a[from] === b[from]) from += 1;
    return `answer ${at} (${a.slice(0, 12)}): …${a.slice(Math.max(0, from - 60), from + 120)}… and without it …${b.slice(Math.max(0, from - 60), from + 120)}…`;
  }
  return undefined;
}

/** Leaves out step after step while it still breaks: what is left can be read. */
export async function shrink(plan: Plan, isBroken: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let smallest = plan;
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.steps.length; ) {
      const without = { ...smallest, steps: [...smallest.steps.slice(0, from), ...smallest.steps.slice(from + size)] };
      if (await isBroken(without)) smallest = without;
      else from += size;
    }
  }
  return smallest;
}
