import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';

/** One import, export-from, dynamic import, `import('x')` type, `require` or `new URL('x.ts', import.meta.url)`. */
export interface ImportFound {
  /** As written; undefined when it is computed, so that nobody can check it. */
  readonly specifier: string | undefined;
  readonly line: number;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}
export interface UseFound {
  readonly use: 'network' | 'subtle' | 'clock' | 'random';
  readonly text: string;
  readonly line: number;
}
export interface SourceRead {
  readonly imports: readonly ImportFound[];
  readonly uses: readonly UseFound[];
  /** Lines of comments that silence a checker. */
  readonly suppressions: readonly number[];
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self']);
const NETWORK_CLASSES = new Set(['XMLHttpRequest', 'WebSocket', 'EventSource']);

/**
 * Reads what a TypeScript source imports and which guarded parts of the platform it uses.
 * Throws when the source does not parse: a file that cannot be read cannot be guarded.
 */
export function readSource(fileName: string, source: string): SourceRead {
  const parsed = parseSync(fileName, source);
  const failure = parsed.errors[0];
  if (failure !== undefined) throw new Error(`${fileName} does not parse: ${failure.message}`);
  const lineAt = createLineFinder(source);
  const imports: ImportFound[] = [];
  const uses: UseFound[] = [];
  const addImport = (node: ESTree.Node, from: ESTree.Node, typeOnly: boolean): void => {
    imports.push({ specifier: literalText(from), line: lineAt(node.start), typeOnly });
  };
  const addUse = (use: UseFound['use'], node: ESTree.Node): void => {
    uses.push({ use, text: source.slice(node.start, node.end).split('\n')[0]!.slice(0, 60), line: lineAt(node.start) });
  };

  new Visitor({
    // `import { type A } from 'x'` still runs x (verbatimModuleSyntax): only `import type` leaves nothing behind.
    ImportDeclaration: (node) => addImport(node, node.source, node.importKind === 'type'),
    ExportAllDeclaration: (node) => addImport(node, node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) addImport(node, node.source, node.exportKind === 'type');
    },
    ImportExpression: (node) => addImport(node, node.source, false),
    TSImportType: (node) => addImport(node, node.source, true),
    TSExternalModuleReference: (node) => addImport(node, node.expression, false),
    CallExpression: (node) => {
      const callee = calleeName(node.callee);
      const first = node.arguments[0];
      if (callee === 'require' && first !== undefined) addImport(node, first, false);
      if (callee === 'fetch' || callee === 'navigator.sendBeacon') addUse('network', node);
      if (callee === 'Date' || callee === 'Date.now' || callee === 'performance.now') addUse('clock', node);
      if (callee === 'Math.random') addUse('random', node);
    },
    NewExpression: (node) => {
      const callee = calleeName(node.callee);
      const [first, second] = node.arguments;
      // A worker is named by the address of its source; other addresses (a folder to serve, a picture) are no import.
      if (callee === 'URL' && first !== undefined && second !== undefined && isImportMetaUrl(second)) {
        if (/\.tsx?$/u.test(literalText(first) ?? '')) addImport(node, first, false);
      }
      if (callee !== undefined && NETWORK_CLASSES.has(callee)) addUse('network', node);
      if (callee === 'Date' && first === undefined) addUse('clock', node);
    },
    MemberExpression: (node) => {
      if (propertyName(node) === 'subtle' && /crypto$/iu.test(calleeName(node.object) ?? '')) addUse('subtle', node);
    },
    ObjectPattern: (node) => {
      for (const property of node.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'subtle') {
          addUse('subtle', property);
        }
      }
    },
  }).visit(parsed.program);
  const suppressions = parsed.comments
    .filter((comment) => /(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)/u.test(comment.value))
    .map((comment) => lineAt(comment.start));
  return { imports, uses, suppressions };
}

function literalText(node: ESTree.Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral') return undefined;
  const head = node.quasis[0]?.value.cooked ?? undefined;
  // What is worked out after the question mark of a module names no other file.
  return node.expressions.length === 0 || head?.includes('?') === true ? head : undefined;
}

/** `fetch`, `Date.now`; what hangs on the global object counts as bare: `globalThis.fetch` is `fetch`. */
function calleeName(node: ESTree.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return undefined;
  const owner = calleeName(node.object);
  const property = propertyName(node);
  if (owner === undefined || property === undefined) return undefined;
  return GLOBAL_OBJECTS.has(owner) ? property : `${owner}.${property}`;
}

function propertyName(node: ESTree.MemberExpression): string | undefined {
  if (node.computed) return literalText(node.property);
  return node.property.type === 'Identifier' ? node.property.name : undefined;
}

function isImportMetaUrl(node: ESTree.Node): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && propertyName(node) === 'url';
}

function createLineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let line = starts.findIndex((start) => start > offset);
    if (line === -1) line = starts.length;
    return line;
  };
}
