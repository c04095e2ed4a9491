/** Ways in which what arrives may be wrong: bits, cuts, parts doubled or from elsewhere, extremes, depth, length, types, keys that bite. */
import type { Chance } from '#simulation/chance.ts';

/** JSON as it is written; `deep:` and `wide:` marks stand for nesting and lists that only the text is to hold (`toText`). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const numbers = [
  0, -0, 1, -1, 0.5, 2, 3, 255, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e21, 1e308, -1e308, 5e-324,
];
const texts = [
  '', ' ', '0', '-1', 'null', 'true', '[object Object]', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '\ud800', '\udc00x', '\ufeff',
  'ế', 'e\u0302\u0301', 'Đ', '𠮷', '👩‍👩‍👧', '\u202e', '\u2028', '../../etc/passwd', "'; drop table record; --", '<script>', '%00', '{{}}', '2026-02-30', '9999-99-99',
  '2026-11-22T08:00:00+07:00', '0000-01-01T00:00:00Z', '01789', '01789-001', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff',
];
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '', '0', 'id', 'x', 'kind', 'ế', '\u0000'];
const deepMark = 'deep:';
const wideMark = 'wide:';

/** One to three mutations of a copy. `spares`: where parts from elsewhere are taken from. */
export function mutateJson(value: Json, spares: readonly Json[], chance: Chance): Json {
  let mutated = value;
  for (let left = 1 + chance.int(3); left > 0; left--) mutated = mutateAt(mutated, spares, chance, depthOf(mutated, chance));
  return mutated;
}

/** How far down the next mutation goes: anywhere from the top to a leaf. */
function depthOf(value: Json, chance: Chance): number {
  let depth = 0;
  for (let inner: Json | undefined = value; typeof inner === 'object' && inner !== null && chance.happens(0.8); depth++) {
    const parts: readonly Json[] = Object.values(inner);
    if (parts.length === 0) break;
    inner = chance.pick(parts);
  }
  return depth;
}

function mutateAt(value: Json, spares: readonly Json[], chance: Chance, depth: number): Json {
  if (depth === 0 || typeof value !== 'object' || value === null) return mutateHere(value, spares, chance);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (list.length === 0) return mutateHere(value, spares, chance);
    const at = chance.int(list.length);
    return list.map((part, index) => (index === at ? mutateAt(part, spares, chance, depth - 1) : part));
  }
  const members = Object.entries(value as Record<string, Json>);
  if (members.length === 0) return mutateHere(value, spares, chance);
  const at = chance.int(members.length);
  return toObject(members.map(([key, part], index) => [key, index === at ? mutateAt(part, spares, chance, depth - 1) : part]));
}

function mutateHere(value: Json, spares: readonly Json[], chance: Chance): Json {
  if (chance.happens(0.15)) return anyValue(spares, chance);
  if (typeof value === 'string') return mutateText(value, chance);
  if (typeof value === 'number') return mutateNumber(value, chance);
  if (typeof value === 'boolean') return !value;
  if (value === null) return anyValue(spares, chance);
  return Array.isArray(value) ? mutateList(value as readonly Json[], spares, chance) : mutateObject(value as Record<string, Json>, spares, chance);
}

function mutateNumber(value: number, chance: Chance): number {
  return chance.pick([chance.pick(numbers), value + 1, value - 1, -value, value * 2 ** 32, value + 0.5]);
}

function mutateList(list: readonly Json[], spares: readonly Json[], chance: Chance): Json {
  const at = chance.int(list.length + 1);
  const part = list[at] ?? list[0] ?? null;
  switch (chance.int(6)) {
    case 0: return list.filter((_, index) => index !== at);
    case 1: return [...list, part];
    case 2: return [...list.slice(0, at), anyValue(spares, chance), ...list.slice(at)];
    case 3: return list.toReversed();
    case 4: return Array.from({ length: chance.pick([50, 51, 200, 201, 1_000]) }, () => part);
    default: return toObject(list.map((inner, index) => [String(index), inner]));
  }
}

