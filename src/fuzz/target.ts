/** What is fuzzed, one parser or one road into the program at a time. */
import type { Chance } from '#simulation/chance.ts';

/** What became of an input that did no harm. `refused`: a plain no. `taken`: it happened to be right, or was right as it was. */
export type Outcome = 'refused' | 'taken';

/** What an input did that none may do. The message names no content: ids, codes, table names. */
export class Harm extends Error {}

/**
 * `make` draws an input from chance: something that can be written as JSON, so that it can be kept. `feed` gives it to the real
 * code and throws on harm (`Harm`, or whatever the code threw). Names of this world (tokens, ids, keys) stand in a kept input as
 * `{{name}}`, see `World.names`.
 */
export interface Target<Input = unknown> {
  readonly name: string;
  /** How often it is fed, against the others. */
  readonly weight: number;
  make(chance: Chance): Promise<Input> | Input;
  /** Resolves to one outcome for each input in it: a request may carry several mutated entries. */
  feed(input: Input): Promise<readonly Outcome[]> | readonly Outcome[];
  /** After a block of inputs: does what was taken hold together? Throws `Harm`. */
  check?(): Promise<void>;
}

/** Targets on fresh state of their own; opened anew for each block of inputs, so that a block can be run again by itself. */
export interface World {
  readonly targets: readonly Target[];
  /** Texts of this world that another one has otherwise, by name. */
  readonly names: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** A parser that owns no state: must return, whatever it is given. `throws`: the error it is known to throw for what nobody sends. */
export function parserTarget(name: string, weight: number, make: (chance: Chance) => unknown, parse: (input: never) => boolean | Promise<boolean>): Target {
  return {
    name,
    weight,
    make,
    feed: async (input) => [(await parse(input as never)) ? 'taken' : 'refused'],
  };
}
