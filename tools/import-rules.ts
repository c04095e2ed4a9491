/**
 * The allowed arrows between the rooms of the code, as one table. What is not listed here is forbidden.
 * A path in `may` is a room, a part of one (`sync/protocol`: that file and the files of its own room it is made of),
 * or a part whose types alone may be imported (`type sync/entry`). `*` stands for every folder found there.
 */
export interface Room {
  /** From the top of the repository, e.g. `src/client/features/visits`. */
  readonly path: string;
  /** From `src`, e.g. `client/store`; `type sync/entry` for types alone. */
  readonly may: readonly string[];
  /** Package names; `workbox-*` matches by its beginning. */
  readonly packages: readonly string[];
  readonly why: string;
}

const REACT = ['react', 'react-dom', 'lucide-react', 'wouter'];
const FEATURE = ['domain', 'client/store', 'client/remote', 'client/ui', 'client/acts', 'client/languages'];

export const ROOMS: readonly Room[] = [
  {
    path: 'src/domain',
    may: [],
    packages: ['zod'],
    why: 'domain is words and rules that phone and endpoint run alike: zod and nothing else',
  },
  {
    path: 'src/sync',
    may: ['domain'],
    packages: ['zod', '@hpke/core', 'fflate', '@noble/hashes'],
    why: 'sync runs in the page, in the service worker and on the endpoint: it knows the domain and no platform',
  },
  {
    path: 'src/tables',
    may: ['domain'],
    packages: ['csv-parse', 'fflate', 'hucre'],
    why: 'tables turns the bytes of a file into rows of text, in a worker of the browser and on the command line: it knows no list and no platform',
  },
  {
    path: 'src/lists',
    may: ['domain', 'tables'],
    packages: ['zod'],
    why: 'lists turn rows of a table into what an import would write, in the browser and on the command line alike: rules, rows and no platform',
  },
  {
    path: 'src/server',
    may: ['domain', 'lists', 'tables', 'sync/protocol', 'sync/administration', 'sync/subject-rights', 'sync/picture-calls', 'sync/entry', 'sync/bundle', 'sync/depth', 'sync/digest', 'sync/endpoint-routes', 'sync/new-id'],
    packages: ['node:*', 'hono', '@hono/node-server', 'kysely', 'better-sqlite3', '@tus/server', '@tus/file-store', 'zod'],
    why: 'the endpoint shares the wire and the rules with the phone, never its loop or its screens',
  },
  {
    path: 'src/simulation',
    may: ['domain', 'sync', 'server', 'client/store'],
    packages: ['node:*', 'better-sqlite3', 'kysely'],
    why: 'the simulator drives the real engine, store and endpoint, and draws no screen',
  },
  {
    path: 'src/slow-link',
    may: ['domain', 'sync', 'server', 'client/store', 'client/remote', 'simulation/chance'],
    packages: ['node:*'],
    why: 'a real phone and a real endpoint at the two ends of a bad line, and no screen',
  },
  {
    path: 'src/chaos',
    may: ['domain', 'sync', 'server', 'client/store', 'client/remote', 'client/vault'],
    packages: ['node:*', 'better-sqlite3', '@playwright/test'],
    why: 'chaos kills real processes: an endpoint under phones without a screen, a browser under the hands of e2e',
  },
  {
    path: 'src/fuzz',
    may: ['domain', 'sync', 'server', 'tables', 'lists', 'client/store', 'client/remote', 'simulation/chance', 'simulation/stand-ins'],
    packages: ['node:*', 'hono', 'kysely', 'zod'],
    why: 'fuzzing feeds every parser on both sides of the wire, and draws no screen',
  },
  {
    path: 'src/client/languages',
    may: ['domain/place-name', 'type domain', 'type lists', 'type tables'],
    packages: [],
    why: 'a catalog holds words: it may borrow types, and of code only how a place is named',
  },
  {
    path: 'src/client/acts',
    may: [],
    packages: ['react'],
    why: 'one act at a time, whatever draws its button: below the screens and the store alike',
  },
  {
    path: 'src/client/ui',
    may: ['client/languages', 'client/acts'],
    packages: [...REACT, '@tanstack/react-virtual', 'qr'],
    why: 'ui is fields, lists and layout: it knows no word of the domain and reaches no store',
  },
  {
    path: 'src/client/vault',
    may: ['sync/entry'],
    packages: ['hash-wasm'],
    why: 'the vault holds the keys: the less it imports, the less can reach them',
  },
  {
    path: 'src/client/store',
    may: ['domain', 'sync', 'client/vault', 'client/acts'],
    packages: ['dexie', 'fflate'],
    why: 'the store is the log and its memory: it knows neither network nor screen',
  },
  {
    path: 'src/client/remote',
    may: ['domain', 'sync/protocol', 'sync/administration', 'sync/subject-rights', 'sync/picture-calls', 'sync/bundle', 'type sync/entry'],
    packages: ['zod', 'tus-js-client'],
    why: 'remote speaks the wire and nothing more',
  },
  {
    path: 'src/client/list-reading',
    may: ['domain', 'lists', 'tables', 'sync/new-id', 'client/ui/trusted-script', 'client/app/zod-without-eval'],
    packages: [],
    why: 'a list is read in a worker beside the page: rows in, what they would become out, no store and no network',
  },
  {
    path: 'src/client/features/list-import',
    may: [...FEATURE, 'lists', 'client/list-reading', 'tables/write-table', 'type tables'],
    packages: REACT,
    why: 'an import shows what the worker found and writes it through the store; it still never meets another feature',
  },
  {
    path: 'src/client/features/*',
    may: FEATURE,
    packages: REACT,
    why: 'a feature stands alone: two features meet in client/app, and the log is reached through the store',
  },
  {
    path: 'src/client/features/enrolment',
    may: [...FEATURE, 'client/vault'],
    packages: REACT,
    why: 'enrolment makes the keys; it still never meets another feature',
  },
  {
    path: 'src/client/features/handbook',
    may: FEATURE,
    packages: [...REACT, 'markdown-to-jsx'],
    why: 'the handbook alone reads Markdown, as elements and never as HTML; it still never meets another feature',
  },
  {
    path: 'src/client/features/devices',
    may: [...FEATURE, 'client/vault'],
    packages: REACT,
    why: 'devices changes the passphrase and wipes; it still never meets another feature',
  },
  {
    path: 'src/client/app',
    may: ['client', 'domain', 'sync'],
    packages: [...REACT, 'zod', 'workbox-window'],
    why: 'app is where the client meets; the endpoint is reached over the wire alone',
  },
  {
    path: 'src/client/main.tsx',
    may: ['client', 'domain', 'sync'],
    packages: ['react', 'react-dom', '@fontsource/*'],
    why: 'main starts the app; the endpoint is reached over the wire alone',
  },
  {
    path: 'src/client/service-worker.ts',
    may: ['client/store', 'client/remote', 'client/list-reading/kept-offline', 'client/app/zod-without-eval', 'sync'],
    packages: ['workbox-*'],
    why: 'the service worker has no page: the sealed outbox and the way to the endpoint, no screen',
  },
  {
    path: 'src/worlds',
    may: ['domain', 'sync', 'server', 'simulation/chance', 'simulation/stand-ins', 'simulation/planned-once', 'simulation/bugs/seeded-bug', 'simulation/bugs/find-bugs', 'simulation/bugs/serve-searches'],
    packages: ['node:*', 'better-sqlite3', 'kysely'],
    why: 'worlds ask the real endpoint, member by member, and reckon by the table of the domain model who may know',
  },
  {
    path: 'e2e',
    may: [],
    packages: ['@playwright/test', '@axe-core/playwright', 'node:*', 'better-sqlite3', 'write-excel-file'],
    why: 'a field story sees the running app alone, as a person does',
  },
];

