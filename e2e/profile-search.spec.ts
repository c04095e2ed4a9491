/**
 * The search that at-rest.spec.ts trusts, tried on a real browser's profile: a page stores one text for each place and layer a text can
 * hide in. Each must be found there, and those that hide must not be readable in the file as it is: else nothing was opened to find them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findBrowser } from '../tools/browser.ts';
import { expect, test } from './fixtures.ts';
import { searchProfile } from './profile-search.ts';

interface StoredText {
  readonly text: string;
  /** `plain`: as a string; `bytes`: as UTF-8; `key`: as its key; `deflated`: packed by the page; `compressed`: where the browser does so. */
  readonly as: 'plain' | 'bytes' | 'key' | 'deflated' | 'compressed';
  /** Characters of words that compress well, before the text: what is long is compressed, what is longest gets a file of its own. */
  readonly after?: number;
  /** The browser gives it a file of its own: compressed it would still be more than 64 KiB. */
  readonly isHuge?: boolean;
  /** `<end of the file's path> <layer>`. */
  readonly found: RegExp;
  readonly isHidden?: boolean;
}

const vietnamese = 'Sùng Mí Gấu nói';
const latin1 = 'bé Hà ghé nhà cô';
const ascii = 'seven goats by';

const inLog: readonly StoredText[] = [
  { as: 'plain', text: `${vietnamese} trong tệp`, found: /\.log raw$/ },
  { as: 'plain', text: `${latin1} hôm nay`, found: /\.log raw$/ },
  { as: 'plain', text: `${ascii} the log`, found: /\.log raw$/ },
  { as: 'bytes', text: `${vietnamese} từng chữ`, found: /\.log raw$/ },
  { as: 'key', text: `${vietnamese} làm khóa`, found: /\.log raw$/ },
  { as: 'deflated', text: `${vietnamese} nén lại`, after: 900, found: /\.log .*inflated$/, isHidden: true },
  { as: 'compressed', text: `${vietnamese} chép dài`, after: 40_000, found: /\.log .*value unwrapped$/, isHidden: true },
  { as: 'compressed', text: `${vietnamese} tệp riêng`, after: 900_000, isHuge: true, found: /indexeddb\.blob\/.* value unwrapped$/, isHidden: true },
  { as: 'deflated', text: `${vietnamese} nén tệp riêng`, after: 900, isHuge: true, found: /indexeddb\.blob\/.* inflated$/, isHidden: true },
];

const inTable: readonly StoredText[] = [
  { as: 'compressed', text: `${vietnamese} trong bảng`, after: 900, found: /\.ldb table block$/, isHidden: true },
  { as: 'compressed', text: `${latin1} bên bếp`, after: 900, found: /\.ldb table block$/, isHidden: true },
  { as: 'key', text: `${vietnamese} khóa bảng`, found: /\.ldb table block$/ },
  { as: 'deflated', text: `${vietnamese} nén trong bảng`, after: 900, found: /\.ldb table block, inflated$/, isHidden: true },
  { as: 'compressed', text: `${vietnamese} dài trong bảng`, after: 40_000, found: /\.ldb table block, value unwrapped$/, isHidden: true },
];

const besideDatabase: readonly Omit<StoredText, 'as'>[] = [
  { text: `${vietnamese} kho nhỏ`, found: /Local Storage\/.*\.log (raw|log records)$/ },
  { text: `${vietnamese} kho tạm`, found: /Session Storage\/.*\.log (raw|log records)$/ },
  { text: `${vietnamese} kho trang`, found: /CacheStorage\/.* raw$/ },
  { text: `${vietnamese} trang nén`, found: /Cache_Data\/.* gunzipped$/, isHidden: true },
  { text: `${vietnamese} trong ô chữ`, found: /Sessions\/Session_.* raw$/ },
];

