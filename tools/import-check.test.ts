import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkImports } from './import-check.ts';

const madeTrees: string[] = [];
afterEach(() => {
  for (const tree of madeTrees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

type Tree = Record<string, string>;

/** A small tree in which every arrow is an allowed one. */
const SOUND: Tree = {
  'src/domain/visit.ts': `import * as z from 'zod/mini';\nexport const visit = z.string();\nexport type Visit = string;\n`,
  'src/domain/visit.test.ts': `import { test } from 'vitest';\nimport { readFileSync } from 'node:fs';\nimport './visit.ts';\nimport './test-support.ts';\n`,
  'src/domain/test-support.ts': `export const sample = 'x';\n`,
  'src/sync/bytes.ts': `export const one = 1;\n`,
  'src/sync/sealing-session.ts': `import { gcm } from '@noble/hashes/sha2.js';\nimport './bytes.ts';\n`,
  'src/sync/entry.ts': `import '#domain/visit.ts';\nimport './sealing-session.ts';\ncrypto.subtle.sign();\nexport type Sealed = string;\n`,
  'src/sync/protocol.ts': `export const wire = 1;\n`,
  'src/sync/engine.ts': `import './protocol.ts';\nexport const at = (clock: () => number) => new Date(clock());\n`,
  'src/sync/test-support.ts': `export const bytes = 1;\n`,
  'src/server/main.ts': `import { Hono } from 'hono';\nimport { join } from 'node:path';\nimport '#sync/entry.ts';\nimport '../sync/protocol.ts';\nimport '#sync/sealing-session.ts';\napp.fetch(1);\nnew Date();\nnew URL('../../dist', import.meta.url);\n`,
  'src/server/main.test.ts': `import '#domain/test-support.ts';\nimport '#sync/test-support.ts';\nawait fetch('http://127.0.0.1');\n`,
  'src/simulation/main.ts': `import '#sync/engine.ts';\nimport '#server/main.ts';\nimport '#client/store/log.ts';\nimport { parseArgs } from 'node:util';\n`,
  'src/chaos/main.ts': `import '../../e2e/endpoint-process.ts';\nimport '#server/main.ts';\nimport '#client/remote/calls.ts';\nawait fetch('http://localhost/health');\n`,
  'src/client/languages/vi.ts': `import type { Visit } from '#domain/visit.ts';\nexport const vi = { retry: "don't fetch() Date.now() // import 'dexie'" };\n`,
  'src/client/languages/use-messages.ts': `import { use } from 'react';\n`,
  'src/client/ui/button.tsx': `import { useState } from 'react';\nimport { vi } from '#client/languages/vi.ts';\nexport const Button = () => <p>it's /* not a comment, import x from 'dexie' \` </p>;\n`,
  'src/client/vault/box.ts': `import '#sync/entry.ts';\ncrypto.subtle.encrypt();\nimport { argon2id } from 'hash-wasm';\n`,
  'src/client/store/log.ts': `import Dexie from 'dexie';\nimport '#sync/engine.ts';\nimport '#client/vault/box.ts';\n`,
  'src/client/store/use-live.ts': `import { useSyncExternalStore } from 'react';\n`,
  'src/client/remote/calls.ts': `import '#sync/protocol.ts';\nimport type { Sealed } from '#sync/entry.ts';\nawait fetch('/sync');\n`,
  'src/client/features/visits/form.tsx': `import { useState } from 'react';\nimport '#client/store/log.ts';\nimport './form-fields.tsx';\n`,
  'src/client/features/visits/form-fields.tsx': `export {};\n`,
  'src/client/features/feedback/list.tsx': `export const list = 1;\n`,
  'src/client/features/enrolment/passphrase.tsx': `import '#client/vault/box.ts';\n`,
  'src/client/app/router.tsx': `import '#client/features/visits/form.tsx';\nimport '#client/features/feedback/list.tsx';\n`,
  'src/client/main.tsx': `import './app/router.tsx';\nimport '@fontsource/be-vietnam-pro/400.css';\n`,
  'src/client/service-worker.ts': `import { precacheAndRoute } from 'workbox-precaching';\nimport '#client/store/log.ts';\nfetch('/');\n`,
  'src/client/vault/data-key.ts': `export const dataKey = 1;\n`,
  'e2e/endpoint-process.ts': `import { spawn } from 'node:child_process';\n`,
  'e2e/visit.spec.ts': `import { test } from '@playwright/test';\nimport { findBrowser } from '../tools/browser.ts';\n`,
  'tools/browser.ts': `export const findBrowser = 1;\n`,
};

function faultsOf(changes: Tree): string[] {
  const top = mkdtempSync(path.join(tmpdir(), 'import-check-'));
  madeTrees.push(top);
  for (const [file, source] of Object.entries({ ...SOUND, ...changes })) {
    mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
    writeFileSync(path.join(top, file), source);
  }
  return checkImports(top).map(({ place, message }) => `${place}  ${message}`);
}

test('a sound tree passes, with quotes, comments and backticks where they deceive a careless reader', () => {
  expect(faultsOf({})).toEqual([]);
});

test('a tree without sources is refused, so that a wrong path never passes', () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'import-check-'));
  madeTrees.push(empty);
  expect(checkImports(empty)).toHaveLength(1);
});

