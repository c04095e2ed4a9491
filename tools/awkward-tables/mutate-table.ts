/** A spreadsheet spoiled at random, as bad lines, bad disks and bad programs spoil them. */
import { unzipSync, zipSync } from 'fflate';
import { createChance } from '../../src/simulation/chance.ts';

/** A whole number from 0 up to, not with, `below`. */
export type Draw = (below: number) => number;

/** The same seed draws the same. */
export const createDraw = (seed: number): Draw => createChance(seed).int;

type Mutation = (bytes: Uint8Array, draw: Draw) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** What numbers in XML and in headers are spoiled to. */
const oddTexts = ['', '0', '-1', '1e9', '99999999999', '1048577', 'XFE1', 'A0', '&#x0;', '&#1114112;', '<', '>', '"', '/>', '<![CDATA[', ']]>', '<!--', '\u0000', 'Infinity', '_x0000_'];

const mutations: readonly Mutation[] = [
  function flipBytes(bytes, draw) {
    const flipped = bytes.slice();
    for (let times = 1 + draw(8); times > 0 && flipped.length > 0; times -= 1) flipped[draw(flipped.length)] = draw(256);
    return flipped;
  },
  function cutEnd(bytes, draw) {
    return bytes.slice(0, draw(bytes.length + 1));
  },
  function cutOut(bytes, draw) {
    const from = draw(bytes.length + 1);
    return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + draw(200)));
  },
  function doubleBlock(bytes, draw) {
    const from = draw(bytes.length + 1);
    const to = Math.min(bytes.length, from + 1 + draw(2000));
    const times = 1 + draw(5);
    return joined(bytes.subarray(0, to), ...Array.from({ length: times }, () => bytes.subarray(from, to)), bytes.subarray(to));
  },
  function moveBlock(bytes, draw) {
    const [first = 0, second = 0, third = 0] = [draw(bytes.length + 1), draw(bytes.length + 1), draw(bytes.length + 1)].toSorted((a, b) => a - b);
    return joined(bytes.subarray(0, first), bytes.subarray(second, third), bytes.subarray(first, second), bytes.subarray(third));
  },
  function writeOddText(bytes, draw) {
    const at = draw(bytes.length + 1);
    return joined(bytes.subarray(0, at), new TextEncoder().encode(oddTexts[draw(oddTexts.length)] ?? ''), bytes.subarray(at + draw(6)));
  },
  function spoilAttribute(bytes, draw) {
    const text = new TextDecoder().decode(bytes);
    const values = [...text.matchAll(/"[^"]*"|>[^<>]+</gu)];
    const chosen = values[draw(Math.max(1, values.length))];
    if (chosen === undefined) return bytes;
    const inner = oddTexts[draw(oddTexts.length)] ?? '';
    return new TextEncoder().encode(text.slice(0, chosen.index + 1) + inner + text.slice(chosen.index + chosen[0].length - 1));
  },
];

function mutated(bytes: Uint8Array, draw: Draw): Uint8Array {
  let spoiled = bytes;
  for (let times = 1 + draw(2); times > 0; times -= 1) spoiled = mutations[draw(mutations.length)]?.(spoiled, draw) ?? spoiled;
  return spoiled;
}

/**
 * The file's bytes; or of a workbook, mostly, what is inside: one part spoiled, two parts swapped, one left out, and all of it a
 * whole zip again, so that the reader gets to see it.
 */
export function mutateTable(bytes: Uint8Array, draw: Draw): Uint8Array {
  if (draw(3) === 0) return mutated(bytes, draw);
  const parts = partsOf(bytes);
  const names = Object.keys(parts ?? {});
  const [one, other] = [names[draw(Math.max(1, names.length))], names[draw(Math.max(1, names.length))]];
  if (parts === undefined || one === undefined || other === undefined) return mutated(bytes, draw);
  const part = parts[one] ?? new Uint8Array();
  const kind = draw(8);
  if (kind === 0) Object.assign(parts, { [one]: parts[other] ?? part, [other]: part });
  else if (kind === 1) Reflect.deleteProperty(parts, one);
  else parts[one] = mutated(part, draw);
  return zipSync(parts, { level: 1 });
}

function partsOf(bytes: Uint8Array): Record<string, Uint8Array> | undefined {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  try {
    return unzipSync(bytes);
  } catch {
    // Some of the awkward files are no whole zip.
    return undefined;
  }
}
