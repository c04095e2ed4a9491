/** What lies on a phone's disk, as whoever holds the phone could read it. */
import type { Page } from '@playwright/test';

/** The keys of a table's rows, in whatever database has it. */
export async function keysOnDisk(page: Page, table: string): Promise<readonly string[]> {
  return await page.evaluate(async (wanted) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
      });
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
    const kept: string[] = [];
    for (const name of names) {
      const database = await answer(indexedDB.open(name));
      if (database.objectStoreNames.contains(wanted)) {
        kept.push(...(await answer(database.transaction(wanted).objectStore(wanted).getAllKeys())).map(String));
      }
      database.close();
    }
    return kept;
  }, table);
}

/** The channels whose key the disk still holds: a channel's key lies in its row and nowhere else. */
export async function channelsOnDisk(page: Page): Promise<readonly string[]> {
  return await keysOnDisk(page, 'channels');
}