test('a text is found wherever and however a browser lays it down', { tag: '@long' }, async () => {
  const server = await startServer();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const profile = mkdtempSync(join(tmpdir(), 'gan-dan-profile-'));
  const { executablePath, args } = await findBrowser();
  try {
    const context = await chromium.launchPersistentContext(profile, { executablePath, args: [...args] });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    await store(page, inTable);
    await overflowLog(page);
    await store(page, inLog);
    const pieces = Array.from({ length: 1_500 }, () => crypto.randomUUID());
    await store(page, [{ as: 'bytes', text: pieces.join(''), found: /$/ }]);
    await storeBesideDatabase(page);
    await context.close();

    const all = [...inTable, ...inLog, ...besideDatabase];
    const neverStored = `${vietnamese} chưa ai viết`;
    const findings = searchProfile(profile, [...all.map(({ text }) => text), neverStored]);
    expect(findings.filter(({ text }) => text === neverStored)).toEqual([]);
    for (const { text, found, isHidden = false } of all) {
      const places = findings.filter((finding) => finding.text === text).map(({ file, layer }) => `${file.slice(profile.length)} ${layer}`);
      expect(places, text).toContainEqual(expect.stringMatching(found));
      if (isHidden) expect(places.filter((place) => place.endsWith(' raw')), `${text}: hidden in the file as it is`).toEqual([]);
    }

    // Among so many pieces in a row, the header of a log's next block cuts one in two.
    const log = readFileSync(logOf(profile));
    const cut = pieces.filter((piece) => !log.includes(piece));
    expect(cut.length).toBeGreaterThan(0);
    const mended = searchProfile(join(profile, 'Default/IndexedDB'), cut).filter(({ layer }) => layer === 'log records');
    expect(mended.map(({ text }) => text)).toEqual(cut);

  } finally {
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

async function startServer(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/gzipped') {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip', 'cache-control': 'max-age=3600' });
      response.end(gzipSync(`${'bản bên kia suối '.repeat(50)}${vietnamese} trang nén`));
    } else {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>x</title><form><textarea></textarea></form>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function store(page: Page, texts: readonly StoredText[]): Promise<void> {
  await page.evaluate(
    async (rows) => {
      const deflate = async (text: string) =>
        await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
      const prepared: { key: string; value: unknown }[] = [];
      for (const { as, text, after, isHuge } of rows) {
        // Both halves stand apart before the whole: a compressor writes the whole as two copies, and nobody can read it any more.
        const half = text.length / 2;
        const noise = Array.from({ length: isHuge ? 100_000 : 0 }, () => String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000))).join('');
        const filling = `${noise} ${text.slice(0, half)} - ${text.slice(half)} ${'bản bên kia suối '.repeat(after / 17)}`;
        if (as === 'key') prepared.push({ key: text, value: 1 });
        else {
          const value = { plain: () => text, bytes: () => new TextEncoder().encode(text), deflated: () => deflate(filling + text), compressed: () => filling + text }[as];
          prepared.push({ key: crypto.randomUUID(), value: await value() });
        }
      }
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('layers', 1);
        request.addEventListener('upgradeneeded', () => request.result.createObjectStore('rows'));
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('no database')));
      });
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
      for (const { key, value } of prepared) transaction.objectStore('rows').put(value, key);
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      database.close();
    },
    texts.map(({ as, text, after = 0, isHuge = false }) => ({ as, text, after, isHuge })),
  );
}

/**
 * More than LevelDB keeps in memory (4 MB), and nothing that can be compressed: what was stored before it goes into a table. Bytes below
 * 64 alone: none looks like the `B` that a packed value begins with, at which the search would try each.
 */
async function overflowLog(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('layers', 1);
      request.addEventListener('success', () => resolve(request.result));
    });
    for (let round = 0; round < 8; round++) {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' });
      // Between the texts and these in the order of keys: a block that holds both would not be compressed.
      transaction.objectStore('rows').put('y'.repeat(9_000), 'y');
      for (let row = 0; row < 30; row++) {
        transaction.objectStore('rows').put(crypto.getRandomValues(new Uint8Array(30_000)).map((byte) => byte & 63), `z ${round} ${row}`);
      }
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    }
    database.close();
  });
}

async function storeBesideDatabase(page: Page): Promise<void> {
  await page.evaluate(async (who) => {
    localStorage.setItem('text', `${who} kho nhỏ`);
    sessionStorage.setItem('text', `${who} kho tạm`);
    await (await caches.open('texts')).put('/kept', new Response(`${who} kho trang`));
    await (await fetch('/gzipped')).text();
  }, vietnamese);
  await page.locator('textarea').fill(`${vietnamese} trong ô chữ`);
  // What stands in a page's fields is kept with its place in the history, for a browser that is opened again.
  await page.evaluate(() => history.pushState(null, '', '/next'));
  await page.goto(page.url());
}

function logOf(profile: string): string {
  const folder = join(profile, 'Default/IndexedDB');
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.log'));
  if (file === undefined) throw new Error('the database has no log');
  return join(folder, file);
}