/** Arrows that begin or end outside of `src`, by the beginnings of the paths. */
export const OUTSIDE_ARROWS: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'e2e/', to: 'tools/' },
  // What a person does in the browser is written once.
  { from: 'src/chaos/', to: 'e2e/' },
  // The awkward spreadsheets are made by a tool and read by these tests and by fuzzing; the room itself knows nothing of it.
  ...['src/tables/awkward-tables.test.ts', 'src/tables/mutated-tables.test.ts', 'src/tables/legacy-letters.test.ts', 'src/tables/legacy-text.test.ts', 'src/tables/workbook.test.ts', 'src/lists/awkward-lists.test.ts', 'src/server/administration/list-command.test.ts', 'src/fuzz/targets/parsers.ts']
    .map((from) => ({ from, to: 'tools/' })),
];

/** What only some files of a room may import beyond its table row. */
export const PACKAGES_BY_FILE: readonly { readonly path: RegExp; readonly packages: readonly string[] }[] = [
  // The store, the calls and the catalogs stay free of React but for the hooks a screen reads them with.
  { path: /^src\/client\/(store|languages|remote)\/(.*\/)?use-[^/]+\.tsx?$/u, packages: ['react'] },
];

/** What a test, and what stands beside it to support tests, may import beyond what its room may. */
export const TEST_PACKAGES: readonly string[] = [
  'vitest', 'fast-check', 'node:*', 'fake-indexeddb', 'better-sqlite3', 'kysely', 'hono', '@hono/node-server', 'zod', 'write-excel-file',
];
export const TEST_FILE = /\.test\.tsx?$|(^|\/)(test-support|[^/]+\.test-support)(\/|\.tsx?$)/u;

/** The endpoint may take `sync/protocol` with what it is made of, but the loop is never a part of the wire. */
export const NEVER_A_PART = /^src\/sync\/engine\b/u;

/** Uses of the platform that belong to some rooms alone; `only` and `never` are beginnings of paths. Tests are free. */
export interface PlatformRule {
  readonly use: 'network' | 'subtle' | 'clock' | 'random';
  readonly only?: readonly string[];
  readonly never?: readonly string[];
  readonly why: string;
}
export const PLATFORM_RULES: readonly PlatformRule[] = [
  {
    use: 'network',
    only: ['src/client/remote/', 'src/client/service-worker.ts', 'src/slow-link/', 'src/chaos/', 'e2e/'],
    why: 'calls that need a connection live in client/remote (and the service worker)',
  },
  { use: 'subtle', only: ['src/client/vault/', 'src/sync/', 'e2e/'], why: 'keys are used in client/vault and sync alone' },
  { use: 'clock', never: ['src/domain/', 'src/lists/', 'src/sync/'], why: 'the time comes in as an argument' },
  { use: 'random', never: ['src/domain/', 'src/lists/', 'src/sync/'], why: 'chance comes in as an argument' },
];

/** Names that say nothing, as a file's or folder's whole name or as the word of it that should say what it is. */
export const BANNED_NAMES: readonly RegExp[] = [
  /(^|-)(info|items?|managers?|helpers?|utils?|common|misc)(-|$)/u,
  // A data key and an endpoint process are things; form-data and process-entry are not.
  /(^|-)data$/u,
  /^(process|handle)(-|$)/u,
];