function mutateObject(value: Record<string, Json>, spares: readonly Json[], chance: Chance): Json {
  const members = Object.entries(value);
  const at = chance.int(members.length + 1);
  const [key, part] = members[at] ?? ['x', null];
  switch (chance.int(7)) {
    case 0: return toObject(members.filter((_, index) => index !== at));
    case 1: return toObject([...members, [chance.pick(keys), anyValue(spares, chance)]]);
    case 2: return toObject(members.map(([name, inner], index) => [index === at ? mutateText(name, chance) : name, inner]));
    case 3: {
      const [other] = members[chance.int(Math.max(1, members.length))] ?? ['y'];
      return toObject(members.map(([name, inner]) => [name, name === other ? part : inner]));
    }
    case 4: return toObject([...members, ...Array.from({ length: chance.pick([20, 300]) }, (_, index): [string, Json] => [`${key}${index}`, part])]);
    case 5: return members.map(([, inner]) => inner);
    default: return toObject(members.toReversed());
  }
}

/** `__proto__` becomes a key like any other, as `JSON.parse` makes it. */
function toObject(members: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(members) as Record<string, Json>;
}

export function anyValue(spares: readonly Json[], chance: Chance): Json {
  switch (chance.int(10)) {
    case 0: return null;
    case 1: return chance.happens(0.5);
    case 2: return chance.pick(numbers);
    case 3: return chance.pick(texts);
    case 4: return [];
    case 5: return {};
    case 6: return chance.happens(0.03) ? `${wideMark}200000` : deepMark + chance.pick([5, 13, 100, 5_000]);
    case 7: return 'x'.repeat(chance.pick([81, 301, 2_001, 70_000]));
    case 8: return toObject([[chance.pick(keys), chance.pick(texts)]]);
    default: return spares.length === 0 ? null : chance.pick(spares);
  }
}

/** Written, with its deep places dug and its wide ones filled. */
export function toText(value: Json): string {
  return JSON.stringify(value).replaceAll('"wide:200000"', () => `[${'1,'.repeat(200_000)}1]`).replaceAll(/"deep:(\d{1,5})"/gu, (_, depth: string) => dig(Math.max(1, Number(depth))));
}

function dig(depth: number): string {
  return depth % 2 === 0 ? `${'['.repeat(depth)}${']'.repeat(depth)}` : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** As a program would hold it after reading `toText`. */
export function dug(value: Json): unknown {
  return JSON.parse(toText(value));
}

export function mutateText(text: string, chance: Chance): string {
  const at = chance.int(text.length + 1);
  const to = Math.min(text.length, at + 1 + chance.int(chance.happens(0.5) ? 4 : 400));
  switch (chance.int(8)) {
    case 0: return text.slice(0, at);
    case 1: return text.slice(0, at) + text.slice(to);
    case 2: return text.slice(0, to) + text.slice(at);
    case 3: return text.slice(0, at) + chance.pick(texts) + text.slice(at);
    case 4: return text.slice(0, at) + chance.pick(texts) + text.slice(to);
    case 5: return text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) || 48) ^ (1 << chance.int(7))) + text.slice(at + 1);
    case 6: return text.replace(/\d+/u, () => String(chance.pick(numbers)));
    default: return chance.pick(texts);
  }
}

/** Bytes as a bad line, a bad disk or a bad person leaves them. */
export function mutateBytes(bytes: Uint8Array, chance: Chance): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  switch (chance.int(5)) {
    case 0: return copy.slice(0, chance.int(copy.length + 1));
    case 1: return new Uint8Array(chance.bytes(chance.int(300)));
    case 2: {
      const at = chance.int(copy.length + 1);
      return joined(copy.slice(0, at), new Uint8Array(chance.bytes(1 + chance.int(8))), copy.slice(at));
    }
    case 3: {
      const [at, from] = [chance.int(copy.length + 1), chance.int(copy.length + 1)];
      return joined(copy.slice(0, at), copy.slice(from, from + 64), copy.slice(at));
    }
    default:
      for (let flips = 1 + chance.int(4); flips > 0 && copy.length > 0; flips--) {
        const at = chance.int(copy.length);
        copy[at] = (copy[at] ?? 0) ^ (1 << chance.int(8));
      }
      return copy;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
