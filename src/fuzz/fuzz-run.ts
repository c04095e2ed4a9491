/** Feeds inputs by number: the same number is the same input. Stops at the first harm of each kind and keeps what did it. */
import { createChance, seedFor } from '#simulation/chance.ts';
import type { Target, World } from './target.ts';
import { openWorld } from './world.ts';

/** So many inputs share one world; then all begins anew. */
export const blockInputs = 5_000;

export interface TargetCount {
  inputs: number;
  taken: number;
  milliseconds: number;
}
export interface HarmFound {
  readonly target: string;
  /** The block it happened in begins with this input: to see it again, run from there. */
  readonly blockStart: number;
  readonly number: number;
  readonly message: string;
  /** As it is kept: what differs from world to world stands as `{{name}}`. */
  readonly input: unknown;
}

export interface FuzzRun {
  readonly counts: ReadonlyMap<string, TargetCount>;
  readonly harms: readonly HarmFound[];
  readonly inputs: number;
}

export async function runFuzz(args: {
  readonly from: number;
  readonly inputs: number;
  /** Only this target. */
  readonly only?: string | undefined;
  readonly onBlock?: ((run: FuzzRun) => void) | undefined;
}): Promise<FuzzRun> {
  const counts = new Map<string, TargetCount>();
  const harms: HarmFound[] = [];
  const strays: string[] = [];
  const stray = (reason: unknown) => void strays.push(messageOf(reason));
  process.on('unhandledRejection', stray);
  process.on('uncaughtException', stray);
  let done = 0;
  const run = { counts, harms, get inputs() { return done; } };
  try {
    while (done < args.inputs) {
      const blockStart = args.from + done;
      const wanted = Math.min(blockInputs, args.inputs - done);
      const world = await openWorld(blockStart);
      const targets = world.targets.filter(({ name }) => args.only === undefined || name === args.only);
      if (targets.length === 0) throw new RangeError(`no target is called ${args.only}`);
      let fed = 0;
      for (let number = blockStart; fed < wanted; number++) {
        const chance = createChance(seedFor(number, 'input'));
        const target = pickTarget(targets, chance.next());
        const count = counts.get(target.name) ?? { inputs: 0, taken: 0, milliseconds: 0 };
        counts.set(target.name, count);
        const started = performance.now();
        let input: unknown;
        try {
          input = await target.make(chance);
          const outcomes = await target.feed(input);
          fed += outcomes.length;
          count.inputs += outcomes.length;
          count.taken += outcomes.filter((outcome) => outcome === 'taken').length;
          const [odd] = strays.splice(0);
          if (odd !== undefined) throw new Error(`rejected with nobody listening: ${odd}`);
        } catch (reason) {
          fed += 1;
          count.inputs += 1;
          noteHarm(harms, { target: target.name, blockStart, number, message: messageOf(reason), input: withNames(input, world) });
        }
        count.milliseconds += performance.now() - started;
      }
      for (const target of targets) {
        try {
          await target.check?.();
        } catch (reason) {
          noteHarm(harms, { target: target.name, blockStart, number: blockStart + fed, message: messageOf(reason), input: undefined });
        }
      }
      await world.close();
      done += fed;
      args.onBlock?.(run);
    }
  } finally {
    process.off('unhandledRejection', stray);
    process.off('uncaughtException', stray);
  }
  return run;
}

function pickTarget(targets: readonly Target[], share: number): Target {
  let left = share * targets.reduce((sum, { weight }) => sum + weight, 0);
  for (const target of targets) {
    left -= target.weight;
    if (left < 0) return target;
  }
  return targets.at(-1) as Target;
}

/** One of a kind is enough to mend it: the same place in the code, or the same words but for numbers. */
function noteHarm(harms: HarmFound[], found: HarmFound): void {
  if (!harms.some((known) => known.target === found.target && kindOf(known.message) === kindOf(found.message))) harms.push(found);
}

function kindOf(message: string): string {
  return / at \S+ \(src\/.*/u.exec(message)?.[0] ?? message.slice(0, 60).replaceAll(/\d+/gu, '0');
}

/** What was said and the first place in our own code, without where this machine keeps it. */
function messageOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  const frames = (reason.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const where = frames.find((line) => /\/src\/(?!fuzz\/)/u.test(line))?.trim() ?? '';
  return `${reason.name}: ${reason.message.slice(0, 300)} ${where}`.trim().replaceAll(/(file:\/\/)?\/[^\s()]*\/src\//gu, 'src/');
}

function withNames(input: unknown, { names }: World): unknown {
  if (input === undefined) return undefined;
  let text = JSON.stringify(input);
  for (const [name, actual] of names) text = text.replaceAll(actual, `{{${name}}}`);
  return JSON.parse(text);
}

/** A kept input in the words of this world. */
export function inWorld(input: unknown, { names }: World): unknown {
  let text = JSON.stringify(input);
  for (const [name, actual] of names) text = text.replaceAll(`{{${name}}}`, actual);
  return JSON.parse(text);
}
