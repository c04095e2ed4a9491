/** The browsers the app is for (vite.config.ts): the build turns newer syntax into older, and adds no method, no class and no kind of pattern that they lack. */
import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';

/** Methods that came later than Chrome 100 or Safari 15.4. Where something else has a method of that name: `ownersSpared`. */
const newMethods: Readonly<Record<string, { readonly since: string; readonly ownersSpared?: readonly string[] }>> = {
  toSorted: { since: 'Chrome 110, Safari 16' },
  toReversed: { since: 'Chrome 110, Safari 16' },
  toSpliced: { since: 'Chrome 110, Safari 16' },
  with: { since: 'Chrome 110, Safari 16' },
  groupBy: { since: 'Chrome 117, Safari 17.4' },
  fromAsync: { since: 'Chrome 121, Safari 16.4' },
  withResolvers: { since: 'Chrome 119, Safari 17.4' },
  isWellFormed: { since: 'Chrome 111, Safari 16.4' },
  toWellFormed: { since: 'Chrome 111, Safari 16.4' },
  union: { since: 'Chrome 122, Safari 17', ownersSpared: ['z'] },
  intersection: { since: 'Chrome 122, Safari 17', ownersSpared: ['z'] },
  difference: { since: 'Chrome 122, Safari 17' },
  symmetricDifference: { since: 'Chrome 122, Safari 17' },
  isSubsetOf: { since: 'Chrome 122, Safari 17' },
  isSupersetOf: { since: 'Chrome 122, Safari 17' },
  isDisjointFrom: { since: 'Chrome 122, Safari 17' },
  toBase64: { since: 'Chrome 140, Safari 18.2' },
  fromBase64: { since: 'Chrome 140, Safari 18.2' },
  toHex: { since: 'Chrome 140, Safari 18.2' },
  fromHex: { since: 'Chrome 140, Safari 18.2' },
  canParse: { since: 'Chrome 120, Safari 17' },
  checkVisibility: { since: 'Chrome 105, Safari 17.4' },
  showPopover: { since: 'Chrome 114, Safari 17' },
  requestIdleCallback: { since: 'no Safari' },
  getOrInsert: { since: 'Chrome 145, Safari 26.2' },
  getOrInsertComputed: { since: 'Chrome 145, Safari 26.2' },
};

/** What hangs on one owner. */
const newCalls: Readonly<Record<string, string>> = {
  'AbortSignal.timeout': 'Chrome 103, Safari 16',
  'AbortSignal.any': 'Chrome 116, Safari 17.4',
  'Promise.try': 'Chrome 128, Safari 18.2',
  'RegExp.escape': 'Chrome 136, Safari 18.2',
  'URL.parse': 'Chrome 126, Safari 18',
  'Iterator.from': 'Chrome 122, Safari 18.4',
  'Intl.DurationFormat': 'Chrome 129, Safari 16.4',
};

/** An iterator has these since Chrome 122 and Safari 18.4; an array made of it has always had most of them. */
const iteratorMakers = new Set(['keys', 'values', 'entries', 'matchAll']);
const iteratorMethods = new Set(['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find']);
/** What these give is an array: `Object.keys` and its like, and `outbox.entries()` of the store. */
const arrayMakers = new Set(['Object', 'outbox']);

export interface TooNew {
  readonly line: number;
  /** What is called, or the pattern. */
  readonly text: string;
  readonly since: string;
}

