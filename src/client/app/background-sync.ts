/** Asks the browser to wake the service worker when there is a connection, so that what was saved goes even with the app closed. */
import { backgroundSyncTag } from '#client/store/deliver-locked.ts';

/** Background Sync (WICG), which TypeScript does not know and some browsers do not have. */
interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** At each save: asking again costs nothing, and a request that the browser gave up is made anew. Where it is refused, an open page sends. */
export async function askToSendInBackground(): Promise<void> {
  try {
    // Never resolves where there is no service worker; nothing waits for it.
    const registration = (await navigator.serviceWorker.ready) as WithSync;
    await registration.sync?.register(backgroundSyncTag);
  } catch {
    // Not allowed here (a private window, a person's choice): the app promises no more than it can keep without it.
  }
}
