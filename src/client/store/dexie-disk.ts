/** The disk in a browser: IndexedDB through Dexie. Nobody else imports Dexie. */
import { Dexie } from 'dexie';
import { DiskError } from './disk.ts';
import type { Disk, DiskTables, SegmentRow, TableName } from './disk.ts';

/** The first version of the tables. A later one gets a number of its own and an upgrade; this line never changes. */
const firstTables: Partial<Record<TableName, string>> = {
  keyring: 'key',
  sealingSessions: 'sessionId',
  outbox: 'deviceSeq',
  channels: 'channelId',
  segments: '++id, [channelId+to]',
  drafts: 'draftId',
  meta: 'key',
};

/** The pictures of photos. What lay there before stays as it was. */
const secondTables: Partial<Record<TableName, string>> = { pictures: 'pictureId', pictureBoxes: 'pictureId' };

/** The newest version above; one with a number of its own is never read by an app that does not know it. */
const ownVersion = 2;
/** Another page of the app has the next version: so long this one may still finish a save, and keep what is being typed. */
const lastWritesMs = 500;

/** Browsers (iOS most of all) close a database under a page that slept; such a transaction is begun once more. */
const lostConnection = new Set(['DatabaseClosedError', 'InvalidStateError', 'UnknownError']);

export interface OtherVersionEvents {
  /** A newer version of the app has the database now: nothing is read or written here any more. */
  readonly onNewer?: (() => void) | undefined;
  /** A page of an older version holds it: the first transaction waits until that page lets it go. */
  readonly onBlocked?: (() => void) | undefined;
}

export function openDexieDisk(name = 'gan-dan', { onNewer, onBlocked }: OtherVersionEvents = {}): Disk {
  // Strict: "saved on this phone" is said after the bytes are on the disk, not in its cache.
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' });
  db.version(1).stores(firstTables);
  db.version(ownVersion).stores(secondTables);
  const tables = tablesOf(db);
  let isClosed = false;
  let isOutdated = false;

  function becomeOutdated(): void {
    if (isOutdated || isClosed) return;
    isOutdated = true;
    db.close();
    onNewer?.();
  }
  db.on('blocked', () => onBlocked?.());
  // Dexie itself would close at once, and open again at the next transaction, whatever version it finds.
  db.on('versionchange', ({ newVersion }: IDBVersionChangeEvent) => {
    // Null: the database is to be deleted. It is let go; whoever reads next finds an empty phone, and that is told.
    if (newVersion === null) return true;
    setTimeout(becomeOutdated, lastWritesMs);
    return false;
  });

  async function open(): Promise<void> {
    await db.open();
    // Dexie opens what it does not know; its own numbers are tenths of the browser's.
    if (Math.floor(db.backendDB().version / 10) > ownVersion) becomeOutdated();
  }

  async function transaction<T>(mode: 'r' | 'rw', names: readonly TableName[], body: (tables: DiskTables) => Promise<T>): Promise<T> {
    if (isClosed || isOutdated) throw new DiskError('failed');
    for (let attempt = 1; ; attempt++) {
      try {
        if (!db.isOpen()) await open();
        // Dexie follows native promises only from a function that it can see to be async.
        return await db.transaction(mode, [...names], async () => await body(tables));
      } catch (error) {
        if (attempt === 1 && !isClosed && !isOutdated && isLostConnection(error)) {
          db.close({ disableAutoOpen: false });
          continue;
        }
        throw toDiskError(error);
      }
    }
  }

  return {
    read: (names, body) => transaction('r', names, body),
    write: (names, body) => transaction('rw', names, body),
    close: () => {
      isClosed = true;
      db.close();
    },
  };
}

function isLostConnection(error: unknown): boolean {
  return namesOf(error).some((name) => lostConnection.has(name));
}

/** What the store's own code threw inside passes through; what the database threw becomes a `DiskError`. */
function toDiskError(error: unknown): unknown {
  if (error instanceof DiskError) return error;
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) return new DiskError('full', { cause: error });
  return error instanceof Dexie.DexieError || error instanceof DOMException ? new DiskError('failed', { cause: error }) : error;
}

/** Dexie wraps what the browser said, at times twice. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let current = error; current instanceof Error || current instanceof DOMException; ) {
    names.push(current.name);
    current = (current as { inner?: unknown }).inner;
  }
  return names;
}

function tablesOf(db: Dexie): DiskTables {
  const table = (name: TableName) => {
    const rows = db.table<object, string | number>(name);
    return {
      get: async (key: string | number) => await rows.get(key),
      all: async () => await rows.toArray(),
      put: async (row: object) => {
        await rows.put(row);
      },
      add: async (row: object) => await rows.add(row),
      delete: async (key: string | number) => await rows.delete(key),
      clear: async () => await rows.clear(),
    };
  };
  const segmentRows = db.table<SegmentRow, number>('segments');
  const tables = {
    keyring: table('keyring'),
    sealingSessions: table('sealingSessions'),
    outbox: table('outbox'),
    channels: table('channels'),
    segments: {
      ...table('segments'),
      ofChannel: async (channelId: string, after = -1) =>
        await segmentRows
          .where('[channelId+to]')
          .between([channelId, after], [channelId, Dexie.maxKey], false, true)
          .toArray(),
    },
    drafts: table('drafts'),
    pictures: table('pictures'),
    pictureBoxes: table('pictureBoxes'),
    meta: table('meta'),
  };
  return tables as unknown as DiskTables;
}
