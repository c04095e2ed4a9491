/**
 * What reads lists is an eighth of the app by weight, and the bloc alone imports: it is left out of what every phone keeps, and kept by the service worker once a phone of
 * the bloc asks.
 */

/** To the service worker. */
export const keepListReading = { type: 'KEEP_LIST_READING' } as const;

/** The cache beside that of the app itself; where it is, each newer version of the app brings its own along. */
export const listReadingCache = 'list-reading';

/** The build's name for it (vite.config.ts). */
export function isListReading(path: string): boolean {
  return /(?:^|\/)assets\/list-reading-[\w-]+\.js$/u.test(path);
}

/** At each unlock: what is kept already is not fetched again. Never resolves where none is registered. */
export async function askToKeepListReading(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(keepListReading);
}