describe('a forbidden arrow is refused with its place, its arrow and why', () => {
  test.each<[file: string, source: string, fault: RegExp]>([
    ['src/domain/area.ts', `\nimport 'react';`, /^src\/domain\/area\.ts:2 {2}domain -> package react is no allowed arrow: domain is words/u],
    ['src/domain/area.ts', `import { readFileSync } from 'node:fs';`, /package node:fs/u],
    ['src/domain/area.ts', `import { wire } from '#sync/protocol.ts';`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `export { wire } from '../sync/protocol.ts';`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `export * from '../sync/protocol.ts';`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `const wire = await import('#sync/protocol.ts');`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `type Wire = import('#sync/protocol.ts').wire;`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `const fs = require('fs');`, /package fs/u],
    ['src/domain/area.ts', 'const wire = await import(name);', /computed path/u],
    ['src/domain/area.ts', 'const wire = await import(`#sync/${name}.ts`);', /computed path/u],
    ['src/domain/area.ts', 'const wire = await import(`#sync/protocol.ts?as=${name}`);', /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.ts', `import { sample } from './test-support.ts';`, /must not stand on what tests it/u],
    ['src/domain/area.test.ts', `import '#sync/protocol.ts';`, /domain -> sync\/protocol\.ts/u],
    ['src/domain/area.test.ts', `import '#sync/test-support.ts';`, /domain -> sync\/test-support\.ts/u],
    ['src/sync/loop.ts', `import 'hono';`, /package hono/u],
    ['src/sync/loop.ts', `import '#client/store/log.ts';`, /sync -> client\/store/u],
    ['src/server/app.ts', `import '#sync/engine.ts';`, /server -> sync\/engine\.ts/u],
    ['src/server/app.ts', `import '#client/store/log.ts';`, /server -> client\/store/u],
    ['src/server/app.ts', `import '#simulation/main.ts';`, /server -> simulation/u],
    ['src/client/languages/en.ts', `import { visit } from '#domain/visit.ts';`, /types alone may cross/u],
    ['src/client/languages/en.ts', `import { type Visit } from '#domain/visit.ts';`, /types alone may cross/u],
    ['src/client/languages/en.ts', `import { use } from 'react';`, /package react/u],
    ['src/client/ui/list.tsx', `import type { Visit } from '#domain/visit.ts';`, /client\/ui -> domain/u],
    ['src/client/ui/list.tsx', `import 'dexie';`, /package dexie/u],
    ['src/client/vault/keys.ts', `import '#sync/engine.ts';`, /client\/vault -> sync\/engine/u],
    ['src/client/vault/keys.ts', `import '#domain/visit.ts';`, /client\/vault -> domain/u],
    ['src/client/store/rows.ts', `import 'react';`, /package react/u],
    ['src/client/store/rows.ts', `import '#client/remote/calls.ts';`, /client\/store -> client\/remote/u],
    ['src/client/remote/admin.ts', `import { Sealed } from '#sync/entry.ts';`, /types alone may cross/u],
    ['src/client/features/visits/all.tsx', `import '#client/features/feedback/list.tsx';`, /features\/visits -> client\/features\/feedback/u],
    ['src/client/features/visits/all.tsx', `import '../feedback/list.tsx';`, /features\/visits -> client\/features\/feedback/u],
    ['src/client/features/visits/all.tsx', `import '#client/vault/box.ts';`, /features\/visits -> client\/vault/u],
    ['src/client/features/visits/all.tsx', `import '#sync/engine.ts';`, /features\/visits -> sync/u],
    ['src/client/features/visits/all.tsx', `import Dexie from 'dexie';`, /package dexie/u],
    ['src/client/features/visits/all.tsx', `new Worker(new URL('../../vault/box.ts', import.meta.url));`, /client\/vault/u],
    ['src/client/features/enrolment/all.tsx', `import '../feedback/list.tsx';`, /features\/enrolment -> client\/features\/feedback/u],
    ['src/client/features/reports/new-born.tsx', `import '#client/features/visits/form.tsx';`, /features\/reports -> client\/features\/visits/u],
    ['src/client/app/page.tsx', `import '#server/main.ts';`, /client\/app -> server/u],
    ['src/client/service-worker.ts', `import '#client/ui/button.tsx';`, /service-worker\.ts -> client\/ui/u],
    ['src/simulation/faults.ts', `import '#client/features/visits/form.tsx';`, /simulation -> client\/features/u],
    ['src/simulation/faults.ts', `import '../../e2e/endpoint-process.ts';`, /simulation -> e2e/u],
    ['src/chaos/hands.ts', `import '#client/app/router.tsx';`, /chaos -> client\/app/u],
    ['e2e/enrolment.spec.ts', `import '../src/domain/visit.ts';`, /e2e -> domain/u],
  ])('%s: %s', (file, source, fault) => {
    const faults = faultsOf({ [file]: source });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });
});

test('the loop is no part of the wire, even where the wire imports it', () => {
  const faults = faultsOf({
    'src/sync/protocol.ts': `import './engine.ts';`,
    'src/sync/engine.ts': 'export {};',
    'src/server/app.ts': `import '#sync/engine.ts';`,
  });
  expect(faults).toEqual([expect.stringMatching(/server -> sync\/engine\.ts/u)]);
});

describe('the platform is used in its own rooms only', () => {
  test.each<[file: string, source: string, fault: RegExp]>([
    ['src/client/features/visits/all.tsx', `// "Phiếu đã gửi" 🏡\nawait fetch('/x');`, /all\.tsx:2 {2}fetch\('\/x'\) does not belong here/u],
    ['src/client/store/rows.ts', `globalThis.fetch('/x');`, /client\/remote/u],
    ['src/client/app/page.tsx', 'new XMLHttpRequest();', /client\/remote/u],
    ['src/client/app/page.tsx', `navigator.sendBeacon('/x');`, /client\/remote/u],
    ['src/client/store/rows.ts', 'crypto.subtle.digest();', /client\/vault and sync/u],
    ['src/client/store/rows.ts', 'const { subtle } = crypto;', /client\/vault and sync/u],
    ['src/domain/area.ts', 'Date.now();', /the time comes in/u],
    ['src/sync/loop.ts', 'new Date();', /the time comes in/u],
    ['src/sync/loop.ts', 'Math.random();', /chance comes in/u],
  ])('%s: %s', (file, source, fault) => {
    const faults = faultsOf({ [file]: source });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });
});

describe('names and places', () => {
  test.each<[file: string, fault: RegExp]>([
    ['src/gossip/talk.ts', /^src\/gossip {2}is a room the table does not know/u],
    ['src/client/widgets/clock.tsx', /^src\/client\/widgets {2}is a room the table does not know/u],
    ['src/client/loose.ts', /loose\.ts:1 {2}stands in no room/u],
    ['src/client/features/loose.ts', /loose\.ts:1 {2}stands in no room/u],
    ['src/domain/utils.ts', /"utils" says nothing/u],
    ['src/domain/household-info.ts', /"household-info" says nothing/u],
    ['src/domain/common/visit.ts', /"common" says nothing/u],
    ['src/domain/form-data.ts', /"form-data" says nothing/u],
    ['src/domain/process-entry.ts', /"process-entry" says nothing/u],
    ['tools/helper.ts', /"helper" says nothing/u],
    ['src/domain/visitRules.ts', /no kebab-case name/u],
  ])('%s is refused', (file, fault) => {
    expect(faultsOf({ [file]: 'export {};' }).some((found) => fault.test(found))).toBe(true);
  });

  test.each(['// oxlint-disable-next-line no-console', '/* eslint-disable */', '// @ts-expect-error'])('%s is refused', (comment) => {
    expect(faultsOf({ 'src/domain/area.ts': `export {};\n${comment}` })).toEqual([expect.stringMatching(/area\.ts:2 {2}silences/u)]);
  });

  test('an import without its extension is refused', () => {
    expect(faultsOf({ 'src/domain/area.ts': `import './visit';` })).toEqual([expect.stringMatching(/write its whole name/u)]);
  });

  test('a file that does not parse stops the check', () => {
    expect(() => faultsOf({ 'src/domain/area.ts': 'import {' })).toThrow(/area\.ts does not parse/u);
  });
});
