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

/** All bytes and texts in all tables, read as UTF-8: of an app whose boxes are plain bytes (`buildChangedApp('plain-boxes')`), what they hold. */
export async function textOnDisk(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
      });
    const texts: string[] = [];
    const inflate = async (bytes: Uint8Array) => {
      try {
        return await new Response(new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
      } catch {
        return '';
      }
    };
    const read = async (value: unknown): Promise<void> => {
      if (typeof value === 'string') texts.push(value);
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        texts.push(new TextDecoder().decode(bytes), await inflate(bytes));
      } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) await read(one);
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name));
      for (const table of database.objectStoreNames) await read(await answer(database.transaction(table).objectStore(table).getAll()));
      database.close();
    }
    return texts.join('\n');
  });
}
