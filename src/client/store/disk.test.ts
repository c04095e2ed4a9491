import { forceCloseDatabase, IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openDexieDisk } from './dexie-disk.ts';
import { DiskError } from './disk.ts';
import type { ChannelRow, OutboxRow } from './disk.ts';
import { firstLog } from './log.ts';
import { createMemoryDisk, PowerLoss } from './memory-disk.ts';
import { diskKinds } from './store.test-support.ts';

const entry = (deviceSeq: number, bytes = 'AA'): OutboxRow => ({ deviceSeq, sessionId: 's', bytes, savedAt: 1 });
const channel = (channelId: string, cursor = 0): ChannelRow => ({
  channelId, cursor, generation: 'g', wrappedKey: Uint8Array.of(1, 2), mismatches: 0,
});
const segment = (channelId: string, to: number) => ({ channelId, generation: 'g', from: 0, to, rows: 1, box: Uint8Array.of(to) });

describe.each(diskKinds)('a disk ($name)', (kind) => {
  test('keeps rows as they were, in key order, for every tab', async () => {
    const open = kind.create();
    const [one, other] = [open(), open()];
    await one.write(['outbox', 'channels'], async ({ outbox, channels }) => {
      for (const seq of [10, 2, 33]) await outbox.add(entry(seq));
      await channels.put(channel('b/2', 4));
      await channels.put(channel('a/1'));
      await channels.put(channel('a/1', 7));
    });
    await other.read(['outbox', 'channels'], async ({ outbox, channels }) => {
      expect((await outbox.all()).map((row) => row.deviceSeq)).toEqual([2, 10, 33]);
      expect(await channels.all()).toEqual([channel('a/1', 7), channel('b/2', 4)]);
      expect(await outbox.get(33)).toEqual(entry(33));
      expect(await outbox.get(34)).toBeUndefined();
    });
  });

  test('does all of a transaction or nothing', async () => {
    const disk = kind.create()();
    await disk.write(['outbox', 'meta'], async ({ outbox, meta }) => {
      await outbox.add(entry(1));
      await meta.put({ ...firstLog(), lastSeq: 1 });
    });
    const failing = disk.write(['outbox', 'meta', 'segments'], async ({ outbox, meta, segments }) => {
      await outbox.put(entry(1, 'changed'));
      await outbox.add(entry(2));
      await outbox.delete(1);
      await segments.add(segment('a/1', 5));
      await meta.put({ ...firstLog(), lastSeq: 2 });
      throw new RangeError('changed my mind');
    });
    await expect(failing).rejects.toThrow(RangeError);
    await disk.read(['outbox', 'meta', 'segments'], async ({ outbox, meta, segments }) => {
      expect(await outbox.all()).toEqual([entry(1)]);
      expect((await meta.get('log'))?.lastSeq).toBe(1);
      expect(await segments.ofChannel('a/1')).toEqual([]);
    });
  });

  test('refuses a number that is taken, and with it the whole transaction', async () => {
    const disk = kind.create()();
    await disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(1)));
    const taking = disk.write(['outbox'], async ({ outbox }) => {
      await outbox.add(entry(2));
      await outbox.add(entry(1, 'other'));
    });
    await expect(taking).rejects.toBeInstanceOf(DiskError);
    expect(await disk.read(['outbox'], async ({ outbox }) => await outbox.all())).toEqual([entry(1)]);
  });

  test('gives segments rising ids and finds those of a channel behind a sequence, in order', async () => {
    const disk = kind.create()();
    const ids = await disk.write(['segments'], async ({ segments }) => {
      const given: number[] = [];
      for (const [channelId, to] of [['a/1', 9], ['a/1', 3], ['b/2', 4], ['a/1', 12]] as const) given.push(await segments.add(segment(channelId, to)));
      return given;
    });
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    await disk.write(['segments'], async ({ segments }) => {
      expect((await segments.ofChannel('a/1')).map((row) => row.to)).toEqual([3, 9, 12]);
      expect((await segments.ofChannel('a/1', 3)).map((row) => row.to)).toEqual([9, 12]);
      await segments.delete(ids[3] ?? 0);
      expect((await segments.ofChannel('a/1')).map((row) => row.to)).toEqual([3, 9]);
      expect((await segments.get(ids[2] ?? 0))?.box).toEqual(Uint8Array.of(4));
    });
  });

  test('runs transactions of several tabs one after the other', async () => {
    const open = kind.create();
    await open().write(['meta'], async ({ meta }) => await meta.put(firstLog()));
    const tabs = [open(), open(), open()];
    const raise = async (tab: (typeof tabs)[number]) =>
      await tab.write(['meta'], async ({ meta }) => {
        const log = await meta.get('log');
        if (log !== undefined) await meta.put({ ...log, lastSeq: log.lastSeq + 1 });
      });
    await Promise.all([...tabs, ...tabs, ...tabs].map(raise));
    expect((await open().read(['meta'], async ({ meta }) => await meta.get('log')))?.lastSeq).toBe(9);
  });

  test('keeps to the tables it was asked for', async () => {
    const disk = kind.create()();
    await expect(disk.write(['meta'], async ({ outbox }) => await outbox.put(entry(1)))).rejects.toBeInstanceOf(Error);
    await expect(disk.read(['outbox'], async ({ outbox }) => await outbox.put(entry(1)))).rejects.toBeInstanceOf(Error);
    expect(await disk.read(['outbox'], async ({ outbox }) => await outbox.all())).toEqual([]);
  });

  test('does not go on with a transaction that waited for something else', async () => {
    const disk = kind.create()();
    const waiting = disk.write(['outbox'], async ({ outbox }) => {
      await outbox.add(entry(1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      await outbox.add(entry(2));
    });
    await expect(waiting).rejects.toBeInstanceOf(Error);
    const seqs = await disk.read(['outbox'], async ({ outbox }) => (await outbox.all()).map((row) => row.deviceSeq));
    expect(seqs).not.toContain(2);
  });

  test('is closed for good', async () => {
    const disk = kind.create()();
    disk.close();
    await expect(disk.read(['outbox'], async ({ outbox }) => await outbox.all())).rejects.toBeInstanceOf(DiskError);
  });
});