/** What of this source the oldest of our browsers cannot run. By its names alone: no type is known here. Throws where it does not parse. */
export function findTooNew(fileName: string, source: string): readonly TooNew[] {
  const parsed = parseSync(fileName, source);
  const failure = parsed.errors[0];
  if (failure !== undefined) throw new Error(`${fileName} does not parse: ${failure.message}`);
  const found: TooNew[] = [];
  const add = (node: ESTree.Node, text: string, since: string) => void found.push({ line: source.slice(0, node.start).split('\n').length, text, since });
  const lookAtPattern = (node: ESTree.Node, pattern: string, flags: string) => {
    if (/\(\?<[=!]/u.test(pattern)) add(node, `/${pattern}/`, 'Safari 16.4');
    if (flags.includes('v')) add(node, `/${pattern}/${flags}`, 'Chrome 112, Safari 17');
    if (/\(\?[ims]*-?[ims]+:/u.test(pattern)) add(node, `/${pattern}/`, 'Chrome 125, Safari 26');
  };
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) lookAtPattern(node, node.regex.pattern, node.regex.flags);
    },
    NewExpression: (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return;
      const [pattern, flags] = node.arguments;
      lookAtPattern(node, pattern === undefined ? '' : source.slice(pattern.start, pattern.end), flags?.type === 'Literal' && typeof flags.value === 'string' ? flags.value : '');
    },
    CallExpression: ({ callee: called }) => {
      const callee = called.type === 'ChainExpression' ? called.expression : called;
      if (callee.type === 'Identifier' && callee.name === 'requestIdleCallback') add(callee, callee.name, 'no Safari');
      if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      const owner = callee.object.type === 'Identifier' ? callee.object.name : undefined;
      const method = Object.hasOwn(newMethods, name) ? newMethods[name] : undefined;
      if (method !== undefined && !(owner !== undefined && method.ownersSpared?.includes(owner) === true)) add(callee, `.${name}()`, method.since);
      const own = `${owner ?? ''}.${name}`;
      const call = Object.hasOwn(newCalls, own) ? newCalls[own] : undefined;
      if (call !== undefined) add(callee, `${own}()`, call);
      if (iteratorMethods.has(name) && isOfIterator(callee.object)) add(callee, `.${name}() of an iterator`, 'Chrome 122, Safari 18.4');
    },
    Property: (node) => {
      // As an option of createImageBitmap; a browser that does not know the word refuses the picture.
      if (node.key.type === 'Identifier' && node.key.name === 'imageOrientation' && node.value.type === 'Literal' && node.value.value === 'from-image') {
        add(node, "imageOrientation: 'from-image'", 'Chrome 112');
      }
    },
  }).visit(parsed.program);
  return found;
}

/** `map.values()`, `text.matchAll(…)`. */
function isOfIterator(node: ESTree.Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return false;
  const { object, property } = node.callee;
  if (object.type === 'Identifier' && arrayMakers.has(object.name)) return false;
  // Without anything in its brackets: what takes an argument is a method of ours. Only `matchAll` takes one.
  return iteratorMakers.has(property.name) && node.arguments.length === (property.name === 'matchAll' ? 1 : 0);
}

/** Style sheets: a rule with a selector, or a declaration with a value, that a browser does not know is passed over, and the build mends none of these. */
const newStyles: readonly (readonly [RegExp, string])[] = [
  [/:has\(/u, 'Chrome 105'],
  [/\d[dsl]v[hw]\b/u, 'Chrome 108'],
  [/@container\b/u, 'Chrome 105'],
  [/color-mix\(/u, 'Chrome 111'],
  [/\b(?:oklch|oklab|light-dark)\(/u, 'Chrome 111'],
  [/\bsubgrid\b/u, 'Chrome 117'],
  [/^\s*&/u, 'Chrome 112'],
  [/\bfield-sizing:/u, 'Chrome 123'],
  [/\btext-wrap:/u, 'Chrome 114'],
  [/^\s*(?:translate|rotate|scale):/u, 'Chrome 104'],
  [/@starting-style\b/u, 'Chrome 117'],
  [/@scope\b/u, 'Chrome 118'],
  [/:user-(?:in)?valid\b/u, 'Chrome 119'],
  [/\d(?:cq[a-z]+|r?lh)\b/u, 'Chrome 105'],
];

/** What of this style sheet the oldest of our browsers pass over without a stand-in: the same property just before it, an `@supports not` for it, or a word (`older browsers`) in the comment above on why none is needed. */
export function findTooNewStyles(source: string): readonly TooNew[] {
  const lines = source.split('\n');
  return lines.flatMap((text, at) => {
    const since = newStyles.find(([pattern]) => pattern.test(text))?.[1];
    if (since === undefined || text.includes('@supports not')) return [];
    const property = /^\s*([a-z-]+):/u.exec(text)?.[1];
    const hasOlderValue = property !== undefined && lines[at - 1]?.trim().startsWith(`${property}:`) === true;
    const isExplained = lines.slice(Math.max(0, at - 3), at).some((line) => /older browsers/iu.test(line));
    const hasStandIn = text.includes(':has(') && source.includes('@supports not selector(:has(');
    return hasOlderValue || isExplained || hasStandIn ? [] : [{ line: at + 1, text: text.trim(), since }];
  });
}
