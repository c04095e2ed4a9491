/**
 * Holds the whole app on the phone, so that a cold start with no network opens it, and sends what is sealed while the app is closed.
 * A newer one waits until the person agrees (app/update.tsx): it must never take a page over in the middle of a form.
 */
import './app/zod-without-eval.ts';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { isListReading, keepListReading, listReadingCache } from '#client/list-reading/kept-offline.ts';
import { deliver } from '#client/remote/delivery.ts';
import { backgroundSyncTag, deliverLocked } from '#client/store/deliver-locked.ts';
import { openDexieDisk } from '#client/store/dexie-disk.ts';
import { tellTabs } from '#client/store/tabs.ts';
import { createExclusive } from '#client/store/web-lock.ts';
import { endpointRoutes } from '#sync/endpoint-routes.ts';

/** Background Sync (WICG), which TypeScript does not know. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
  /** The browser will not try again by itself after this one. */
  readonly lastChance: boolean;
}
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | PrecacheEntry)[];
  readonly registration: ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } };
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
};

const manifest = self.__WB_MANIFEST;
const pathOf = (entry: string | PrecacheEntry) => new URL(typeof entry === 'string' ? entry : entry.url, self.location.href).pathname;
precacheAndRoute(manifest.filter((entry) => !isListReading(pathOf(entry))));
cleanupOutdatedCaches();

/** What reads lists, of this version of the app. */
const listReading = manifest.map(pathOf).filter(isListReading);

async function keepForImports(): Promise<void> {
  const cache = await caches.open(listReadingCache);
  for (const path of listReading) if ((await cache.match(path)) === undefined) await cache.add(path);
}

/** Of versions that no page runs any longer. */
async function dropOldListReading(): Promise<void> {
  if (!(await caches.has(listReadingCache))) return;
  const cache = await caches.open(listReadingCache);
  for (const { url } of await cache.keys()) if (!listReading.includes(new URL(url).pathname)) await cache.delete(url);
}

registerRoute(
  ({ url }) => isListReading(url.pathname),
  async ({ request }) => (await caches.match(request)) ?? (await fetch(request)),
);

// As the app itself: a newer version does not take over before all that this phone needs of it is here.
self.addEventListener('install', (event) => event.waitUntil(caches.has(listReadingCache).then(async (imports) => await (imports ? keepForImports() : undefined))));

// The endpoint's own routes are never answered with the app's page.
const ofEndpoint = new RegExp(`^/(${endpointRoutes.join('|')})(/|$)`, 'u');
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [ofEndpoint] }));

// The page of the first visit is served from here too from now on: it may lose its connection before it opens its next screen.
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), dropOldListReading()])));

self.addEventListener('message', (event) => {
  const asked = (event.data as { type?: unknown } | null)?.type;
  if (asked === 'SKIP_WAITING') void self.skipWaiting();
  // Without a connection the next unlock asks again.
  if (asked === keepListReading.type) event.waitUntil(keepForImports().catch(() => undefined));
});

self.addEventListener('sync', (event) => {
  if (event.tag === backgroundSyncTag) event.waitUntil(sendSealed(event.lastChance));
});

/** A page in sight sends for itself, and hears the verdicts in the same round trip: it goes first. */
const pageGoesFirstMs = 5_000;

const clock = {
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as number | undefined),
};

/** Rejects while something is left, on purpose: the browser then tries again. */
async function sendSealed(isLastChance: boolean): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) await new Promise((resolve) => setTimeout(resolve, pageGoesFirstMs));
  const disk = openDexieDisk();
  try {
    const { isThrough } = await deliverLocked({ disk, send: deliver, exclusive: createExclusive(navigator.locks, clock), onSent: tellTabs });
    if (isThrough) return;
  } finally {
    // Open, it would hold up a newer version's page, or a person who clears the phone.
    disk.close();
  }
  // Refused by most browsers while no page is open; then it is the next opening of the app that sends.
  if (isLastChance) await self.registration.sync?.register(backgroundSyncTag).catch(() => undefined);
  throw new Error('sealed entries are left to be sent');
}