describe('the memory disk', () => {
  test('loses power before or after a commit', async () => {
    const disk = createMemoryDisk();
    const losePower = (at: string) => {
      disk.onCommit = (moment) => {
        if (moment === at) throw new PowerLoss();
      };
    };
    losePower('before');
    await expect(disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(1)))).rejects.toThrow(PowerLoss);
    losePower('after');
    await expect(disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(2)))).rejects.toThrow(PowerLoss);
    const left = await disk.open().read(['outbox'], async ({ outbox }) => (await outbox.all()).map((row) => row.deviceSeq));
    expect(left).toEqual([2]);
  });

  test('takes nothing more from a page that was killed', async () => {
    const disk = createMemoryDisk();
    const writing = disk.write(['outbox'], async ({ outbox }) => {
      await outbox.add(entry(1));
      disk.kill();
    });
    await expect(writing).rejects.toBeInstanceOf(DiskError);
    expect(await disk.open().read(['outbox'], async ({ outbox }) => await outbox.all())).toEqual([]);
  });
});

describe('the disk in a browser', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  function freshFactory(): IDBDatabase[] {
    const factory = new IDBFactory();
    const opened: IDBDatabase[] = [];
    const open = factory.open.bind(factory);
    vi.spyOn(factory, 'open').mockImplementation((...args) => {
      const request = open(...args);
      request.addEventListener('success', () => opened.push(request.result as never));
      return request;
    });
    Dexie.dependencies.indexedDB = factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    return opened;
  }

  test('goes on when the browser has closed the database under it', async () => {
    const opened = freshFactory();
    const disk = openDexieDisk('closed-by-the-browser');
    await disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(1)));
    for (const connection of opened) forceCloseDatabase(connection as unknown as typeof IDBDatabase);
    await disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(2)));
    expect(opened).toHaveLength(2);
    expect(await disk.read(['outbox'], async ({ outbox }) => (await outbox.all()).length)).toBe(2);
  });

  test('begins once more when the connection is lost in the middle, and only once', async () => {
    freshFactory();
    const disk = openDexieDisk('lost-connection');
    await disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(1)));
    let losses = 1;
    let tries = 0;
    const add = IDBObjectStore.prototype.add;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function lose(this: IDBObjectStore, ...args) {
      tries += 1;
      if (losses-- > 0) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      return add.apply(this, args);
    });
    await disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(2)));
    expect(tries).toBe(2);
    losses = 5;
    await expect(disk.write(['outbox'], async ({ outbox }) => await outbox.add(entry(3)))).rejects.toMatchObject({ code: 'failed' });
    expect(tries).toBe(4);
  });

  test('says that it is full', async () => {
    freshFactory();
    const disk = openDexieDisk('full');
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(disk.write(['outbox'], async ({ outbox }) => await outbox.put(entry(1)))).rejects.toMatchObject({ code: 'full' });
  });

  test('asks for strict durability', async () => {
    freshFactory();
    const durabilities: unknown[] = [];
    const begin = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function note(this: IDBDatabase, names, mode, options?: unknown) {
      if (mode === 'readwrite') durabilities.push(options);
      return begin.call(this, names, mode);
    } as typeof begin);
    const disk = openDexieDisk('durable');
    await disk.write(['outbox'], async ({ outbox }) => await outbox.put(entry(1)));
    expect(durabilities).toEqual([{ durability: 'strict' }]);
  });
});

test('a database of the version before pictures keeps its unsent entries, drafts and log, and takes pictures', async () => {
  const dependencies = { indexedDB: new IDBFactory(), IDBKeyRange };
  Dexie.dependencies.indexedDB = dependencies.indexedDB;
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  // As version 1 of the app opened it: these lines never change.
  const old = new Dexie('before-pictures', dependencies);
  old.version(1).stores({
    keyring: 'key', sealingSessions: 'sessionId', outbox: 'deviceSeq', channels: 'channelId', segments: '++id, [channelId+to]', drafts: 'draftId', meta: 'key',
  });
  await old.table('outbox').bulkPut([entry(1), entry(2)]);
  await old.table('drafts').put({ draftId: 'visit-1', box: Uint8Array.of(7) });
  await old.table('meta').put({ ...firstLog(), lastSeq: 2 });
  old.close();

  const disk = openDexieDisk('before-pictures');
  await disk.read(['outbox', 'drafts', 'meta', 'pictures'], async ({ outbox, drafts, meta, pictures }) => {
    expect(await outbox.all()).toEqual([entry(1), entry(2)]);
    expect(await drafts.all()).toEqual([{ draftId: 'visit-1', box: Uint8Array.of(7) }]);
    expect((await meta.get('log'))?.lastSeq).toBe(2);
    expect(await pictures.all()).toEqual([]);
  });
  await disk.write(['outbox', 'pictureBoxes'], async ({ outbox, pictureBoxes }) => {
    await outbox.add(entry(3));
    await pictureBoxes.put({ pictureId: 'a', box: Uint8Array.of(1, 2) });
  });
  expect(await disk.read(['pictureBoxes'], async ({ pictureBoxes }) => await pictureBoxes.get('a'))).toEqual({ pictureId: 'a', box: Uint8Array.of(1, 2) });
  disk.close();
});
