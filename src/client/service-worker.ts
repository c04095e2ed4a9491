/**
 * Holds the whole app on the phone, so that a cold start with no network opens it. A newer one waits until the person agrees
 * (app/update.tsx): it must never take a page over in the middle of a form.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (string | PrecacheEntry)[] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// The endpoint's own routes are never answered with the app's page.
const endpointRoutes = /^\/(sync|enrolment|session|endpoint|health)(\/|$)/u;
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [endpointRoutes] }));

// The page of the first visit is served from here too from now on: it may lose its connection before it opens its next screen.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
